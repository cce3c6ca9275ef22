import { maxFixRounds } from "../limits";
import { applyEdits, type TextEdit } from "../text/edit";
import { type AnalysisInput, createAnalyser } from "./analyse";
import type { Finding, Fix } from "./finding";

export interface AppliedFix {
  readonly rule: string;
  readonly title: string;
  readonly safety: Fix["safety"];
  readonly creates: Fix["creates"];
}

export interface FixedText {
  readonly text: string;
  readonly applied: readonly AppliedFix[];
  /** Whether a last round found nothing more to do. */
  readonly stable: boolean;
}

/**
 * Applies fixes until none is left to apply.
 * @param choose the fix to apply for a finding, or `undefined` to leave it; safe ones only is {@link safeFix}
 */
export function fixAll(input: AnalysisInput, choose: (finding: Finding) => Fix | undefined): FixedText {
  let text = input.text;
  const applied: AppliedFix[] = [];
  const created = new Set<string>();
  const analyse = createAnalyser();
  for (let round = 0; round < maxFixRounds; round++) {
    const edits: TextEdit[] = [];
    const before = applied.length;
    for (const finding of analyse({ ...input, text }).findings) {
      const fix = choose(finding);
      if (fix === undefined || clashes(edits, fix.edits)) continue;
      if (fix.edits.length === 0) {
        if (fix.creates === undefined || created.has(fix.creates.path)) continue;
      }
      if (fix.creates !== undefined) created.add(fix.creates.path);
      edits.push(...fix.edits);
      applied.push({ rule: finding.rule, title: fix.title, safety: fix.safety, creates: fix.creates });
    }
    if (applied.length === before) return { text, applied, stable: true };
    text = applyEdits(text, edits);
  }
  return { text, applied, stable: false };
}

/** The first safe fix of a finding. */
export function safeFix(finding: Finding): Fix | undefined {
  return finding.fixes.find((fix) => fix.safety === "safe");
}

/** A finding's fixes: safe ones first, else in the rule's own order. */
export function sortedFixes({ fixes }: Finding): readonly Fix[] {
  const isSafe = (fix: Fix): boolean => fix.safety === "safe";
  return [...fixes.filter(isSafe), ...fixes.filter((fix) => !isSafe(fix))];
}

/** The first fix that stays within the document and asks nothing: only such ones are applied in bulk. */
export function firstFixWithin(finding: Finding): Fix | undefined {
  return sortedFixes(finding).find((fix) => fix.creates === undefined && fix.asks === undefined);
}

/** Whether edits touch: two insertions at one place do too, since their order would be chance. */
export function clashes(taken: readonly TextEdit[], wanted: readonly TextEdit[]): boolean {
  return wanted.some((edit) => taken.some((other) => edit.start <= other.end && other.start <= edit.end));
}
