import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { type KeptInstall, type KeptPackage, keptInstalls, wantedPackages } from "../shared/keptPackages";
import { runsProgram } from "../shared/program";
import { cisDocker, cwe } from "../shared/references";
import { spareToolOf, spareToolPackages } from "../shared/spareTools";
import { finalChain } from "../shared/stages";
import { withBlanksAfter, withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "unnecessary-tools-installed",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: spareToolPackages },
  title: "The final image holds no tools that only a person or an intruder would use",
  why: `What lies in an image is at hand for whoever gets into the container. netcat and telnet open a way out, nmap and
tcpdump show what else is on the network, a debugger reads the passwords of other processes, \`sshpass\` is made for
passwords in scripts. Editors do less harm, but nobody should have to edit anything in a running container.

Leave them out. To look into a running container use \`docker debug\` or a second container that shares its
namespaces (\`docker run --pid container:x --network container:x …\`), which has the tools.

Reported are packages of an image that starts a program, unless they are removed again or the Dockerfile itself runs
them, and netcat, telnet and sshpass only where no shell script is started, which may wait for a database with
them. The fix drops the package; it has to be tried.`,
  category: "hygiene",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:4.3", "cis:4.3", "cwe:1104"],
  references: [
    { title: "Docker: docker debug", url: "https://docs.docker.com/reference/cli/docker/debug/" },
    cisDocker,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  messages: {
    network: (name: string) =>
      `${name} in the image helps whoever gets into the container to look around and move on`,
    debugger: (name: string) =>
      `${name} in the image lets whoever gets into the container read other processes' memory`,
    editor: (name: string) =>
      `${name} serves a person at a prompt, and a container that runs a program has none`,
    password: (name: string) =>
      `${name} in the image is made for passwords in scripts, and ready for whoever gets in`,
  },
  bad: [
    {
      title: "among others",
      source:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl «vim» \\\n    # network\n    «netcat-openbsd» jq «gdb=13.1-3»\nCMD ["/app"]\n',
      fixed:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl \\\n    # network\n    jq\nCMD ["/app"]\n',
    },
    {
      title: "alone, without a fix; in an earlier stage that the last is built on",
      source: 'FROM alpine:3.23 AS base\nRUN apk add --no-cache «tcpdump»\nFROM base\nENTRYPOINT ["/app"]\n',
    },
    {
      title: "with other package managers",
      source:
        "FROM almalinux:9\nRUN dnf install -y httpd «telnet» «nmap-ncat» && yum install -y git «sshpass»\nCMD httpd\n",
      fixed: "FROM almalinux:9\nRUN dnf install -y httpd && yum install -y git\nCMD httpd\n",
    },
  ],
  good: [
    {
      title: "used by the Dockerfile itself",
      source:
        "FROM debian:12\nRUN apt-get install -y netcat-openbsd tcpdump vim\nHEALTHCHECK CMD nc -z localhost 80\nRUN vim -c :q\nCMD tcpdump -i any\n",
    },
    {
      title: "maybe used by a script",
      source: 'FROM debian:12\nRUN apt-get install -y netcat-openbsd\nENTRYPOINT ["/entrypoint.sh"]\n',
    },
    {
      title: "removed again",
      source:
        "FROM alpine:3.23\nRUN apk add --virtual .x gdb && make && apk del .x\nRUN apk add vim && make && apk del vim\nCMD /app\n",
    },
    {
      title: "in a stage that is thrown away, and in an image that starts nothing",
      source:
        "FROM debian:12 AS build\nRUN apt-get install -y gdb vim\nFROM debian:12\nRUN apt-get install -y nmap\nCMD bash\n",
    },
    {
      title: "other packages and text",
      source: "FROM debian:12\nRUN apt-get install -y git && echo apt-get install vim\nCMD /app\n",
    },
  ],
  check(document, { report }) {
    const stage = document.finalStage;
    const installs = keptInstalls(document, spareTools);
    if (installs.length === 0 || stage === undefined || !startsProgram(document, stage)) return;
    const used = programsRun(document);
    const starts = [stage.entrypoint, stage.command].flatMap((start) => start?.script.commands ?? []);
    const startsScript = starts.some(runsScript);
    for (const install of installs) {
      for (const item of install.packages) {
        const tool = spareToolOf(item.name);
        if (tool === undefined || tool.programs.some((program) => used.has(program))) continue;
        if (tool.byScripts && startsScript) continue;
        report(tool.kind, [item.name], { at: item.word.span, fixes: fixesOf(document, install, item) });
      }
    }
  },
});

/** Programs that keep a container running for a person, who may want the tools. */
const waiting: ReadonlySet<string> = new Set(["sleep", "tail", "tmux", "screen"]);

/** Whether the file itself says what to start, and that does not wait for a person. */
function startsProgram(document: DockerfileDocument, stage: Stage): boolean {
  if ((stage.entrypoint ?? stage.command) === undefined || !runsProgram(document, stage)) return false;
  return !stage.command?.script.commands.some(({ unwrapped }) => waiting.has(unwrapped.program));
}

function programsRun(document: DockerfileDocument): ReadonlySet<string> {
  return new Set(
    finalChain(document)
      .flatMap(({ instructions }) => instructions)
      .flatMap((instruction) => ("script" in instruction ? instruction.script.commands : []))
      .flatMap(({ program, unwrapped }) => [program, unwrapped.program]),
  );
}

function runsScript({ unwrapped }: ShellCommand): boolean {
  return [unwrapped.name, ...unwrapped.arguments].some(
    (word) => word !== undefined && /\.(?:ba)?sh$|entrypoint|wait-for/.test(word.value ?? word.text),
  );
}

const spareTools = wantedPackages((name) => spareToolOf(name) !== undefined);

function fixesOf(
  document: DockerfileDocument,
  { install }: KeptInstall,
  { word }: KeptPackage,
): readonly Fix[] {
  const words = install.invocation.arguments;
  const at = words.indexOf(word);
  const previous = words[at - 1];
  const next = words[at + 1];
  if (install.operands.length < 2 || previous === undefined || !word.exact) return [];
  const span =
    withBlanksBefore(document, previous.span, word.span) ??
    (next && withBlanksAfter(document, word.span, next.span));
  return span ? [{ title: "Leave the package out", safety: "unsafe", edits: [deleteSpan(span)] }] : [];
}
