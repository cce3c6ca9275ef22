import { type ImageReference, parseImageReference } from "../documents/imageReference";
import type { ImagePolicy } from "../engine/policy";
import { endOfLife } from "../knowledge/endOfLife";
import { imageFacts, officialImageNames } from "../knowledge/images";
import { officialName } from "../knowledge/publishers";
import { isApproved } from "../rules/shared/publicImage";
import { matchesGlob } from "../text/glob";
import type { Proposal } from "./suggestion";

/** What decides which images are proposed. */
export interface ImageContext {
  readonly policy: ImagePolicy;
  /** `YYYY-MM-DD`: tags of version lines that ended before are left out. */
  readonly today: string;
}

/**
 * Images where one is named: tags of the image that is typed, or those that the policy approves. Where nothing has been
 * decided, no names: who writes `FROM no` knows what they want, and others complete names from the hub.
 *
 * @param typed the part of the reference before the cursor
 */
export function imageProposals(typed: string, { policy, today }: ImageContext): readonly Proposal[] {
  if (/[@$]/.test(typed)) return [];
  const colon = typed.lastIndexOf(":");
  const name = colon > typed.lastIndexOf("/") ? typed.slice(0, colon) : undefined;
  const reference = name === undefined ? undefined : parseImageReference(name);
  const instead = replacements(typed, policy);
  if (reference === undefined) return [...instead, ...approvedImages(policy)];
  return [...instead, ...(isAllowed(reference, policy) ? tags(name!, reference, today) : [])];
}

/** Nothing is forbidden where nothing has been decided. */
function isAllowed(reference: ImageReference, policy: ImagePolicy): boolean {
  return (policy.approved.length === 0 && policy.registries.length === 0) || isApproved(reference, policy);
}

/** What the policy names in place of others: found by the name of either. */
function replacements(typed: string, { replacements }: ImagePolicy): readonly Proposal[] {
  return [...replacements].map(([pattern, replacement]) => {
    const old = familiar(pattern);
    return {
      label: replacement,
      kind: "image",
      text: replacement,
      detail: `in place of ${old}`,
      documentation: `\`plimsoll.yaml\` names it in place of \`${pattern}\`.`,
      ...(old.startsWith(typed) && !replacement.startsWith(typed) ? { filter: old } : {}),
    };
  });
}

/** The names that the policy's patterns stand for, as far as they can be told; a registry as what a name begins with. */
function approvedImages(policy: ImagePolicy): readonly Proposal[] {
  const proposals: Proposal[] = [];
  const documentation = "Approved in `plimsoll.yaml`.";
  for (const pattern of policy.approved) {
    if (!/[*?[\\]/.test(pattern)) {
      proposals.push({
        label: familiar(pattern),
        kind: "image",
        text: familiar(pattern),
        detail: "approved",
        documentation,
      });
      continue;
    }
    if (pattern.startsWith("docker.io/library/") || /^(?:docker\.io\/)?\*/.test(pattern)) {
      for (const name of officialImageNames()) {
        if (matchesGlob(pattern, `docker.io/library/${name}`))
          proposals.push({
            label: name,
            kind: "image",
            text: name,
            detail: "approved, official",
            documentation,
          });
      }
    } else proposals.push(...beginning(pattern, documentation));
  }
  for (const pattern of policy.registries) proposals.push(...beginning(`${pattern}/*`, documentation));
  return proposals.filter(({ text }, index) => proposals.findIndex((other) => other.text === text) === index);
}

/** What every name of a pattern begins with, up to its last slash before the first wildcard. */
function beginning(pattern: string, documentation: string): readonly Proposal[] {
  const literal = pattern.slice(0, pattern.search(/[*?[\\]/));
  const text = literal.slice(0, literal.lastIndexOf("/") + 1).replace(/^docker\.io\/(?:library\/)?/, "");
  return text === "" ? [] : [{ label: text, kind: "image", text, detail: "approved images", documentation }];
}

function familiar(pattern: string): string {
  return pattern.replace(/^docker\.io\/(?:library\/)?/, "");
}

/**
 * The official images of which `<version>-slim` and the like are built for every version line
 * (https://github.com/docker-library/official-images). Others name theirs by further parts, which nobody should guess.
 */
const variants: readonly { readonly name: string; readonly of: readonly string[]; readonly means: string }[] =
  [
    {
      name: "slim",
      of: "debian elixir erlang node oraclelinux perl python ruby rust".split(" "),
      means: "The same system without compilers and documentation.",
    },
    {
      name: "alpine",
      of: "caddy elixir erlang golang haproxy httpd memcached nginx node php postgres python rabbitmq redis ruby rust".split(
        " ",
      ),
      means: "Alpine Linux: musl in place of glibc, BusyBox in place of the GNU tools.",
    },
    { name: "jre", of: ["eclipse-temurin"], means: "Runs Java programs, cannot build them." },
  ];

/** The smaller variants and version lines that are built and supported, smaller and newer ones first. */
function tags(name: string, reference: ImageReference, today: string): readonly Proposal[] {
  const facts = imageFacts(reference);
  const official = officialName(reference);
  if (facts === undefined || official === undefined) return [];
  const { versions, asOf, deprecated, replacement } = facts;
  if (deprecated !== undefined) {
    if (replacement === undefined) return [];
    return [
      {
        label: replacement,
        kind: "image",
        text: replacement,
        detail: `in place of ${official}`,
        documentation: `\`${official}\`: ${deprecated}.`,
        filter: name,
      },
    ];
  }
  return versions.flatMap((version): Proposal[] => {
    const end = endOfLife({ ...reference, tag: version, source: `${name}:${version}` });
    if (end !== undefined && end.date < today) return [];
    const support = end === undefined ? "" : `, supported until ${end.date}`;
    const documentation = `Built as of ${asOf}${support}. Not asked of the registry: nothing is sent anywhere.`;
    const whole: Proposal = {
      label: `${name}:${version}`,
      kind: "image",
      text: `${name}:${version}`,
      detail: `as of ${asOf}${support}`,
      documentation,
    };
    const smaller = variants.filter(({ of }) => of.includes(official));
    return [
      ...smaller.map(({ name: variant, means }) => ({
        ...whole,
        label: `${whole.text}-${variant}`,
        text: `${whole.text}-${variant}`,
        detail: `smaller${support}`,
        documentation: `${documentation} ${means}`,
      })),
      whole,
    ];
  });
}
