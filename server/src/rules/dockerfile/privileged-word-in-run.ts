import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { commandsMentioning } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "privileged-word-in-run",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["--privileged"] },
  title: "No step starts a privileged container",
  why: `\`docker run --privileged\` in a build step starts a container without seccomp, AppArmor and device rules and
with every capability. It needs a container engine inside the build, that is the host's socket or a build that is
privileged itself; what the container then executes owns the machine that builds.

Build and test with containers outside of the Dockerfile, in the pipeline. To build an image from a step use a
rootless builder; for a single device or right there are \`--device\` and \`--cap-add\`.

Docker, Podman and nerdctl are known, with \`run\`, \`create\` and \`exec\`. Text that only mentions the option, and
\`--privileged=false\`, are not reported. The fix deletes the option; a container that needs it then fails.`,
  category: "privilege",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["dockerfile_lint:privileged_run_container", "cis:5.5", "cwe:250"],
  references: [
    {
      title: "Docker: privileged containers",
      url: "https://docs.docker.com/reference/cli/docker/container/run/#privileged",
    },
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    privileged: (program: string) =>
      `This container of ${program} has every right of the machine that builds`,
  },
  bad: [
    {
      title: "Docker and Podman",
      source:
        "FROM docker:28\nRUN dockerd & docker run --rm «--privileged» alpine id && docker container run -v /a:/b «--privileged=true» alpine\nRUN sudo podman --log-level debug run \\\n    «--privileged» \\\n    alpine\n",
      fixed:
        "FROM docker:28\nRUN dockerd & docker run --rm alpine id && docker container run -v /a:/b alpine\nRUN sudo podman --log-level debug run \\\n    alpine\n",
    },
    {
      title: "create and exec, in a script and in exec form",
      source:
        "FROM docker:28\nRUN sh -c 'nerdctl create --name x «--privileged» y' && docker exec «--privileged» -it x sh\n",
      fixed: "FROM docker:28\nRUN sh -c 'nerdctl create --name x y' && docker exec -it x sh\n",
    },
  ],
  good: [
    { title: "off", source: "FROM docker:28\nRUN docker run --privileged=false alpine id\n" },
    {
      title: "an option of the program inside",
      source: "FROM docker:28\nRUN docker run --rm -e A=b alpine tool --privileged\n",
    },
    {
      title: "another command",
      source:
        "FROM docker:28\nRUN docker ps --privileged; docker build --privileged . && tool run --privileged x\n",
    },
    {
      title: "text",
      source: "FROM docker:28\n# docker run --privileged x\nRUN echo docker run --privileged x\n",
    },
    { title: "when it starts", source: 'FROM docker:28\nCMD ["docker", "run", "--privileged", "x"]\n' },
  ],
  check(document, { report }) {
    for (const { command } of commandsMentioning(document, ["--privileged"], isPrivileged, ["RUN"])) {
      const word = privilegedWord(command);
      const words = command.unwrapped.arguments;
      const previous = word && words[words.indexOf(word) - 1];
      if (word === undefined || previous === undefined) continue;
      const span = word.exact ? withBlanksBefore(document, previous.span, word.span) : undefined;
      const fixes: readonly Fix[] = span
        ? [{ title: "Start it without --privileged", safety: "unsafe", edits: [deleteSpan(span)] }]
        : [];
      report("privileged", [command.unwrapped.program], { at: word.span, fixes });
    }
  },
});

function isPrivileged(command: ShellCommand): boolean {
  return privilegedWord(command) !== undefined;
}

const engines: ReadonlySet<string> = new Set(["docker", "podman", "nerdctl"]);
const starting: ReadonlySet<string> = new Set(["run", "create", "exec"]);

/** Options of `run`, `create` and `exec` that take no value; every other one is followed by its own. */
const switches =
  /^-(?:[ditPqT]{1,6}|-(?:detach|disable-content-trust|env-host|help|init|interactive|no-healthcheck|no-hosts|oom-kill-disable|privileged|publish-all|quiet|read-only|replace|rm|rmi|rootfs|sig-proxy|tls-verify|tty))$/;

/** The option `--privileged` of the engine itself, before the image or container. */
function privilegedWord({ unwrapped }: ShellCommand): ShellWord | undefined {
  if (!engines.has(unwrapped.program)) return undefined;
  const words = unwrapped.arguments;
  const start = words.findIndex(({ value }) => starting.has(value ?? ""));
  if (start < 0) return undefined;
  for (let at = start + 1; at < words.length; at++) {
    const text = words[at]!.literalPrefix;
    if (!text.startsWith("-")) return undefined;
    if (/^--privileged(?:=(?:true|1))?$/.test(text)) return words[at];
    if (!text.includes("=") && !switches.test(text)) at++;
  }
  return undefined;
}
