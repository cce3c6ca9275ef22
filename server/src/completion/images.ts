import { type ImageReference, parseImageReference } from "../documents/imageReference";
import type { ImagePolicy } from "../engine/policy";
import { endOfLife } from "../knowledge/endOfLife";
import { imageFacts, officialImageNames } from "../knowledge/images";
import { officialName } from "../knowledge/publishers";
import { maxSuggestions } from "../limits";
import { isApproved, replacementFor } from "../rules/shared/publicImage";
import { compileGlob } from "../text/glob";
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
  if (name === undefined || reference === undefined)
    return [...replacements(typed, policy), ...approvedImages(policy)].filter(isWritable);
  const instead = replacementFor(reference, policy);
  if (instead !== undefined) return [replacement(name, instead, name)].filter(isWritable);
  return isAllowed(reference, policy) ? tags(name, reference, today) : [];
}

/** A policy may hold anything; only what can be an image, or the beginning of one, is proposed. */
function isWritable({ text }: Proposal): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,500}$/.test(text);
}

/** Nothing is forbidden where nothing has been decided. */
function isAllowed(reference: ImageReference, policy: ImagePolicy): boolean {
  return (policy.approved.length === 0 && policy.registries.length === 0) || isApproved(reference, policy);
}

/** What the policy names in place of others: found by the name of either. */
function replacements(typed: string, policy: ImagePolicy): readonly Proposal[] {
  return [...policy.replacements].slice(0, maxSuggestions).map(([pattern, text]) => {
    const old = familiar(pattern);
    const isMeant = old.startsWith(typed) && !text.startsWith(typed);
    return replacement(old, text, isMeant ? old : undefined);
  });
}

/** @param filter what is typed to find it, where that is the name of the old one */
function replacement(old: string, text: string, filter: string | undefined): Proposal {
  return {
    label: text,
    kind: "image",
    text,
    detail: `in place of ${old}`,
    documentation: "`plimsoll.yaml` names it in place of the other.",
    ...(filter === undefined ? {} : { filter }),
  };
}

/** The names that the policy's patterns stand for, as far as they can be told; a registry as what a name begins with. */
function approvedImages(policy: ImagePolicy): readonly Proposal[] {
  const found = new Map<string, string>();
  for (const pattern of policy.approved) {
    if (found.size > maxSuggestions) break;
    if (!/[*?[\\]/.test(pattern)) found.set(familiar(pattern), "approved");
    else if (pattern.startsWith("docker.io/library/") || /^(?:docker\.io\/)?\*/.test(pattern)) {
      const glob = compileGlob(pattern);
      for (const name of officialImageNames())
        if (glob.matches(`docker.io/library/${name}`)) found.set(name, "approved, official");
    } else found.set(beginning(pattern), "approved images");
  }
  for (const pattern of policy.registries.slice(0, maxSuggestions))
    found.set(beginning(`${pattern}/*`), "approved images");
  return [...found].map(([text, detail]) => ({
    label: text,
    kind: "image",
    text,
    detail,
    documentation: "Approved in `plimsoll.yaml`.",
  }));
}

/** What every name of a pattern begins with, up to its last slash before the first wildcard. */
function beginning(pattern: string): string {
  const literal = pattern.slice(0, pattern.search(/[*?[\\]/));
  return familiar(literal.slice(0, literal.lastIndexOf("/") + 1));
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
  const { versions, asOf, deprecated } = facts;
  if (deprecated !== undefined) {
    if (facts.replacement === undefined) return [];
    const documentation = `\`${official}\`: ${deprecated}.`;
    return [{ ...replacement(official, facts.replacement, name), documentation }];
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
