import type { Stage } from "../documents/dockerfile/model";
import type { TextEdit } from "../text/edit";
import type { Finding, Fix } from "./finding";
import { clashes } from "./fix";
import type { Category } from "./rule";

/**
 * The matters in which hardening goes beyond safe fixes: who runs the process, with what rights, what is fetched and
 * over what. Another version of the base image, or secrets that a build then has to be given, are for a person to decide.
 */
const hardened: ReadonlySet<Category> = new Set<Category>(["user", "privilege", "supply-chain", "network"]);

/** What hardens a stage at once, and how many findings that removes. */
export interface StageHardening {
  readonly edits: readonly TextEdit[];
  readonly findings: number;
}

/**
 * The fixes of a stage's findings that go together, each finding's safe one where it has one. A fix that would touch
 * what another has changed already is left for the next time.
 * @returns `undefined` where there is nothing to do
 */
export function hardenStage(stage: Stage, findings: readonly Finding[]): StageHardening | undefined {
  const start = stage.from.span.start;
  const end = stage.instructions.at(-1)?.span.end ?? stage.from.span.end;
  const edits: TextEdit[] = [];
  let fixed = 0;
  for (const finding of findings) {
    if (finding.span.start < start || finding.span.start > end) continue;
    const fix = chosenFix(finding);
    if (fix === undefined || clashes(edits, fix.edits)) continue;
    edits.push(...fix.edits);
    fixed++;
  }
  return fixed === 0 ? undefined : { edits, findings: fixed };
}

function chosenFix({ fixes, category }: Finding): Fix | undefined {
  const within = fixes.filter(
    (fix) => fix.creates === undefined && fix.asks === undefined && fix.edits.length > 0,
  );
  const safe = within.find((fix) => fix.safety === "safe");
  return safe ?? (hardened.has(category) ? within[0] : undefined);
}
