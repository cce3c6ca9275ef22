import type { Config } from "../engine/config";
import { type Exported, neverExpressed } from "./exported";
import { hasTag } from "./imagePattern";

/**
 * The image policy as `policy.json` of Podman, Buildah, Skopeo and CRI-O
 * (https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md), for images from registries. There the
 * most specific scope counts: a host, a part of a name, or a name with its tag.
 */
export function exportContainersPolicy(config: Config): Exported {
  const { policy } = config;
  const notExpressed = [...neverExpressed(config)];
  const scopesOf = (key: string, patterns: readonly string[]): readonly string[] =>
    patterns.flatMap((pattern) => {
      const scope = scopeOf(pattern);
      if (scope === undefined) notExpressed.push(`${key} ${pattern}: a scope has no such pattern`);
      else if (/\/\*$/.test(pattern))
        notExpressed.push(`${key} ${pattern}: a scope means all that is below it as well`);
      return scope ?? [];
    });
  const denied = scopesOf(
    "denied",
    policy.denied.map(({ image }) => image),
  );
  const accepted = [...scopesOf("registries", policy.registries), ...scopesOf("approved", policy.approved)];
  const scopes: Record<string, readonly object[]> = Object.create(null);
  if (policy.approved.length + policy.registries.length > 0) scopes[""] = [{ type: "reject" }];
  for (const scope of accepted)
    if (!denied.some((other) => isBelow(other, scope))) scopes[scope] = [{ type: "insecureAcceptAnything" }];
  for (const scope of denied) scopes[scope] = [{ type: "reject" }];
  if (policy.require.digest)
    notExpressed.push("require.digest: a scope cannot tell whether a digest is there");
  if (policy.replacements.size > 0) notExpressed.push("replacements: they belong into registries.conf");
  const text = { default: [{ type: "insecureAcceptAnything" }], transports: { docker: scopes } };
  return { text: `${JSON.stringify(text, undefined, 2)}\n`, notExpressed };
}

/** The scope that means what a pattern means, or a little more; `undefined` where there is none. */
function scopeOf(pattern: string): string | undefined {
  const prefix = pattern.replace(/\/\*{1,2}$/, "");
  if (/^[^*?[\]\\]+$/.test(prefix)) return prefix;
  // Only whole names of hosts may begin with a wildcard.
  return /^\*\.[\w.-]+$/.test(prefix) && !hasTag(pattern) ? prefix : undefined;
}

function isBelow(outer: string, scope: string): boolean {
  return scope === outer || scope.startsWith(`${outer}/`) || scope.startsWith(`${outer}:`);
}
