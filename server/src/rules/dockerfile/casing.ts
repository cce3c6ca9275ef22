import type { DockerfileDocument, FromInstruction, Instruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan, type TextEdit } from "../../text/edit";
import type { Span } from "../../text/span";
import { recaseStageEdits } from "../shared/recaseStage";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "casing",
  language: "dockerfile",
  title: "Instructions, AS and stage names are cased alike",
  why: `Builders do not care about case, but people who search for \`USER\` or \`--from=build\` do: an instruction that
is written otherwise than the rest is easily overlooked in a review.

The instructions of a file should all be in capitals or all in small letters, whichever most of them are; \`AS\` like
its \`FROM\`; names of stages in small letters. The fix changes the case, which is safe: builders compare keywords without
regard to it. Not all do so with names of stages (Buildah does not), so every place that uses the name changes too.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "buildkit:ConsistentInstructionCasing",
    "buildkit:FromAsCasing",
    "buildkit:StageNameCasing",
    "sonar:S6476",
    "dockerfilelint:uppercase_commands",
  ],
  references: [
    {
      title: "Docker build check: ConsistentInstructionCasing",
      url: "https://docs.docker.com/reference/build-checks/consistent-instruction-casing/",
    },
    {
      title: "Docker build check: FromAsCasing",
      url: "https://docs.docker.com/reference/build-checks/from-as-casing/",
    },
    {
      title: "Docker build check: StageNameCasing",
      url: "https://docs.docker.com/reference/build-checks/stage-name-casing/",
    },
    dockerfileReference("format", "format"),
  ],
  messages: {
    mixed: (keyword: string) => `${keyword} mixes capitals and small letters`,
    other: (keyword: string) => `${keyword} is cased otherwise than most instructions of this file`,
    as: (written: string) => `${written} is cased otherwise than its FROM`,
    name: (name: string) => `The stage name ${name} has capitals`,
  },
  bad: [
    {
      title: "one in small letters, one mixed",
      source: "FROM a\n«run» make\n«Copy» . /app/\nUSER b\nONBUILD «cmd» x\n",
      fixed: "FROM a\nRUN make\nCOPY . /app/\nUSER b\nONBUILD CMD x\n",
    },
    {
      title: "a file in small letters",
      source: "from a\nrun b\n«COPY» c /d\n",
      fixed: "from a\nrun b\ncopy c /d\n",
    },
    {
      title: "AS, and the name of a stage",
      source: "FROM a «as» b\nFROM c AS «Final»\nCOPY --from=b /x /x\n",
      fixed: "FROM a AS b\nFROM c AS final\nCOPY --from=b /x /x\n",
    },
    {
      title: "the name of a stage that others use",
      source:
        "FROM a AS «Base»\nFROM Base AS «Build»\nRUN --mount=from=BASE,target=/x make\nFROM b\nCOPY --from=Build /x /x\n",
      fixed:
        "FROM a AS base\nFROM base AS build\nRUN --mount=from=base,target=/x make\nFROM b\nCOPY --from=build /x /x\n",
    },
  ],
  good: [
    { title: "capitals", source: "ARG V=1\nFROM a:$V AS b\nRUN c\nONBUILD COPY . .\n" },
    { title: "small letters", source: "from a as b\nrun c\n" },
    { title: "not instructions", source: "FROM a\nRUN copy x\n# run y\nRUN <<EOF\nrun z\nEOF\nfoo\n" },
  ],
  check(document, { report }) {
    const count = (wanted: Case): number =>
      document.instructions.reduce((sum, one) => sum + (caseOf(document, one) === wanted ? 1 : 0), 0);
    const wanted = count("lower") > count("upper") ? "lower" : "upper";
    for (const instruction of withOnbuild(document)) {
      const found = caseOf(document, instruction);
      if (found === undefined || found === wanted) continue;
      const { keywordSpan, keyword } = instruction;
      report(found === "mixed" ? "mixed" : "other", [textAt(document, keywordSpan)], {
        at: keywordSpan,
        fixes: fixesOf(keywordSpan, wanted === "lower" ? keyword.toLowerCase() : keyword),
      });
    }
    for (const stage of document.stages) {
      const { from } = stage;
      const as = asOf(document, from);
      if (as !== undefined) report("as", [as.text], { at: as.span, fixes: fixesOf(as.span, as.wanted) });
      const { alias } = from;
      const lower = alias?.text.toLowerCase() ?? "";
      if (alias === undefined || alias.text === lower || lower.includes("$")) continue;
      report("name", [shorten(alias.text)], {
        at: alias.span,
        fixes: fixesWith(lower, recaseStageEdits(document, stage, lower)),
      });
    }
  },
});

type Case = "upper" | "lower" | "mixed";

/** Every instruction, and those after ONBUILD beside it. */
function withOnbuild(document: DockerfileDocument): readonly Instruction[] {
  const triggers = instructionsOf(document).filter((instruction) => instruction.onbuild);
  return triggers.length === 0 ? document.instructions : [...document.instructions, ...triggers];
}

function caseOf(document: DockerfileDocument, { keyword, keywordSpan }: Instruction): Case | undefined {
  if (keyword === "UNKNOWN") return undefined;
  if (document.text.startsWith(keyword, keywordSpan.start)) return "upper";
  const text = textAt(document, keywordSpan);
  if (text.toUpperCase() !== keyword) return undefined;
  return text === keyword.toLowerCase() ? "lower" : "mixed";
}

function asOf(
  document: DockerfileDocument,
  { words, alias, keywordSpan }: FromInstruction,
): { readonly text: string; readonly span: Span; readonly wanted: string } | undefined {
  const as = words[1];
  if (alias === undefined || as === undefined) return undefined;
  const wanted = textAt(document, keywordSpan) === "from" ? "as" : "AS";
  return as.text === wanted ? undefined : { text: as.text, span: as.span, wanted };
}

function textAt({ text }: DockerfileDocument, { start, end }: Span): string {
  return text.slice(start, end);
}

function fixesOf(span: Span, wanted: string): readonly Fix[] {
  return fixesWith(wanted, span.end - span.start === wanted.length ? [replaceSpan(span, wanted)] : []);
}

function fixesWith(wanted: string, edits: readonly TextEdit[]): readonly Fix[] {
  return edits.length > 0 ? [{ title: `Write ${shorten(wanted)}`, safety: "safe", edits }] : [];
}
