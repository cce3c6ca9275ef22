import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOptions, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { judgeAddSource } from "../shared/addSources";
import { isPrivateAddress, webAddressesOf } from "../shared/fetches";
import { commandsMentioning } from "../shared/mentions";
import { invocationOf } from "../shared/pipCommand";
import { cisDocker, cwe } from "../shared/references";
import { instructionsOf } from "../shared/stages";
import { verifies } from "../shared/verification";

export default defineRule({
  id: "cleartext-url",
  language: "dockerfile",
  title: "Nothing is fetched in clear text",
  why: `What comes over \`http://\`, \`ftp://\` or \`git://\` can be read and replaced by anyone on the way: a gateway, a
cache, a neighbour who answers DNS. What a build fetches mostly ends up being run.

Write \`https://\`. Nearly every server has it by now; where one has not, compare the file with a checksum that you
know from elsewhere.

Reported is what curl, wget, git, pip, npm, Yarn, gem and package managers fetch by an address. Not reported are the
machine itself, names without dots and private addresses, package sources (which are signed), steps that check a
checksum or a signature, and \`ADD http://…\`, which has a rule of its own. The fix writes \`https://\`; it is not called
safe, since nobody has asked the server.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "sonar:S5332",
    "dockerfile_lint:no_add_without_https",
    "dockerfile_lint:no_run_without_https",
    "cis:4.11",
    "cwe:319",
  ],
  references: [cisDocker, cwe(319, "Cleartext transmission of sensitive information")],
  messages: {
    cleartext: (scheme: string) =>
      `What is fetched over ${scheme} can be replaced by anyone on the way, and nothing here checks it`,
  },
  bad: [
    {
      title: "downloads",
      source:
        "FROM debian:12\nRUN curl -fsSLO «http://example.com/a.tgz» && wget -q «http://example.com/b-$V.tgz»\n",
      fixed:
        "FROM debian:12\nRUN curl -fsSLO https://example.com/a.tgz && wget -q https://example.com/b-$V.tgz\n",
    },
    {
      title: "sources",
      source: "FROM debian:12\nRUN git clone «git://example.com/a.git»\nADD «git://example.com/b.git#v1» /b\n",
      fixed: "FROM debian:12\nRUN git clone https://example.com/a.git\nADD https://example.com/b.git#v1 /b\n",
    },
    {
      title: "package indexes",
      source:
        "FROM python:3.13\nRUN pip install -i «http://pypi.example.org/simple» app\nRUN npm install --registry «http://npm.example.org»\n",
      fixed:
        "FROM python:3.13\nRUN pip install -i https://pypi.example.org/simple app\nRUN npm install --registry https://npm.example.org\n",
    },
    { title: "over FTP, without a fix", source: 'FROM debian:12\nRUN wget -qO- "«ftp://example.com/a.tgz»" | tar -x\n' },
  ],
  good: [
    { title: "HTTPS", source: "FROM debian:12\nRUN curl -fsSLO https://example.com/a.tgz\n" },
    {
      title: "checked",
      source: 'FROM debian:12\nRUN curl -fsSLO http://example.com/a.tgz && echo "0123  a.tgz" | sha256sum -c -\n',
    },
    {
      title: "the machine itself and private networks",
      source: "FROM debian:12\nRUN curl http://localhost:8080/ && wget http://mirror/x http://10.0.0.1/y\nCMD curl http://api:8080/\n",
    },
    {
      title: "addresses that are not fetched",
      source:
        "FROM debian:12\nRUN curl -H 'Referer: http://example.com' -e http://example.com https://example.com/x\nRUN echo 'deb http://deb.debian.org/debian bookworm main' > /etc/apt/sources.list\nLABEL url=http://example.com\n",
    },
    { title: "through a proxy", source: "FROM debian:12\nRUN curl -x http://proxy.example.com:3128 https://example.com/x\n" },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["http://", "ftp://", "git://"])) {
      const fetched = fetchedBy(command).filter(({ literalPrefix }) => scheme.test(literalPrefix));
      if (fetched.length === 0) continue;
      if ("script" in instruction && instruction.script.commands.some(verifies)) continue;
      for (const word of fetched) {
        const url = word.value ?? `${word.literalPrefix}$`;
        if (isPrivateAddress(url.replace(/^git\+/, ""))) continue;
        const start = word.span.start + word.text.indexOf(url.slice(0, 6));
        const isBare = document.text.startsWith(url.slice(0, 6), start);
        const end = word.span.end - (isBare && start > word.span.start ? 1 : 0);
        const at = isBare ? { start, end } : word.span;
        report("cleartext", [schemeOf(url)], { at, fixes: isBare ? fixesOf(url, start) : [] });
      }
    }
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "ADD") continue;
      for (const source of instruction.sources) {
        if (judgeAddSource(source) !== "git" || !/^(?:git|http):\/\//i.test(source.text)) continue;
        const fixes = instruction.exec ? [] : fixesOf(source.text, source.span.start);
        report("cleartext", [schemeOf(source.text)], { at: source.span, fixes });
      }
    }
  },
});

const scheme = /^(?:git\+)?(?:http|ftp|git):\/\//i;

function schemeOf(url: string): string {
  return `${/^(?:git\+)?([a-z]{3,4}):/i.exec(url)?.[1]?.toLowerCase() ?? ""}://`;
}

/** The words of a command that are addresses which it fetches. */
function fetchedBy(command: ShellCommand): readonly ShellWord[] {
  const invocation = invocationOf(command);
  const operands = operandsOf(invocation);
  const valuesOf = (short: string, long: string) =>
    findOptions(invocation, short, long).flatMap(({ valueWord, word }) =>
      valueWord && valueWord !== word ? [valueWord] : [],
    );
  switch (invocation.program) {
    case "curl":
    case "wget":
      return webAddressesOf(command).map(({ word }) => word);
    case "git":
      return /^(?:clone|fetch|pull|submodule)$/.test(operands[0]?.value ?? "") ? operands.slice(1) : [];
    case "pip":
      return [
        ...operands,
        ...valuesOf("i", "index-url"),
        ...valuesOf("", "extra-index-url"),
        ...valuesOf("f", "find-links"),
      ];
    case "npm":
    case "yarn":
    case "pnpm":
      return [...operands, ...valuesOf("", "registry")];
    case "gem":
      return valuesOf("s", "source");
    case "aria2c":
    case "rpm":
    case "svn":
      return operands;
    default:
      return [];
  }
}

/** Only what is asked for over HTTP or git has a counterpart at the same address. */
function fixesOf(url: string, start: number): readonly Fix[] {
  const written = /^(?:http|git)(?=:\/\/)/i.exec(url)?.[0];
  if (written === undefined) return [];
  const span = { start, end: start + written.length };
  return [{ title: "Fetch over HTTPS", safety: "unsafe", edits: [replaceSpan(span, "https")] }];
}
