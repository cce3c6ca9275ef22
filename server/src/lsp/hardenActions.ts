import type { Analysis } from "../engine/analyse";
import { hardeningOf, hardenTitle } from "../rules/shared/hardenService";
import type { TextEdit } from "../text/edit";
import type { Span } from "../text/span";

/** A change that hardens one service or all of them, to be undone in one step. */
export interface HardenAction {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/**
 * What hardens the service whose name a selection touches, and all services of the file where there are several; all
 * alone for a selection that touches the names of several.
 */
export function hardenActions(document: Analysis["document"], selected: Span): readonly HardenAction[] {
  if (document.language !== "compose") return [];
  const touched = document.services.filter(
    ({ nameSpan }) => nameSpan.start <= selected.end && selected.start <= nameSpan.end,
  );
  if (touched.length === 0) return [];
  const planned = document.services.flatMap((service) => {
    const hardening = hardeningOf(document, service);
    return hardening === undefined ? [] : [{ service, hardening }];
  });
  const actions = planned
    .filter(({ service }) => touched.length === 1 && touched[0] === service)
    .map(({ service, hardening }) => ({
      title: hardenTitle(service, hardening),
      edits: hardening.edits,
    }));
  if (planned.length < 2) return actions;
  const edits = planned.flatMap(({ hardening }) => hardening.edits);
  return [...actions, { title: `Harden all ${planned.length} services of this file`, edits }];
}
