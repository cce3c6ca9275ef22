import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { dockerfileReference } from "../shared/references";
import { isTemplate, type Refusal, refusals } from "../shared/refusals";

export default defineRule({
  id: "invalid-instruction",
  language: "dockerfile",
  title: "Builders can read every line",
  why: `A builder refuses this: an instruction that does not exist, arguments that are missing or too many, an unknown
flag, a quote or a heredoc that is never closed. A file with such a place cannot be built, and what follows it may be
read otherwise than it was meant, by this check as well.

What other rules speak of is left to them: instructions before FROM, what ONBUILD cannot trigger, blanks before an
equals sign. Flags are not judged where \`# syntax=\` names another frontend than Docker's, nor is anything in a file
that looks like a template.

Where a name looks misspelt, the fix writes the nearest one; it is not safe, since it is a guess.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL1000",
    "sonar:S2260",
    "dockerfilelint:invalid_command",
    "dockerfilelint:required_params",
    "dockerfilelint:extra_args",
    "dockerfilelint:missing_args",
    "dockerfilelint:invalid_line",
    "dockerfilelint:invalid_format",
    "dockerfilelint:label_invalid",
    "dockerfilelint:healthcheck_options_missing_args",
    "dockerfilelint:invalid_workdir",
  ],
  references: [dockerfileReference("format", "format")],
  messages: { refused: (problem: string) => problem },
  bad: [
    {
      title: "misspelt instructions",
      source: "FROM a\n«RUM» make\n«copi» a b\n«FOO» c\n",
      fixed: "FROM a\nRUN make\ncopy a b\nFOO c\n",
    },
    {
      title: "arguments missing or too many",
      source: "FROM a «b»\n«RUN»\n«COPY» c\nENV A=1 «B»\nARG «=1»\nSHELL «sh -c»\nHEALTHCHECK «curl x»\n",
    },
    {
      title: "flags",
      source: "FROM a\nCOPY «--frm»=b /c /d\nHEALTHCHECK «--interval» CMD e\nONBUILD ADD «--from»=x y z\n",
      fixed: "FROM a\nCOPY --from=b /c /d\nHEALTHCHECK --interval CMD e\nONBUILD ADD --from=x y z\n",
    },
    {
      title: "what is never closed, and JSON that holds no strings",
      source: 'FROM a\nENV «A="b»\nCMD «["sleep", 5]»\nRUN «<<EOF»\nc\n',
    },
    { title: "nothing to build", source: "«ARG» V=1\n" },
  ],
  good: [
    {
      title: "all instructions",
      source:
        '# syntax=docker/dockerfile:1\nARG V=1\nFROM a:$V AS b\nLABEL c="d e"\nRUN --mount=type=cache,target=/c --network=none x\nCOPY --link --parents a b\nADD <<EOF /f\ng\nEOF\nSHELL ["sh", "-c"]\nHEALTHCHECK --retries=2 CMD h\nSTOPSIGNAL 9\nVOLUME /v\nUSER u\n',
    },
    {
      title: "what other rules speak of",
      source: "RUN a\nFROM b\nONBUILD FROM c\nENV A =1\nARG B =2\nENV C=1 D =2\nSHELL ['x']\n",
    },
    { title: "another frontend", source: "# syntax=example.com/front:1\nFROM a\nRUN --gpu=1 b\n" },
    {
      title: "a template, which no builder reads as it stands",
      source: "FROM {{ image }}:{{ tag }}\n{% if x %}\nRUN a\n{% endif %}\n",
    },
    { title: "an empty file", source: "# later\n" },
  ],
  check(document, { report, notChecked }) {
    if (isTemplate(document)) {
      notChecked("the file looks like a template of a Dockerfile");
      return;
    }
    for (const error of refusals(document))
      report("refused", [error.message], { at: error.span, fixes: fixesOf(error) });
  },
});

function fixesOf({ span, meant }: Refusal): readonly Fix[] {
  if (meant === undefined) return [];
  return [{ title: `Write ${meant}`, safety: "unsafe", edits: [replaceSpan(span, meant)] }];
}
