import { addServiceKeys } from "../../documents/compose/edits";
import type { ComposeDocument, Service } from "../../documents/compose/model";
import type { Fix } from "../../engine/finding";
import type { TextEdit } from "../../text/edit";
import { rememberLast } from "../../text/rememberLast";
import { isWhole } from "./composeHardening";
import { type Control, type Part, stepsFor } from "./hardenSteps";
import { shorten } from "./shorten";

/** How a service is hardened at once. */
export interface Hardening {
  readonly edits: readonly TextEdit[];
  readonly added: readonly Control[];
  /** What the service lacks and does not get: nobody knows whether it would still start, or its text is shared. */
  readonly leftOut: readonly Control[];
}

/**
 * What a service lacks and will run with, as one set of edits; what it has, or has decided against, stays. Undefined
 * where the service adds to one of another file, where others take their keys from it, and where nothing can be added.
 */
export function hardeningOf(document: ComposeDocument, service: Service): Hardening | undefined {
  const plans = plansOf(document);
  if (!plans.has(service)) plans.set(service, planned(document, service));
  return plans.get(service);
}

/** The fix that hardens a service; none for a finding whose control it leaves out, or which has it for its only one. */
export function hardenFixes(document: ComposeDocument, service: Service, control: Control): readonly Fix[] {
  const hardening = hardeningOf(document, service);
  if (hardening === undefined || hardening.added.length < 2 || !hardening.added.includes(control)) return [];
  return [{ title: hardenTitle(service, hardening), safety: "unsafe", edits: hardening.edits }];
}

/** The edits of one part; undefined where there is none, or it cannot be made. */
export function editsOfPart(
  document: ComposeDocument,
  service: Service,
  part: Part | undefined,
): readonly TextEdit[] | undefined {
  return part && editsOf(document, service, [part]);
}

/** Names the service, and what is left out. */
export function hardenTitle(service: Service, { leftOut }: Hardening): string {
  const title = `Harden service "${shorten(service.name, 32)}"`;
  return leftOut.length === 0 ? title : `${title} without ${leftOut.join(", ")}`;
}

const plansOf = rememberLast<ComposeDocument, Map<Service, Hardening | undefined>>(() => new Map());

function planned(document: ComposeDocument, service: Service): Hardening | undefined {
  if (!isWhole(service) || isInherited(document, service)) return undefined;
  const steps = stepsFor(document, service);
  const parts = steps.flatMap(({ part }) => part ?? []);
  const edits = editsOf(document, service, parts);
  // Where the service takes no new keys, what stands in it already can still be changed.
  const possible = edits === undefined ? steps.filter(({ part }) => part?.additions.length === 0) : steps;
  const made = edits ?? possible.flatMap(({ part }) => part?.edits ?? []);
  const added = possible.flatMap(({ control, part }) => (part === undefined ? [] : control));
  if (made.length === 0) return undefined;
  const leftOut = steps.map(({ control }) => control).filter((control) => !added.includes(control));
  return { edits: made, added, leftOut };
}

/**
 * The edits of several parts as one set, new keys last: edits at one place are made in this order, and an item of the
 * last list must not end up behind them.
 * @returns undefined where keys are to be added and cannot be
 */
function editsOf(
  document: ComposeDocument,
  service: Service,
  parts: readonly Part[],
): readonly TextEdit[] | undefined {
  const edits = parts.flatMap((part) => part.edits);
  const additions = parts.flatMap((part) => part.additions);
  if (additions.length === 0) return edits;
  const keys = addServiceKeys(document, service, additions);
  return keys && [...edits, keys];
}

/** Whether other services take their keys from this one, so that they would be hardened unseen. */
function isInherited(document: ComposeDocument, service: Service): boolean {
  return service.body.anchor !== undefined || extendedIn(document).has(service.name);
}

/** The names of services that others of the file extend. */
const extendedIn = rememberLast(
  ({ services }: ComposeDocument): ReadonlySet<string> =>
    new Set(
      services.flatMap(({ extends: from }) =>
        from !== undefined && from.file === undefined ? (from.service?.value ?? []) : [],
      ),
    ),
);
