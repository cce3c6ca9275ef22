import type { CheckedKind } from "../documents/kind";
import type { Acceptance } from "../engine/analyse";
import type { Fix, NotChecked } from "../engine/finding";
import type { ControlResult, Posture } from "../engine/posture";
import type { Category } from "../engine/rule";
import type { Severity } from "../engine/severity";
import type { ShardMark } from "./shard";

/**
 * What an audit found: plain data that can be sent, stored and compared, and that holds no secret.
 *
 * Paths are relative to the folder that the audit was asked to name them from, with `/`. Lines and columns count
 * from 1, offsets from 0, both in UTF-16 code units.
 */
export interface AuditResult {
  readonly version: 1;
  readonly tool: { readonly name: "plimsoll"; readonly version: string };
  /** Every file that was looked at or should have been, in order of path. */
  readonly files: readonly AuditedFile[];
  /** In order of path. Not empty: the findings are not to be relied upon. */
  readonly failures: readonly AuditFailure[];
  /** What could not be judged, within files and beyond them, in order of path. */
  readonly notChecked: readonly AuditNotChecked[];
  /** `false` where the audit was stopped, or reached a limit, before it had seen everything. */
  readonly complete: boolean;
  readonly summary: AuditSummary;
  /** What registries say of the images that files name, in order of name; missing where they were not asked. */
  readonly images?: readonly AuditedImage[];
  /** Where this is one of several parts: the files, and all that is said about paths, are those of this part. */
  readonly shard?: ShardMark;
}

/** What a registry says of an image. */
export interface AuditedImage {
  /** As files name it, with variables expanded. */
  readonly image: string;
  /** Where they do; lines count from 1. */
  readonly places: readonly { readonly path: string; readonly line: number }[];
  /** In words, part by part: what is not known of a part says so. Empty where nothing was told. */
  readonly told: readonly { readonly name: string; readonly text: string }[];
  /** Why nothing was told. */
  readonly unknown?: string;
}

export interface AuditSummary {
  readonly checked: number;
  readonly skipped: number;
  readonly failed: number;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
}

export type AuditedLanguage = CheckedKind | "configuration";

export interface AuditedFile {
  readonly path: string;
  /** The absolute path, or the URI, that was read. */
  readonly location: string;
  /** `undefined` where the file is not of a kind that is known. */
  readonly language: AuditedLanguage | undefined;
  readonly status: "checked" | "skipped" | "failed";
  /** Why it was not checked. */
  readonly reason?: string;
  readonly findings: readonly AuditFinding[];
  readonly suppressed: readonly AuditSuppressed[];
  /** How its stages or services stand; missing where the audit was not asked. */
  readonly posture?: readonly AuditPosture[];
  /** The ids of the rules of every language that were on for it; missing where it was not checked. */
  readonly ran?: ReadonlySet<string>;
}

/** How one stage or service stands to each control. */
export interface AuditPosture extends Pick<Posture, "kind" | "name"> {
  readonly range: Range;
  readonly controls: readonly AuditControl[];
}

export interface AuditControl extends Omit<ControlResult, "findings"> {
  /** Fingerprints of findings of the file, or of suppressed ones where the state is `accepted`. */
  readonly findings: readonly string[];
}

export interface AuditFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly message: string;
  readonly range: Range;
  readonly fixes: readonly AuditFix[];
  readonly related: readonly AuditRelated[];
  /** Stays when lines above move; the same in every run. */
  readonly fingerprint: string;
  readonly excerpt: Excerpt;
}

export interface Range {
  readonly start: Position;
  /** Excluded. */
  readonly end: Position;
}

export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface AuditFix extends Pick<Fix, "title" | "safety" | "asks" | "creates"> {
  readonly edits: readonly AuditEdit[];
  /** The lines that change, secrets masked. */
  readonly preview: readonly PreviewLine[];
}

export interface AuditEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly range: Range;
}

export interface PreviewLine {
  readonly change: "removed" | "added";
  readonly text: string;
}

export interface AuditRelated {
  readonly message: string;
  readonly path: string;
  /** Missing where the place is in another file. */
  readonly range?: Range;
}

/** `repository`: by an exception in `plimsoll.yaml`. */
export interface AuditSuppressed extends Acceptance {
  readonly finding: AuditFinding;
  readonly by: "comment" | "repository" | "baseline";
}

/** The lines around a finding, secrets masked and long lines cut. */
export interface Excerpt {
  /** The number of the first line. */
  readonly firstLine: number;
  readonly lines: readonly ExcerptLine[];
}

export interface ExcerptLine {
  readonly text: string;
  /** What to underline, as offsets in `text`; missing on the lines around. */
  readonly mark?: { readonly from: number; readonly to: number };
}

export interface AuditFailure {
  /** Missing where the configuration is at fault, not a rule. */
  readonly rule?: string;
  readonly path: string;
  readonly error: string;
  readonly range?: Range;
}

export interface AuditNotChecked extends Pick<NotChecked, "reason"> {
  /** Missing where all rules are concerned. */
  readonly rule?: string;
  readonly path: string;
  readonly range?: Range;
}
