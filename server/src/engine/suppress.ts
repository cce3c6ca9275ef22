import type { CommandsDocument } from "../documents/commands/model";
import { takesHashComments } from "../documents/commands/parse";
import type { ComposeDocument } from "../documents/compose/model";
import type { DaemonDocument } from "../documents/daemon/model";
import type { DockerfileDocument } from "../documents/dockerfile/model";
import type { DocumentBase } from "../documents/document";
import { matchesGlob } from "../text/glob";
import type { Span } from "../text/span";
import type { Analysis, AnalysisInput, SuppressedFinding } from "./analyse";
import type { RepositoryIgnore } from "./config";
import type { Finding } from "./finding";
import { type ParsedIgnore, parseIgnores } from "./ignoreComments";
import { imagesAt } from "./imagesAt";
import { type EffectiveRule, idsOf } from "./levels";
import { matchesImage } from "./policy";
import type { RuleIndex } from "./ruleIndex";

/**
 * Documents in which an ignore comment can stand. JSON has no comments and Markdown none of ours: `plimsoll.yaml` alone
 * silences findings there.
 */
export type CommentedDocument = DockerfileDocument | ComposeDocument | CommandsDocument;

/** Whether an ignore comment can stand in a document. */
export function takesIgnoreComments(
  document: Analysis["document"] | CommentedDocument,
): document is CommentedDocument {
  if (document.language === "commands") return takesHashComments(document.format);
  return document.language === "dockerfile" || document.language === "compose";
}

/** The ignore comments of a document and what became of them: what rules of language `comments` read. */
export interface IgnoreCommentsDocument extends DocumentBase {
  readonly language: "comments";
  readonly ignores: readonly IgnoreComment[];
  /** Whether the configuration asks for a reason in each. */
  readonly requireReason: boolean;
  /** Every rule id, for suggestions. */
  readonly ruleIds: readonly string[];
}

/** A comment that silences findings: ours, or another tool's. */
export interface IgnoreComment {
  /** The tool whose syntax it is: `plimsoll`, `hadolint`, `buildkit`, `trivy`, `checkov`, `kics`, `semgrep`, `dockerfile-utils`. */
  readonly tool: string;
  readonly span: Span;
  /** What it silences: zero-based lines `from` to `to`, or the whole file. */
  readonly scope: { readonly from: number; readonly to: number } | "file";
  readonly ids: readonly IgnoredId[];
  readonly reason: string | undefined;
  /** `YYYY-MM-DD`, with its place. From the day after, the comment no longer counts. */
  readonly until: { readonly date: string; readonly span: Span } | undefined;
  readonly expired: boolean;
}

export interface IgnoredId {
  /** As written: a rule id of ours, another tool's id, or `*` for every rule that has an id of that tool. */
  readonly text: string;
  readonly span: Span;
  /** Our rules that it stands for. Empty: no such rule here. */
  readonly rules: readonly string[];
  /** Whether it silenced a finding. */
  readonly used: boolean;
  /** Whether every rule that it stands for has run, so that "unused" can be told. */
  readonly judged: boolean;
}

interface Silenced {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly comments: IgnoreCommentsDocument;
}

/**
 * Takes away the findings that comments and the repository's configuration silence.
 * @param active the rules that ran, so that a comment for a rule that is off is not called unused
 */
export function silence(
  document: CommentedDocument | DaemonDocument,
  findings: readonly Finding[],
  active: readonly EffectiveRule[],
  index: RuleIndex,
  input: AnalysisInput,
): Silenced {
  const { config, facts } = input;
  const parsed = takesIgnoreComments(document) ? parseIgnores(document, index) : [];
  const used = new Map<ParsedIgnore, Set<number>>();
  const kept: Finding[] = [];
  const silenced: { finding: Finding; by: ParsedIgnore | RepositoryIgnore }[] = [];
  const mayBeSilenced = parsed.length > 0 || config.ignore.length > 0;
  for (const finding of mayBeSilenced ? findings : []) {
    const line = document.lines.at(finding.span.start).line;
    const by =
      ignoringComment(parsed, finding.rule, line, facts.today, used) ??
      config.ignore.find((entry) => concerns(entry, finding, document, input.path, facts.today));
    if (by === undefined) kept.push(finding);
    else silenced.push({ finding, by });
  }
  const ran = idsOf(active);
  const comments = new Map(
    parsed.map((ignore) => [ignore, settled(ignore, used.get(ignore), ran, facts.today)]),
  );
  return {
    findings: mayBeSilenced ? kept : findings,
    suppressed: silenced.map(({ finding, by }): SuppressedFinding => {
      const comment = comments.get(by as ParsedIgnore);
      return {
        finding,
        by: comment === undefined ? acceptedBy(by as RepositoryIgnore) : { kind: "comment", comment },
      };
    }),
    comments: {
      language: "comments",
      text: document.text,
      lines: document.lines,
      comments: document.comments,
      problems: [],
      ignores: [...comments.values()],
      requireReason: config.requireReason,
      ruleIds: index.ids,
    },
  };
}

function ignoringComment(
  parsed: readonly ParsedIgnore[],
  rule: string,
  line: number,
  today: string,
  used: Map<ParsedIgnore, Set<number>>,
): ParsedIgnore | undefined {
  for (const ignore of parsed) {
    if (isOver(ignore.until?.date, today)) continue;
    if (ignore.scope !== "file" && (line < ignore.scope.from || line > ignore.scope.to)) continue;
    const at = ignore.ids.findIndex((id) => id.rules.includes(rule));
    if (at < 0) continue;
    const ids = used.get(ignore) ?? new Set();
    used.set(ignore, ids.add(at));
    return ignore;
  }
  return undefined;
}

function acceptedBy({ reason, owner, ticket, until }: RepositoryIgnore): SuppressedFinding["by"] {
  return {
    kind: "repository",
    reason,
    ...(owner !== undefined && { owner }),
    ...(ticket !== undefined && { ticket }),
    ...(until !== undefined && { until }),
  };
}

function concerns(
  entry: RepositoryIgnore,
  finding: Finding,
  document: CommentedDocument | DaemonDocument,
  path: string | undefined,
  today: string,
): boolean {
  if (isOver(entry.until, today)) return false;
  if (entry.rule !== finding.rule && !(entry.rule.includes("*") && matchesGlob(entry.rule, finding.rule)))
    return false;
  if (entry.path !== "**" && (path === undefined || !matchesGlob(entry.path, path))) return false;
  const { image } = entry;
  return image === undefined || imagesAt(document, finding.span).some((at) => matchesImage(image, at));
}

function settled(
  ignore: ParsedIgnore,
  used: Set<number> | undefined,
  ran: ReadonlySet<string>,
  today: string,
): IgnoreComment {
  return {
    ...ignore,
    expired: isOver(ignore.until?.date, today),
    ids: ignore.ids.map((id, at) => ({
      ...id,
      used: used?.has(at) === true,
      judged: id.rules.length > 0 && id.rules.every((rule) => ran.has(rule)),
    })),
  };
}

/** Dates are `YYYY-MM-DD`, so that their order is that of their text. The day itself still counts. */
function isOver(until: string | undefined, today: string): boolean {
  return until !== undefined && until < today;
}
