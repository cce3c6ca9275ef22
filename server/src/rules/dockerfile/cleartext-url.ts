import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { judgeAddSource } from "../shared/addSources";
import { fetchedWords } from "../shared/fetchedWords";
import { isPrivateAddress, type WebAddress } from "../shared/fetches";
import { commandsMentioning, runs } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { instructionsOf } from "../shared/stages";
import { verifies } from "../shared/verification";

export default defineRule({
  id: "cleartext-url",
  language: "dockerfile",
  local: true,
  needs: { words: ["http://", "ftp://", "git://"] },
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
      source:
        "FROM debian:12\nRUN git clone «git://example.com/a.git»\nADD «git://example.com/b.git#v1» /b\n",
      fixed: "FROM debian:12\nRUN git clone https://example.com/a.git\nADD https://example.com/b.git#v1 /b\n",
    },
    {
      title: "package indexes",
      source:
        "FROM python:3.13\nRUN pip install -i «http://pypi.example.org/simple» app\nRUN npm install --registry=«http://npm.example.org»\n",
      fixed:
        "FROM python:3.13\nRUN pip install -i https://pypi.example.org/simple app\nRUN npm install --registry=https://npm.example.org\n",
    },
    {
      title: "over FTP, without a fix",
      source: 'FROM debian:12\nRUN wget -qO- "«ftp://example.com/a.tgz»" | tar -x\n',
    },
  ],
  good: [
    { title: "HTTPS", source: "FROM debian:12\nRUN curl -fsSLO https://example.com/a.tgz\n" },
    {
      title: "checked",
      source:
        'FROM debian:12\nRUN curl -fsSLO http://example.com/a.tgz && echo "0123  a.tgz" | sha256sum -c -\n',
    },
    {
      title: "the machine itself and private networks",
      source:
        "FROM debian:12\nRUN curl http://localhost:8080/ && wget http://mirror/x http://10.0.0.1/y\nCMD curl http://api:8080/\n",
    },
    {
      title: "addresses that are not fetched",
      source:
        "FROM debian:12\nRUN curl -H 'Referer: http://example.com' -e http://example.com https://example.com/x\nRUN echo 'deb http://deb.example.org/debian bookworm main' > /etc/apt/sources.list\nLABEL url=http://example.com\n",
    },
    {
      title: "through a proxy",
      source: "FROM debian:12\nRUN curl -x http://proxy.example.com:3128 https://example.com/x\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, schemes, fetchesInClear)) {
      if (runs(instruction, verifies)) continue;
      for (const address of fetchedWords(command)) {
        const { url, word } = address;
        if (!scheme.test(url) || isPrivateAddress(url.replace(/^git\+/, ""))) continue;
        const at = placeOf(document, address);
        report("cleartext", [schemeOf(url)], {
          at: at ?? word.span,
          fixes: at ? fixesOf(url, at.start) : [],
        });
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

const schemes = ["http://", "ftp://", "git://"];

function fetchesInClear(command: ShellCommand): boolean {
  return fetchedWords(command).some(({ url }) => scheme.test(url));
}

const scheme = /^(?:git\+)?(?:http|ftp|git):\/\//i;

function schemeOf(url: string): string {
  return `${/^(?:git\+)?([a-z]{3,4}):/i.exec(url)?.[1]?.toLowerCase() ?? ""}://`;
}

/** Where an address stands without its option and quotes; `undefined` where escapes or continuations hide that. */
function placeOf({ text }: DockerfileDocument, { url, word }: WebAddress): Span | undefined {
  const beginning = url.slice(0, 6);
  const start = word.span.start + word.text.indexOf(beginning);
  if (!text.startsWith(beginning, start)) return undefined;
  return { start, end: word.span.end - (/["']$/.test(word.text) ? 1 : 0) };
}

/** Only what is asked for over HTTP or git has a counterpart at the same address. */
function fixesOf(url: string, start: number): readonly Fix[] {
  const written = /^(?:http|git)(?=:\/\/)/i.exec(url)?.[0];
  if (written === undefined) return [];
  const span = { start, end: start + written.length };
  return [{ title: "Fetch over HTTPS", safety: "unsafe", edits: [replaceSpan(span, "https")] }];
}
