import type { Config } from "../engine/config";
import { type Exported, frontendNote, neverExpressed } from "./exported";
import { hasTag, regexOf } from "./imagePattern";

/**
 * The image policy as a source policy of BuildKit, for `EXPERIMENTAL_BUILDKIT_SOURCE_POLICY`
 * (https://docs.docker.com/build/building/variables/#experimental_buildkit_source_policy). Of its rules that allow or
 * deny, the last one that matches counts; a conversion is followed by a new evaluation.
 */
export function exportSourcePolicy(config: Config): Exported {
  const { policy } = config;
  const isList = policy.approved.length > 0 || policy.registries.length > 0;
  const converted = [...policy.replacements].flatMap(([image, by]) => {
    const to = identifierOf(by);
    return to === undefined ? [] : [{ image, to }];
  });
  const rules = [
    ...converted.map(({ image, to }) => ({
      action: "CONVERT",
      selector: selector(hasTag(image) ? regexOf(image) : `${regexOf(image)}(${versions})`),
      updates: {
        identifier: `docker-image://${to.replaceAll("$", "$$$$")}${to.includes("@") || hasTag(to) || hasTag(image) ? "" : "${1}"}`,
      },
    })),
    ...(isList ? [{ action: "DENY", selector: selector(".*") }] : []),
    ...policy.registries.map((host) => ({ action: "ALLOW", selector: selector(`${regexOf(host)}/.*`) })),
    ...policy.approved.map((image) => ({ action: "ALLOW", selector: selector(imageRegex(image)) })),
    ...policy.denied.map(({ image }) => ({ action: "DENY", selector: selector(imageRegex(image)) })),
    ...(policy.require.digest ? [{ action: "DENY", selector: selector("[^@]*") }] : []),
  ];
  const reasons = policy.denied.filter(({ reason }) => reason !== undefined).length;
  const notExpressed = [
    ...neverExpressed(config),
    ...(reasons > 0 ? ["reasons of denied images: a source policy has no messages"] : []),
    ...(converted.length < policy.replacements.size
      ? ["replacements that are no image without variables"]
      : []),
    ...(isList ? [frontendNote] : []),
  ];
  return { text: `${JSON.stringify({ version: 1, rules }, undefined, 2)}\n`, notExpressed };
}

const versions = "(?:[:@].*)?";

function imageRegex(image: string): string {
  return hasTag(image) ? `${regexOf(image)}(?:@.*)?` : `${regexOf(image)}${versions}`;
}

function selector(regex: string) {
  return { identifier: `^docker-image://${regex}$`, matchType: "REGEX" };
}

/** BuildKit knows whole names only. */
function identifierOf(image: string): string | undefined {
  if (!/^[\w./:@-]+$/.test(image)) return undefined;
  const slash = image.indexOf("/");
  const first = slash < 0 ? "" : image.slice(0, slash);
  if (slash < 0) return `docker.io/library/${image}`;
  return /[.:]/.test(first) || first === "localhost" ? image : `docker.io/${image}`;
}
