import type { ShellCommand } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import { checkedDownloadFixes } from "../shared/checkedDownload";
import { executes, isDownload, pipedDownload } from "../shared/downloads";
import { textMatches } from "../shared/mentions";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { commandsOf } from "../shared/shellCommands";

export default defineRule({
  id: "curl-pipe-shell",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN", "CMD", "ENTRYPOINT"],
    words: ["curl", "wget", "aria2c", "fetch", "http", "xh", "iwr", "irm"],
  },
  title: "No script is run straight from the network",
  why: `\`curl … | sh\` runs whatever the server sends at that moment, as root, inside your build. If the server, its
domain or the account behind it is taken over, the script is another one; nobody notices, since nothing is kept that
could be compared, and the server can tell a build from a reader. A connection that breaks off runs half a script.

Install from a package source that signs, or download a fixed version, check it, and only then run it:
\`curl -fsSLo /tmp/install.sh https://… && echo "<sha256>  /tmp/install.sh" | sha256sum -c && sh /tmp/install.sh\`.
A script that itself downloads the newest version is only as good as that download.

Only what an interpreter executes counts. A pipe into tar, gpg, jq, tee or grep is not reported, nor is one into
\`python -c\` or \`perl -ne\`, which read it as data.

For a plain \`curl … | sh\` or \`wget … | sh\` in RUN the fix writes that chain of three commands and leaves the sum for
you to fill in: read the script once, then take its sum (\`curl -fsSL https://… | sha256sum\`). Until then the step fails.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "droast:DF021",
    "semgrep:curl-pipe-bash",
    "owasp:RULE#9",
    "cis:4.11",
    "cis:4.12",
    "cwe:494",
    "cwe:829",
  ],
  references: [
    owaspDocker,
    cisDocker,
    cwe(494, "Download of code without integrity check"),
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  messages: {
    executed: (downloader: string, interpreter: string) =>
      `What ${downloader} receives is run by ${interpreter} unseen, so whoever controls the server controls the build`,
  },
  bad: [
    {
      title: "a pipe, also through sudo and over continued lines",
      source:
        "FROM debian:12\nRUN «curl -fsSL https://get.example.com | sh»\nRUN apt-get update && «wget -qO- https://get.example.com \\\n  | sudo -E bash -s -- --yes» && rm -f x\n",
      fixed:
        'FROM debian:12\nRUN curl -o /tmp/install.sh -fsSL https://get.example.com && echo "SHA256  /tmp/install.sh" | sha256sum -c - && sh /tmp/install.sh && rm /tmp/install.sh\nRUN apt-get update && wget -qO /tmp/install.sh https://get.example.com \\\n  && echo "SHA256  /tmp/install.sh" | sha256sum -c - && sudo -E bash /tmp/install.sh --yes && rm /tmp/install.sh && rm -f x\n',
    },
    {
      title: "a filter between the two, and other languages",
      source:
        "FROM php:8.4\nRUN «curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/bin»\nRUN «curl -s https://example.com/x.gz | gunzip | python3 -»\n",
      fixed:
        'FROM php:8.4\nRUN curl -o /tmp/install.php -sS https://getcomposer.org/installer && echo "SHA256  /tmp/install.php" | sha256sum -c - && php /tmp/install.php --install-dir=/usr/bin && rm /tmp/install.php\nRUN curl -s https://example.com/x.gz | gunzip | python3 -\n',
    },
    {
      title: "substitutions",
      source:
        'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN «bash <(curl -s https://example.com/x)» && «sh -c "$(curl -fsSL https://example.com/y)"»\nRUN «eval "$(wget -qO- https://example.com/z)"»; «. <(curl -s https://example.com/env)»\n',
    },
    {
      title: "in a string for another shell",
      source: 'FROM debian:12\nRUN bash -c "«curl https://example.com/x | bash»"\n',
    },
    {
      title: "PowerShell",
      source:
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell -Command \"«iwr -useb https://example.com/i.ps1 | iex»\"\nRUN powershell -Command «iex ((New-Object System.Net.WebClient).DownloadString(»'https://example.com/i.ps1'))\n",
    },
    {
      title: "a program in one line of Python or PHP",
      source:
        "FROM python:3.14\nRUN python3 -c \"import urllib.request as r; «exec(r.urlopen('https»://example.com/i.py').read())\"\nRUN php -r \"«eval(file_get_contents('https»://example.com/i.php'));\"\n",
    },
    { title: "at start", source: 'FROM debian:12\nCMD ["sh", "-c", "«curl https://example.com/x | sh»"]\n' },
  ],
  good: [
    {
      title: "data for another program",
      source:
        "FROM debian:12\nRUN curl -fsSL https://example.com/x.tgz | tar -xz && curl -s https://example.com/k | gpg --dearmor -o /k\nRUN curl -s https://example.com/v | jq -r .tag | tee /version\n",
    },
    {
      title: "data for an interpreter",
      source:
        "FROM debian:12\nRUN curl -s https://example.com/v | python3 -c 'import json,sys; print(json.load(sys.stdin))'\nRUN curl -s https://example.com/v | perl -ne 'print' && curl -s https://example.com/v | python -m json.tool\n",
    },
    {
      title: "checked before it is run",
      source:
        'FROM debian:12\nRUN curl -fsSLo /i.sh https://example.com/i.sh && echo "abc  /i.sh" | sha256sum -c && sh /i.sh\n',
    },
    {
      title: "PowerShell that stores what it downloads",
      source:
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell -Command \"iwr https://example.com/a.zip -OutFile a.zip; iex 'setup'\"\n",
    },
    {
      title: "a value",
      source: 'FROM debian:12\nRUN V=$(curl -s https://example.com/v) && echo "$V" | sh ./x.sh\n',
    },
    {
      title: "text",
      source: "FROM debian:12\n# RUN curl x | sh\nRUN echo 'curl https://example.com | sh'\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsOf(document, ["RUN", "CMD", "ENTRYPOINT"], takesPart)) {
      const downloader = pipedDownload(command);
      if (downloader) {
        const at = { start: Math.min(downloader.span.start, command.span.start), end: command.span.end };
        report("executed", [downloader.unwrapped.program, command.unwrapped.program], {
          at,
          fixes: instruction.keyword === "RUN" ? checkedDownloadFixes(document, downloader, command) : [],
        });
        continue;
      }
      const executor = command.feeds;
      if (!executor) continue;
      report("executed", [command.unwrapped.program, nameOf(executor)], { at: executor.span });
    }
    if (!inOneLineHint.test(document.text)) return;
    for (const [executor, pattern] of inOneLine)
      for (const { text, span } of textMatches(document, pattern, ["RUN", "CMD", "ENTRYPOINT"]))
        report("executed", [/^[\w-]+/.exec(text.replace(fetcherFirst, ""))?.[0] ?? executor, executor], {
          at: span,
        });
  },
});

/** By what runs it, programs in one line that fetch a program. */
const inOneLine: readonly (readonly [executor: string, pattern: RegExp])[] = [
  [
    "PowerShell",
    /\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n|;]{1,300}\|[ \t]{0,9}(?:iex|Invoke-Expression)\b/dgi,
  ],
  [
    "PowerShell",
    /\b(?:iex|Invoke-Expression)[ \t]{0,9}["'(&$ ]{1,9}[^\n|;]{0,120}?(?:DownloadString\(|\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b)/dgi,
  ],
  ["PowerShell", /\bDownloadString\([^\n|;]{1,300}\|[ \t]{0,9}(?:iex|Invoke-Expression)\b/dgi],
  ["python", /\bexec\([ \t]{0,9}(?:[\w.]{1,60}\.)?(?:urlopen|get)\([ \t]{0,9}\\?["']https?\b/dg],
  ["php", /\beval\([^\n;]{0,60}?file_get_contents\([ \t]{0,9}\\?["']https?\b/dg],
];

/** What one of {@link inOneLine} has in any case. */
const inOneLineHint = /iex|Invoke-Expression|exec\(|eval\(/i;

/** What stands before the part that fetches. */
const fetcherFirst =
  /^[\s\S]{0,400}?(?=\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString|urlopen|get|file_get_contents)\b)/i;

/** Whether a command runs what is piped to it from a download, or is a download whose output another one runs. */
function takesPart(command: ShellCommand): boolean {
  if (pipedDownload(command) !== undefined) return true;
  return command.feeds !== undefined && isDownload(command) && executes(command.feeds, command);
}

function nameOf(executor: ShellCommand): string {
  const { program } = executor.unwrapped;
  return program === "." || program === "source" || program === "eval" ? "the shell" : program;
}
