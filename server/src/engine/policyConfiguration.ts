import { entriesOf, isNull, scalarOf, type YamlNode } from "../documents/yaml/tree";
import {
  fieldsOf,
  itemsAt,
  mapAt,
  nearest,
  plainValue,
  type ReportIssue,
  textAt,
  textsAt,
} from "./configurationReader";
import {
  type DeniedImage,
  type ImagePolicy,
  noPolicy,
  normalisedPattern,
  type Requirement,
  requirements,
} from "./policy";
import { isSeverity, type Severity, severities } from "./severity";

/** The keys of `images:`. */
const keys = ["approved", "registries", "denied", "replacements", "require"];

/** Demands that people know from elsewhere and that nothing here can judge: they need a registry, or a scanner. */
const unjudged: ReadonlySet<string> = new Set([
  "maxAgeDays",
  "signed",
  "signature",
  "maxVulnerabilities",
  "vulnerabilities",
]);

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
    require: requirementsAt(at("require"), issue),
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

/** A demand that nothing judges is refused: who wrote it would believe that it holds. */
function requirementsAt(node: YamlNode | undefined, issue: ReportIssue): ImagePolicy["require"] {
  const demanded: Partial<Record<Requirement, Severity | false>> = {};
  for (const { key, keySpan, value } of entriesOf(mapAt(node, issue))) {
    const requirement = requirements.find((candidate) => candidate === key);
    if (requirement === undefined) {
      if (unjudged.has(key)) issue(keySpan, `Nothing here can judge ${key}, so it cannot be required`);
      else issue(keySpan, `There is no key ${key.slice(0, 40)} here`, nearest(key, requirements));
      continue;
    }
    const level = requiredLevel(value);
    if (level !== undefined) demanded[requirement] = level;
    else {
      const word = scalarOf(value)?.value;
      issue(value.span, `true, false or a severity is wanted here`, nearest(word, severities));
    }
  }
  return demanded;
}

function requiredLevel(node: YamlNode): Severity | false | undefined {
  const value = plainValue(node);
  if (typeof value === "boolean") return value ? "high" : false;
  return typeof value === "string" && isSeverity(value) ? value : undefined;
}
