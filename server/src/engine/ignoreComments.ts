import type { CommandsDocument } from "../documents/commands/model";
import type { ComposeDocument } from "../documents/compose/model";
import type { DockerfileDocument } from "../documents/dockerfile/model";
import type { Comment } from "../documents/document";
import { maxIgnoreCommentLength } from "../limits";
import type { Span } from "../text/span";
import type { RuleIndex } from "./ruleIndex";

/** An ignore comment as written, before it is known what it silences. */
export interface ParsedIgnore {
  readonly tool: string;
  readonly span: Span;
  readonly scope: { readonly from: number; readonly to: number } | "file";
  readonly ids: readonly { readonly text: string; readonly span: Span; readonly rules: readonly string[] }[];
  readonly reason: string | undefined;
  readonly until: { readonly date: string; readonly span: Span } | undefined;
}

type Scope = "line" | "next" | "file";

interface Syntax {
  readonly tool: string;
  /** Matches at the comment's text after `#` and blanks. Group 1, where it exists, is the list of ids. */
  readonly pattern: RegExp;
  readonly scope: Scope;
  /** How an id of this tool reads as one of our aliases. */
  alias(id: string): string;
}

// Each list stops at the first character that cannot stand in an id, so that no pattern can backtrack far.
const ids = "([\\w*][\\w.:*-]*(?:[ \\t]*,[ \\t]*[\\w*][\\w.:*-]*){0,99})";

const syntaxes: readonly Syntax[] = [
  {
    tool: "hadolint",
    pattern: new RegExp(`^hadolint[ \\t]+global[ \\t]+ignore[ \\t]*=[ \\t]*${ids}`),
    scope: "file",
    alias: (id) => `hadolint:${id}`,
  },
  {
    tool: "hadolint",
    pattern: new RegExp(`^hadolint[ \\t]+ignore[ \\t]*=[ \\t]*${ids}`),
    scope: "next",
    alias: (id) => `hadolint:${id}`,
  },
  {
    tool: "trivy",
    pattern: /^trivy:ignore:([\w*-]{1,99}(?:[ \t]+trivy:ignore:[\w*-]{1,99}){0,20})/,
    scope: "line",
    alias: (id) => `trivy:${trivyId(id.replace(/^trivy:ignore:/, ""))}`,
  },
  {
    tool: "checkov",
    pattern: /^checkov:skip[ \t]*=[ \t]*([A-Z0-9_]{1,99})/,
    scope: "file",
    alias: (id) => `checkov:${id}`,
  },
  { tool: "kics", pattern: /^kics-scan[ \t]+ignore-line\b/, scope: "next", alias: (id) => `kics:${id}` },
  { tool: "kics", pattern: /^kics-scan[ \t]+ignore-block\b/, scope: "next", alias: (id) => `kics:${id}` },
  { tool: "kics", pattern: /^kics-scan[ \t]+ignore[ \t]*$/, scope: "file", alias: (id) => `kics:${id}` },
  {
    tool: "kics",
    pattern: new RegExp(`^kics-scan[ \\t]+disable[ \\t]*=[ \\t]*${ids}`),
    scope: "file",
    alias: (id) => `kics:${id}`,
  },
  {
    tool: "semgrep",
    pattern: new RegExp(`^nosemgrep(?:[ \\t]*:[ \\t]*${ids})?`),
    scope: "line",
    alias: (id) => `semgrep:${id.slice(id.lastIndexOf(".") + 1)}`,
  },
  {
    tool: "dockerfile-utils",
    pattern: /^dockerfile-utils:[ \t]*ignore\b/,
    scope: "next",
    alias: (id) => `dockerfile-utils:${id}`,
  },
];

// Every syntax holds one of these words: most comments hold none and are passed over at once.
const anySyntax = /ignore|skip|nosemgrep|kics-scan/;

const ours =
  /^plimsoll-ignore(-file)?[ \t]+([\w*:.-]{1,99}(?:[ \t]*,[ \t]*[\w*:.-]{1,99}){0,99}?)(?:[ \t]+until[ \t]+(\d{4}-\d{2}-\d{2}))?[ \t]*(?::(.*))?$/s;
const untilInReason = /\buntil (\d{4}-\d{2}-\d{2})\b/;

/** Finds every ignore comment of a document: ours and those of the tools whose aliases the rules carry. */
export function parseIgnores(
  document: DockerfileDocument | ComposeDocument | CommandsDocument,
  index: RuleIndex,
): readonly ParsedIgnore[] {
  const found: ParsedIgnore[] = [];
  if (document.language === "dockerfile") found.push(...checkDirectives(document, index));
  for (let at = 0; at < document.comments.length; at++) {
    const comment = document.comments[at]!;
    const raw = document.text.slice(comment.span.start, comment.span.end);
    if (raw.length > maxIgnoreCommentLength || !anySyntax.test(raw)) continue;
    const start = comment.span.start + (raw.length - raw.replace(/^#+[ \t]*/, "").length);
    const body = document.text.slice(start, comment.span.end).trimEnd();
    const parsed = parseOurs(body, start, index) ?? parseOthers(body, start, index);
    if (parsed === undefined) continue;
    found.push({
      ...parsed.ignore,
      span: { start: comment.span.start, end: start + body.length },
      scope: parsed.scope === "file" ? "file" : linesOfScope(document, at, parsed.scope),
    });
  }
  return found;
}

type Body = Omit<ParsedIgnore, "span" | "scope">;

function parseOurs(
  body: string,
  start: number,
  index: RuleIndex,
): { ignore: Body; scope: Scope } | undefined {
  if (!body.startsWith("plimsoll-ignore")) return undefined;
  const match = ours.exec(body);
  if (match === null) return undefined;
  const list = match[2]!.replace(/:$/, "");
  const listAt = body.indexOf(list, "plimsoll-ignore".length + (match[1]?.length ?? 0));
  const rest = match[4] ?? "";
  const dateInReason = match[3] === undefined ? untilInReason.exec(rest) : null;
  const date = match[3] ?? dateInReason?.[1];
  const reason = dateInReason === null ? rest : rest.replace(dateInReason[0], "");
  const dateAt = date === undefined ? -1 : body.indexOf(date, listAt + list.length);
  return {
    scope: match[1] === undefined ? "line" : "file",
    ignore: {
      tool: "plimsoll",
      ids: splitIds(list, start + listAt, (id) => index.resolve(id)),
      reason: withoutSeparators(reason) || undefined,
      until:
        date === undefined
          ? undefined
          : { date, span: { start: start + dateAt, end: start + dateAt + date.length } },
    },
  };
}

/** A reason without what parts it from the rules and the date. */
function withoutSeparators(reason: string): string {
  let end = reason.length;
  while (end > 0 && /[\s:(),-]/.test(reason.charAt(end - 1))) end--;
  return reason.slice(0, end).replace(/^[\s:(,-]+/, "");
}

function parseOthers(
  body: string,
  start: number,
  index: RuleIndex,
): { ignore: Body; scope: Scope } | undefined {
  for (const syntax of syntaxes) {
    const match = syntax.pattern.exec(body);
    if (match === null) continue;
    const list = match[1];
    const ignored =
      list === undefined
        ? [{ text: "*", span: { start, end: start + match[0].length }, rules: index.ofTool(syntax.tool) }]
        : splitIds(list, start + match[0].length - list.length, (id) => index.resolve(syntax.alias(id)));
    return {
      scope: syntax.scope,
      ignore: {
        tool: syntax.tool,
        ids: ignored,
        reason: reasonAfter(body.slice(match[0].length)),
        until: undefined,
      },
    };
  }
  return undefined;
}

/** BuildKit's `# check=skip=A,B;error=true` holds for the whole file. */
function checkDirectives(document: DockerfileDocument, index: RuleIndex): ParsedIgnore[] {
  return document.directives.flatMap((directive): ParsedIgnore[] => {
    if (directive.name !== "check") return [];
    const match = /(?:^|;)\s{0,20}skip\s{0,20}=\s{0,20}([\w, \t]{1,2000})/.exec(directive.value);
    if (match === null) return [];
    const at = directive.valueSpan.start + match.index + match[0].length - match[1]!.length;
    const resolve = (id: string): readonly string[] =>
      id === "all" ? index.ofTool("buildkit") : index.resolve(`buildkit:${id}`);
    const ids = splitIds(match[1]!, at, resolve);
    return [
      { tool: "buildkit", span: directive.span, scope: "file", ids, reason: undefined, until: undefined },
    ];
  });
}

function splitIds(
  list: string,
  start: number,
  resolve: (id: string) => readonly string[],
): ParsedIgnore["ids"] {
  return [...list.matchAll(/[^\s,]+/g)].map((match) => {
    const text = match[0].replace(/:$/, "");
    const at = start + match.index;
    return { text, span: { start: at, end: at + text.length }, rules: resolve(text) };
  });
}

/**
 * The rules that stand for what another tool reports.
 * @param code as tools write it: `DL3020`, `SecretsUsedInArgOrEnv`, `docker:S6471`, `AVD-DS-0002`
 */
export function rulesOfOtherTool(code: string, index: RuleIndex): readonly string[] {
  const id = code.slice(code.lastIndexOf(":") + 1);
  // A bare number, as some tools have it, or one of our own ids would say something else.
  if (/^\d*$/.test(id) || index.byId(id) !== undefined) return [];
  return index.resolve(trivyId(id));
}

function trivyId(id: string): string {
  const match = /^(?:AVD-)?DS-?0*(\d{1,4})$/.exec(id);
  return match === null ? id : `DS-${match[1]!.padStart(4, "0")}`;
}

function reasonAfter(rest: string): string | undefined {
  return rest.replace(/^[\s:#-]+/, "").trim() || undefined;
}

/** The lines that a comment speaks of: its own where it follows code, else the next instruction or line. */
function linesOfScope(
  document: DockerfileDocument | ComposeDocument | CommandsDocument,
  at: number,
  scope: Scope,
): { from: number; to: number } {
  const comment = document.comments[at]!;
  if (!comment.ownLine && scope !== "next") return { from: comment.line, to: comment.line };
  const target = lineAfterComments(document.comments, at);
  if (document.language === "compose") return { from: target, to: target };
  if (document.language === "commands") return { from: target, to: lastLineOfCommands(document, target) };
  const offset = document.lines.startOf(target);
  const within = instructionAt(document, offset);
  // A comment between the lines of one instruction speaks of its next line; one above it, of the whole instruction.
  if (within === undefined || within.startLine < comment.line) return { from: target, to: target };
  return { from: within.startLine, to: within.endLine };
}

/** A comment above a command speaks of all its lines. */
function lastLineOfCommands({ commands, lines }: CommandsDocument, line: number): number {
  const own = commands.filter(({ commentLine, span }) => (commentLine ?? lines.at(span.start).line) === line);
  return Math.max(line, ...own.map(({ span }) => lines.at(span.end).line));
}

function lineAfterComments(comments: readonly Comment[], at: number): number {
  let line = comments[at]!.line + 1;
  for (let next = at + 1; next < comments.length; next++) {
    const comment = comments[next]!;
    if (comment.line !== line || !comment.ownLine) break;
    line++;
  }
  return line;
}

function instructionAt(
  document: DockerfileDocument,
  offset: number,
): DockerfileDocument["instructions"][number] | undefined {
  let low = 0;
  let high = document.instructions.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const instruction = document.instructions[middle]!;
    const from = document.lines.startOf(instruction.startLine);
    if (offset < from) high = middle - 1;
    else if (offset > instruction.span.end) low = middle + 1;
    else return instruction;
  }
  return undefined;
}
