import type { Config } from "../engine/config";
import { type Exported, frontendNote, neverExpressed } from "./exported";
import { hasTag, regexOf } from "./imagePattern";

/**
 * The image policy as a build policy of buildx 0.31 or newer, which reads `Dockerfile.rego` beside a Dockerfile by itself
 * (https://docs.docker.com/build/policies/).
 */
export function exportRego(config: Config): Exported {
  const { policy } = config;
  const isList = policy.approved.length > 0 || policy.registries.length > 0;
  const notExpressed = [
    ...neverExpressed(config),
    ...(policy.replacements.size > 0 ? ["replacements: a build policy denies, it does not replace"] : []),
    ...(isList ? [frontendNote] : []),
  ];
  const denied = policy.denied.map(({ image, reason }) => ({
    ...entryOf(image),
    reason: reason ?? "the policy denies it",
  }));
  const text = `# Made by plimsoll export rego from plimsoll.yaml: change it there.
${notExpressed.map((line) => `# Not expressed: ${line}\n`).join("")}
package docker

default allow := false

# What is no image, such as the build context, is not for this policy to judge.
allow if not input.image

allow if {
	input.image
	count(deny_msg) == 0
}

# Patterns are matched against the whole name, such as docker.io/library/node, or against name and tag.
approved := ${listOf(policy.approved.map(entryOf))}

registries := ${listOf(policy.registries.map((host) => ({ pattern: `^${regexOf(host)}$` })))}

denied := ${listOf(denied)}

matches(entry) if {
	not entry.tagged
	regex.match(entry.pattern, input.image.fullRepo)
}

matches(entry) if {
	entry.tagged
	regex.match(entry.pattern, sprintf("%s:%s", [input.image.fullRepo, input.image.tag]))
}

is_listed if {
	some entry in approved
	matches(entry)
}

is_listed if {
	some entry in registries
	regex.match(entry.pattern, input.image.host)
}

deny_msg contains msg if {
	input.image
	count(approved) + count(registries) > 0
	not is_listed
	msg := sprintf("%s is neither approved nor from an allowed registry", [input.image.ref])
}

deny_msg contains msg if {
	input.image
	some entry in denied
	matches(entry)
	msg := sprintf("%s: %s", [input.image.ref, entry.reason])
}
${policy.require.digest ? digestRule : ""}
decision := {"allow": allow, "deny_msg": [msg | some msg in deny_msg]}
`;
  return { text, notExpressed };
}

const digestRule = `
deny_msg contains msg if {
	input.image
	not input.image.isCanonical
	msg := sprintf("%s is not pinned by its digest", [input.image.ref])
}
`;

function entryOf(image: string) {
  return { pattern: `^${regexOf(image)}$`, tagged: hasTag(image) };
}

/** JSON is Rego, too. */
function listOf(entries: readonly object[]): string {
  if (entries.length === 0) return "[]";
  return `[\n${entries.map((entry) => `\t${JSON.stringify(entry)},`).join("\n")}\n]`;
}
