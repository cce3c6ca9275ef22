import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag, valueOfOption } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { isPrivateAddress, webAddressesOf } from "../shared/fetches";
import { insertFlagFixes } from "../shared/insertFlag";
import { commandsMentioning, runs } from "../shared/mentions";
import { cwe } from "../shared/references";
import { verifies } from "../shared/verification";

export default defineRule({
  id: "curl-without-fail",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["curl"] },
  title: "curl fails when the server answers with an error",
  why: `Without \`-f\` curl calls an error page a success: the text of a 404 or of a proxy's login becomes the file that
is stored, the key that is trusted or the script that is run. The build stays green, the image is broken, and a layer
cache keeps it so.

Write \`curl -f\` (or \`--fail-with-body\`).

Reported are downloads that are stored or piped on. Requests for headers or a status, and steps that check a checksum or a
signature, are not. The fix adds \`-f\`; it is not called safe, since a build that has lived with an error then fails.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["droast:DF035", "cis:4.11", "cwe:754"],
  references: [
    { title: "curl: --fail", url: "https://curl.se/docs/manpage.html#-f" },
    cwe(754, "Improper check for unusual or exceptional conditions"),
  ],
  messages: {
    stored: () => "Without -f curl takes an error page for the file, so the image holds or runs that instead",
  },
  bad: [
    {
      title: "stored",
      source:
        "FROM debian:12\nRUN «curl» -sSLo /tool https://example.com/tool && «curl» -LO https://example.com/x\n",
      fixed:
        "FROM debian:12\nRUN curl -f -sSLo /tool https://example.com/tool && curl -f -LO https://example.com/x\n",
    },
    {
      title: "piped and redirected",
      source:
        "FROM debian:12\nRUN «curl» https://example.com/x.tgz | tar -xz && «curl» -s https://example.com/k > /k\n",
      fixed:
        "FROM debian:12\nRUN curl -f https://example.com/x.tgz | tar -xz && curl -f -s https://example.com/k > /k\n",
    },
  ],
  good: [
    {
      title: "with -f",
      source:
        "FROM debian:12\nRUN curl -fsSLO https://example.com/x && curl --fail-with-body -o y https://example.com/y\n",
    },
    {
      title: "the status is the point",
      source:
        "FROM debian:12\nRUN curl -sI https://example.com | head -1; curl -so /dev/null -w '%{http_code}' https://example.com\n",
    },
    {
      title: "checked",
      source: 'FROM debian:12\nRUN curl -LO https://example.com/a && echo "0123  a" | sha256sum -c -\n',
    },
    {
      title: "not a download",
      source: "FROM debian:12\nRUN curl --version | head -1; curl http://localhost/x > /y\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["curl"], takesErrors, ["RUN"])) {
      const { unwrapped } = command;
      if (!unwrapped.name || runs(instruction, verifies)) continue;
      const fixes = insertFlagFixes(document, unwrapped, "-f", "Let curl fail on errors");
      report("stored", [], { at: unwrapped.name.span, fixes });
    }
  },
});

/** Whether curl keeps what a server on the Internet answers, be it an error. */
function takesErrors(command: ShellCommand): boolean {
  const { unwrapped } = command;
  if (unwrapped.program !== "curl" || !keepsAnswer(command)) return false;
  if (["fail", "fail-with-body", "fail-early"].some((long) => hasFlag(unwrapped, "f", long))) return false;
  if (hasFlag(unwrapped, "K", "config")) return false;
  return webAddressesOf(command).some(({ url }) => !isPrivateAddress(url));
}

/** Whether the answer's body goes to a file or to another command. */
function keepsAnswer(command: ShellCommand): boolean {
  const { unwrapped, redirections, pipeline, pipelineIndex } = command;
  if (hasFlag(unwrapped, "I", "head")) return false;
  const output = valueOfOption(unwrapped, "o", "output");
  if (output === "/dev/null") return false;
  return (
    output !== undefined ||
    hasFlag(unwrapped, "o", "output") ||
    hasFlag(unwrapped, "O", "remote-name") ||
    pipelineIndex < pipeline.length - 1 ||
    redirections.some(
      ({ operator, target }) =>
        operator.includes(">") && target?.value !== "/dev/null" && !/^[12&]/.test(target?.value ?? ""),
    )
  );
}
