import { entriesOf, isNull, scalarOf, type YamlNode } from "../documents/yaml/tree";
import { fieldsOf, itemsAt, mapAt, type ReportIssue, textAt, textsAt } from "./configurationReader";
import { type DeniedImage, type ImagePolicy, noPolicy, normalisedPattern } from "./policy";
import { requirementsAt } from "./requiredConfiguration";

/** The keys of `images:`. */
const keys = ["approved", "registries", "denied", "replacements", "require"];

/** Reads `images:` of a configuration. */
export function policyAt(node: YamlNode | undefined, issue: ReportIssue): ImagePolicy {
  if (node === undefined || isNull(node)) return noPolicy;
  const at = fieldsOf(node, keys, issue);
  const replacements = entriesOf(mapAt(at("replacements"), issue)).flatMap(({ key, value }) => {
    const text = scalarOf(value)?.value;
    if (text === undefined) issue(value.span, "A replacement must be an image");
    return text === undefined ? [] : [[normalisedPattern(key), text] as const];
  });
  return {
    approved: textsAt(at("approved"), issue).map(normalisedPattern),
    registries: textsAt(at("registries"), issue),
    denied: itemsAt(at("denied"), issue).flatMap((item) => deniedImage(item, issue) ?? []),
    replacements: new Map(replacements),
    ...requirementsAt(at("require"), issue),
  };
}

function deniedImage(item: YamlNode, issue: ReportIssue): DeniedImage | undefined {
  if (item.kind === "scalar") {
    const image = textAt(item, issue);
    return image === undefined
      ? undefined
      : { image: normalisedPattern(image), reason: undefined, replacement: undefined };
  }
  const at = fieldsOf(item, ["image", "reason", "replacement"], issue);
  const image = textAt(at("image"), issue);
  if (image === undefined) {
    if (item.kind === "map") issue(item.span, "What is denied must name its image");
    return undefined;
  }
  return {
    image: normalisedPattern(image),
    reason: textAt(at("reason"), issue),
    replacement: textAt(at("replacement"), issue),
  };
}
