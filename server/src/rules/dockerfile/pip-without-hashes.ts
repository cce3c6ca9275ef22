import type { ShellCommand } from "../../documents/shell/model";
import { findOption, hasFlag, operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { insertFlagFixes } from "../shared/insertFlag";
import { commandsMentioning } from "../shared/mentions";
import { mayHoldOptions } from "../shared/packageCaches";
import { invocationOf } from "../shared/pipCommand";
import { cwe } from "../shared/references";
import { environmentAt } from "../shared/runStates";

export default defineRule({
  id: "pip-without-hashes",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["pip"] },
  title: "pip checks what it downloads against known hashes",
  why: `A version is only a name: whoever can publish in a package's name, or controls the index or a mirror, can offer other
files under it. With hashes in the requirements file pip installs nothing but the files that were looked at.

Let a tool write them (\`pip-compile --generate-hashes\`, \`uv export --format requirements-txt\`, \`poetry export\`) and
install with \`pip install --require-hashes -r requirements.txt\`.

The rule does not see the requirements file. If it holds hashes, pip asks for all of them even without the flag; the
flag still keeps an installation from going on without them when the file is replaced. The fix adds the flag; it is not
called safe, since pip then refuses a file without hashes.`,
  category: "supply-chain",
  severity: "info",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:494"],
  references: [
    { title: "pip: secure installs", url: "https://pip.pypa.io/en/stable/topics/secure-installs/" },
    cwe(494, "Download of code without integrity check"),
  ],
  messages: {
    unchecked: () =>
      "Nothing here makes pip check hashes, so it takes any file that the index has for a version",
  },
  bad: [
    {
      title: "by each name of the option",
      source:
        "FROM python:3.13\nRUN «pip» install --no-cache-dir -r requirements.txt\nRUN python -m «pip» install \\\n    --requirement=/tmp/r.txt flask\n",
      fixed:
        "FROM python:3.13\nRUN pip install --require-hashes --no-cache-dir -r requirements.txt\nRUN python -m pip install --require-hashes \\\n    --requirement=/tmp/r.txt flask\n",
    },
    { title: "in exec form", source: 'FROM python:3.13\nRUN [«"pip3"», "install", "-r", "r.txt"]\n' },
  ],
  good: [
    {
      title: "with the flag or the variable",
      source:
        "FROM python:3.13\nRUN pip install --require-hashes -r requirements.txt; PIP_REQUIRE_HASHES=1 pip install -r r.txt\n",
    },
    {
      title: "with the variable of the image",
      source: "FROM python:3.13\nENV PIP_REQUIRE_HASHES=true\nRUN pip install -r requirements.txt\n",
    },
    {
      title: "without a requirements file",
      source:
        "FROM python:3.13\nRUN pip install . && pip install flask==3.1.0 && pip freeze -r x && rm -r y\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["pip"], isUnchecked, ["RUN"])) {
      const invocation = invocationOf(command);
      const { name } = invocation;
      if (!name || environmentAt(document, instruction).has("PIP_REQUIRE_HASHES")) continue;
      const fixes = insertFlagFixes(
        document,
        { name: operandsOf(invocation)[0] },
        "--require-hashes",
        "Let pip check hashes",
      );
      report("unchecked", [], { at: name.span, fixes });
    }
  },
});

function isUnchecked(command: ShellCommand): boolean {
  const invocation = invocationOf(command);
  return (
    invocation.program === "pip" &&
    operandsOf(invocation)[0]?.value === "install" &&
    findOption(invocation, "r", "requirement") !== undefined &&
    !hasFlag(invocation, "", "require-hashes") &&
    !command.assignments.some(({ name }) => name === "PIP_REQUIRE_HASHES") &&
    !mayHoldOptions(command)
  );
}
