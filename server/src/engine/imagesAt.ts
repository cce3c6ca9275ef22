import type { CommandsDocument } from "../documents/commands/model";
import type { ComposeDocument } from "../documents/compose/model";
import type { DaemonDocument } from "../documents/daemon/model";
import { usesOf } from "../documents/dockerfile/imageUses";
import type { DockerfileDocument } from "../documents/dockerfile/model";
import type { ImageReference } from "../documents/imageReference";
import type { Span } from "../text/span";

/** The images that are named at a place: those whose names it touches, variables expanded. */
export function imagesAt(
  document: DockerfileDocument | ComposeDocument | DaemonDocument | CommandsDocument,
  place: Span,
): readonly ImageReference[] {
  if (document.language === "daemon" || document.language === "commands") return [];
  const named =
    document.language === "dockerfile"
      ? document.instructions
          .filter((instruction) => touches(instruction.span, place))
          .flatMap(usesOf)
          .map(({ span, target }) => ({
            span,
            reference: target.kind === "image" ? target.reference : undefined,
          }))
      : document.services.flatMap(({ image }) => image?.value ?? []);
  return named.flatMap(({ span, reference }) =>
    reference !== undefined && touches(span, place) ? [reference] : [],
  );
}

function touches(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
