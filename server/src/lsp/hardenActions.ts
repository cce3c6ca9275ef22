import type { Stage } from "../documents/dockerfile/model";
import type { Analysis } from "../engine/analyse";
import { hardenStage } from "../engine/hardenStage";
import { hardeningOf, hardenTitle } from "../rules/shared/hardenService";
import { shorten } from "../rules/shared/shorten";
import type { TextEdit } from "../text/edit";
import type { Span } from "../text/span";

/** A change that hardens one stage, one service or all of them, to be undone in one step. */
export interface HardenAction {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** What hardens the stage whose FROM, or the service whose name, a selection touches. */
export function hardenActions(
  { document, findings }: Pick<Analysis, "document" | "findings">,
  selected: Span,
): readonly HardenAction[] {
  const isTouched = (span: Span): boolean => span.start <= selected.end && selected.start <= span.end;
  if (document.language === "compose") return hardenServices(document, isTouched);
  if (document.language !== "dockerfile") return [];
  return document.stages.flatMap((stage) => {
    const hardening = isTouched(stage.from.span) ? hardenStage(stage, findings) : undefined;
    return hardening === undefined ? [] : [{ title: stageTitle(stage), edits: hardening.edits }];
  });
}

function stageTitle({ name }: Stage): string {
  return name === undefined ? "Harden this stage" : `Harden stage "${shorten(name, 32)}"`;
}

/** One service, and all services of the file where there are several; all alone where several are touched. */
function hardenServices(
  document: Extract<Analysis["document"], { language: "compose" }>,
  isTouched: (span: Span) => boolean,
): readonly HardenAction[] {
  const touched = document.services.filter(({ nameSpan }) => isTouched(nameSpan));
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
