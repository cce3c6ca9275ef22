import type { ComposeDocument, ImageValue, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import type { ImageReference } from "../../documents/imageReference";
import { scalarOf, spanInScalar } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import type { ImagePolicy } from "../../engine/policy";
import { rememberLast } from "../../text/rememberLast";
import type { Span } from "../../text/span";
import { replacementAt } from "./imageReplacement";

/** An image that a Compose file takes from a registry. */
export interface TakenServiceImage {
  readonly service: Service;
  readonly image: ImageValue;
  readonly reference: ImageReference;
  /** Without quotes. */
  readonly span: Span;
}

/**
 * The images that services take ready-made: not those that a service of the file builds under that name, nor those
 * that are never pulled, nor those with a variable that has no default.
 */
export const takenServiceImages = rememberLast((document: ComposeDocument): readonly TakenServiceImage[] => {
  const built = new Set(
    document.services.flatMap((service) =>
      service.build === undefined ? [] : (service.image?.value.raw ?? []),
    ),
  );
  const fields = distinct(
    document,
    (service) => [service.image],
    (field) => field.keySpan,
  );
  return fields.flatMap(({ service, part }) => {
    const { value: image } = part;
    const { reference } = image;
    if (reference === undefined || built.has(image.raw) || isNeverPulled(service)) return [];
    const scalar = scalarOf(image.node);
    const span = scalar === undefined ? image.span : spanInScalar(document.text, scalar, 0, image.raw.length);
    return [{ service, image, reference, span }];
  });
});

/** The images that the file does not tell: variables without a default, and what is no image. */
export function unknownServiceImages(document: ComposeDocument): readonly ImageValue[] {
  return document.services.flatMap(({ image, build }) =>
    image !== undefined && image.value.reference === undefined && build === undefined ? [image.value] : [],
  );
}

function isNeverPulled(service: Service): boolean {
  const policy = scalarOf(service.fields.get("pull_policy")?.node)?.value;
  return policy === "never" || policy === "build";
}

/** The change to the image that the policy names instead, unless the image is written with variables. */
export function serviceReplacementFixes(taken: TakenServiceImage, policy: ImagePolicy): readonly Fix[] {
  const { image, reference, span } = taken;
  return image.raw === reference.source ? replacementAt(span, reference, policy) : [];
}
