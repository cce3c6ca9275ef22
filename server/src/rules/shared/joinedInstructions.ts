import type {
  CopyInstruction,
  DockerfileDocument,
  Instruction,
  RunInstruction,
} from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { deleteSpan, insertAt, replaceSpan, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { spanOf } from "../../text/span";

/** Instructions that follow each other and make a layer each, though one would do. */
export type Joinable =
  | { readonly kind: "run"; readonly members: readonly RunInstruction[] }
  | { readonly kind: "copy"; readonly members: readonly CopyInstruction[] };

/** Whether an instruction goes on with what the one before it does. */
export function goesOn(document: DockerfileDocument, before: Instruction, next: Instruction): boolean {
  if (next.keyword !== before.keyword || flagsOf(document, before) !== flagsOf(document, next)) return false;
  if (before.keyword === "RUN") return isPlainRun(before) && next.keyword === "RUN" && isPlainRun(next);
  if (before.keyword !== "COPY" && before.keyword !== "ADD") return false;
  const [one, other] = [before as CopyInstruction, next as CopyInstruction];
  return isPlainCopy(one) && isPlainCopy(other) && one.destination?.text === other.destination?.text;
}

/** One edit for all of a group; none where comments stand in between, or a command changes what later ones see. */
export function joiningFixes(document: DockerfileDocument, { kind, members }: Joinable): readonly Fix[] {
  const pairs = members.slice(1).map((next, index) => ({ previous: members[index]!, next }));
  const isApart = ({ previous, next }: (typeof pairs)[number]) =>
    document.text.slice(previous.span.end, next.span.start).trim() !== "";
  if (pairs.some(isApart)) return [];
  const edits = kind === "run" ? runEdits(document, members) : copyEdits(members);
  return edits.length === 0
    ? []
    : [{ title: `Join the ${members.length} instructions`, safety: "unsafe", edits }];
}

function flagsOf({ text }: DockerfileDocument, { keywordSpan, argumentsSpan, flags }: Instruction): string {
  return flags.length === 0 ? "" : text.slice(keywordSpan.end, argumentsSpan.start).trim();
}

/** A shell form with a single command: where several are chained, somebody has chosen what belongs together. */
function isPlainRun({ form, heredocs, script }: RunInstruction): boolean {
  const isChained = ({ context, pipelineIndex, joinedBy }: ShellCommand): boolean =>
    context === "top" && pipelineIndex === 0 && joinedBy !== "start";
  return (
    form === "shell" &&
    heredocs.length === 0 &&
    script.commands.length > 0 &&
    !script.commands.some(isChained)
  );
}

function isPlainCopy({ exec, heredocs, destination, sources }: CopyInstruction): boolean {
  return !exec && heredocs.length === 0 && destination !== undefined && sources.length > 0;
}

function runEdits(document: DockerfileDocument, members: readonly RunInstruction[]): readonly TextEdit[] {
  const isStateful = ({ script }: RunInstruction) =>
    script.incomplete ||
    script.commands.some(({ program, name }) => name === undefined || stateful.has(program));
  const texts = members.map(({ span }) => document.text.slice(span.start, span.end));
  if (members.some(isStateful) || texts.some((text) => /[#&;]|\\[ \t]*$/.test(text))) return [];
  const joint = ` ${document.escape}${lineBreakOf(document.text)}    && `;
  return members
    .slice(1)
    .map((next, index) => replaceSpan(spanOf(members[index]!.span.end, next.argumentsSpan.start), joint));
}

const stateful: ReadonlySet<string> = new Set([
  ...[
    "cd",
    "export",
    "set",
    "exit",
    "exec",
    "source",
    ".",
    "umask",
    "unset",
    "alias",
    "trap",
    "pushd",
    "shopt",
  ],
]);

function copyEdits(members: readonly CopyInstruction[]): readonly TextEdit[] {
  const [first, ...others] = members;
  if (!first?.destination) return [];
  const { text, span } = first.destination;
  const added = others.flatMap(({ sources }) => sources.map((source) => `${source.text} `)).join("");
  const isFolder = /(?:^|\/)\.?$/.test(text);
  const deletions = others.map((next, index) => deleteSpan(spanOf(members[index]!.span.end, next.span.end)));
  return [insertAt(span.start, added), ...(isFolder ? [] : [insertAt(span.end, "/")]), ...deletions];
}
