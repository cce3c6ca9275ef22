import {
  type CodeDescription,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Position,
  type TextEdit as ProtocolTextEdit,
  type Range,
} from "vscode-languageserver";
import type { AuditedFile, AuditFinding } from "../audit/result";
import { ruleUrl } from "../docs/ruleUrl";
import type { Finding, Related } from "../engine/finding";
import type { Severity } from "../engine/severity";
import type { TextEdit } from "../text/edit";
import type { LineColumn, Lines } from "../text/lines";
import type { Span } from "../text/span";
import type { Encoding } from "./encoding";

/**
 * Positions of one text as the protocol has them. The only place where lines and characters, in the encoding agreed
 * with the client, meet the offsets that everything else uses.
 */
export interface Positions {
  position(offset: number): Position;
  range(span: Span): Range;
  /** Whether a position is that of an offset. */
  isAt(position: Position, offset: number): boolean;
  /** The offset of a position; a position beyond its line, or beyond the text, is clamped. */
  offset(position: Position): number;
  span(range: Range): Span;
}

/** The positions of a text. */
export function positionsOf(text: string, lines: Lines, encoding: Encoding): Positions {
  const position = (offset: number): Position => {
    const { line, column } = lines.at(offset);
    if (encoding === "utf-16") return { line, character: column };
    const start = lines.startOf(line);
    return { line, character: lengthIn(encoding, text.slice(start, start + column)) };
  };
  const offset = ({ line, character }: Position): number => {
    if (line < 0) return 0;
    if (line >= lines.count) return text.length;
    const { start, end } = lines.contentOf(line);
    const length = Math.max(0, character);
    if (encoding === "utf-16") return Math.min(start + length, end);
    return start + unitsWithin(encoding, text.slice(start, end), length);
  };
  return {
    position,
    range: (span) => ({ start: position(span.start), end: position(span.end) }),
    isAt: (at, sought) => {
      if (encoding !== "utf-16") return isSamePosition(at, position(sought));
      const { line, character } = at;
      if (line >= lines.count || lines.startOf(line) + character !== sought) return false;
      return line + 1 === lines.count || sought < lines.startOf(line + 1);
    },
    offset,
    span: (range) => {
      const start = offset(range.start);
      return { start, end: Math.max(start, offset(range.end)) };
    },
  };
}

/** What is shown in a file that is not open. */
export interface FileDiagnostics {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** An edit as the protocol has it. */
export function toProtocolEdit(edit: TextEdit, positions: Positions): ProtocolTextEdit {
  return { range: positions.range(edit), newText: edit.text };
}

/**
 * A finding as a diagnostic.
 * @param uriOf the URI of a path relative to the document's folder, for related places in other files
 */
export function toDiagnostic(
  finding: Finding,
  uri: string,
  positions: Positions,
  uriOf: (path: string) => string | undefined,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: positions.range(finding.span),
    severity: severityOf[finding.severity],
    source: "plimsoll",
    code: finding.rule,
    codeDescription: descriptionOf(finding.rule),
    message: finding.message,
  };
  if (finding.tag !== undefined) diagnostic.tags = [tagOf[finding.tag]];
  if (finding.related.length === 0) return diagnostic;
  const related = finding.related.flatMap((place) => toRelated(place, uri, positions, uriOf));
  if (related.length > 0) diagnostic.relatedInformation = related;
  return diagnostic;
}

/** Whether a diagnostic is what {@link toDiagnostic} makes of a finding, told without making one. */
export function isDiagnosticOf(
  diagnostic: Diagnostic,
  finding: Finding,
  uri: string,
  positions: Positions,
  uriOf: (path: string) => string | undefined,
): boolean {
  const { range, relatedInformation = none } = diagnostic;
  return (
    diagnostic.code === finding.rule &&
    isRangeOf(range, finding.span, positions) &&
    diagnostic.severity === severityOf[finding.severity] &&
    diagnostic.message === finding.message &&
    diagnostic.tags?.[0] === (finding.tag && tagOf[finding.tag]) &&
    isRelatedOf(relatedInformation, finding.related, uri, positions, uriOf)
  );
}

const none: readonly DiagnosticRelatedInformation[] = [];

function isRelatedOf(
  related: readonly DiagnosticRelatedInformation[],
  places: Finding["related"],
  uri: string,
  positions: Positions,
  uriOf: (path: string) => string | undefined,
): boolean {
  let met = 0;
  for (const place of places) {
    const told = related[met];
    if (place.path === undefined) {
      if (told === undefined || told.message !== place.message || told.location.uri !== uri) return false;
      if (!isRangeOf(told.location.range, place.span, positions)) return false;
      met++;
    } else {
      for (const { message, location } of toRelated(place, uri, positions, uriOf)) {
        const other = related[met++];
        if (other?.message !== message || other.location.uri !== location.uri) return false;
        const { start, end } = other.location.range;
        if (!isSamePosition(start, location.range.start) || !isSamePosition(end, location.range.end))
          return false;
      }
    }
  }
  return met === related.length;
}

function isRangeOf(range: Range, span: Span, positions: Positions): boolean {
  return positions.isAt(range.start, span.start) && positions.isAt(range.end, span.end);
}

function isSamePosition(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}

/** One object for all findings of a rule: there may be hundreds in each answer to a keystroke. */
function descriptionOf(rule: string): CodeDescription {
  let description = descriptions.get(rule);
  if (description === undefined) {
    description = { href: ruleUrl(rule) };
    descriptions.set(rule, description);
  }
  return description;
}

const descriptions = new Map<string, CodeDescription>();

/**
 * A finding of an audit as a diagnostic.
 *
 * @param uriOf the URI of a path as the audit names it
 *
 * An audit counts lines and columns from 1, columns in UTF-16 units, so this holds for clients that count alike.
 */
function toAuditDiagnostic(finding: AuditFinding, uriOf: (path: string) => string): Diagnostic {
  const related = finding.related.flatMap(({ message, path, range }): DiagnosticRelatedInformation[] =>
    range === undefined ? [] : [{ message, location: { uri: uriOf(path), range: toAuditRange(range) } }],
  );
  return {
    range: toAuditRange(finding.range),
    severity: severityOf[finding.severity],
    source: "plimsoll",
    code: finding.rule,
    codeDescription: { href: ruleUrl(finding.rule) },
    message: finding.message,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}

/** The findings of an audit in one file as diagnostics. */
export function diagnosticsOfFile(
  uri: string,
  { findings }: Pick<AuditedFile, "findings">,
  uriOf: (path: string) => string,
): FileDiagnostics {
  return { uri, diagnostics: findings.map((finding) => toAuditDiagnostic(finding, uriOf)) };
}

/** A range of an audit, which counts from 1, as the protocol has it. */
export function toAuditRange({ start, end }: AuditFinding["range"]): Range {
  const position = ({ line, column }: AuditFinding["range"]["start"]): Position => ({
    line: line - 1,
    character: column - 1,
  });
  return { start: position(start), end: position(end) };
}

function toRelated(
  place: Related,
  uri: string,
  positions: Positions,
  uriOf: (path: string) => string | undefined,
): DiagnosticRelatedInformation[] {
  if (place.path === undefined) {
    return [{ message: place.message, location: { uri, range: positions.range(place.span) } }];
  }
  const other = uriOf(place.path);
  return other === undefined
    ? []
    : [{ message: place.message, location: { uri: other, range: rangeElsewhere(place) } }];
}

/** The text of another file is not at hand, so columns are UTF-16 units, and its start has to do where no more is known. */
function rangeElsewhere({ range }: Related): Range {
  const at = (place: LineColumn): Position => ({ line: place.line, character: place.column });
  const nowhere = { line: 0, column: 0 };
  return { start: at(range?.start ?? nowhere), end: at(range?.end ?? nowhere) };
}

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Warning,
  medium: DiagnosticSeverity.Information,
  low: DiagnosticSeverity.Hint,
  info: DiagnosticSeverity.Hint,
};

const tagOf = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

function lengthIn(encoding: "utf-8" | "utf-32", text: string): number {
  let length = 0;
  for (const character of text) length += widthOf(encoding, character.codePointAt(0)!);
  return length;
}

/** How many UTF-16 units of a line make up at most `length` units of another encoding. */
function unitsWithin(encoding: "utf-8" | "utf-32", line: string, length: number): number {
  let units = 0;
  let used = 0;
  for (const character of line) {
    used += widthOf(encoding, character.codePointAt(0)!);
    if (used > length) break;
    units += character.length;
  }
  return units;
}

function widthOf(encoding: "utf-8" | "utf-32", code: number): number {
  if (encoding === "utf-32" || code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
