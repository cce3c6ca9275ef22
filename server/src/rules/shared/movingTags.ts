import { type ImageReference, parseImageReference } from "../../documents/imageReference";
import { endOfLifeDates } from "../../knowledge/endOfLife";
import { imageFacts } from "../../knowledge/images";
import { officialName } from "../../knowledge/publishers";

/**
 * Why a tag goes on to other versions by itself: it names a channel (`stable`, `lts`, `main`), a variant without a
 * version (`alpine`, `slim-bookworm`), or a major version that holds several version lines.
 */
export type MovingTag = "channel" | "variant" | "major";

/**
 * Whether a tag moves across version lines. One that stays within a line which gets only fixes (`debian:12`, `node:22`,
 * `postgres:17`) does not count, nor does `latest`; where it is not known what a tag means, it is left alone.
 *
 * @param today `YYYY-MM-DD`: a line whose support is over moves no more
 */
export function movingTag(reference: ImageReference, today: string): MovingTag | undefined {
  const { tag, digest } = reference;
  if (tag === undefined || tag === "latest" || digest !== undefined) return undefined;
  const words = tag.toLowerCase().split(/[-_]/);
  const [first = ""] = words;
  if (/^v?\d{1,3}$/.test(first)) return isMovingMajor(reference, first, today) ? "major" : undefined;
  const isVersionless = words.every((word) => channels.has(word) || isVariant(word));
  if (!isVersionless) return undefined;
  if (words.some((word) => channels.has(word))) return "channel";
  return isKnownProduct(reference) ? "variant" : undefined;
}

const channels = wordsIn(
  "stable oldstable testing unstable sid experimental edge nightly canary lts current mainline rolling rawhide next",
  "main master trunk head tip dev devel develop development staging prod production snapshot preview insiders latest",
);

const variants = wordsIn(
  "alpine slim minimal full light lite base fpm apache cli zts jre jdk dind git rootless management debug nonroot root",
  "glibc musl uclibc perl otel windowsservercore nanoserver chiseled static headless open perf community server",
  "wheezy jessie stretch buster bullseye bookworm trixie forky",
  "trusty xenial bionic focal jammy noble resolute debian ubuntu scratch",
);

function wordsIn(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}

/** Whether a word says what an image is made of, the version of that included: `alpine3.21`, `jdk21`. */
function isVariant(word: string): boolean {
  return variants.has(word) || /^(?:alpine|debian|ubuntu|ubi|jdk|jre|java|ltsc|al)\d[\d.]{0,9}$/.test(word);
}

/**
 * Judges `3` of `python:3-slim` by the version lines that are known of the image: several, and no higher major version,
 * after which no further line is begun.
 */
function isMovingMajor(reference: ImageReference, first: string, today: string): boolean {
  const major = first.replace(/^v/, "");
  const bare = parseImageReference(`${reference.name}:${major}`);
  if (bare === undefined) return false;
  const versions = imageFacts(bare)?.versions ?? [];
  if (versions.some((version) => isHigherMajor(version, Number(major)))) return false;
  const [own] = endOfLifeDates(bare);
  if (own !== undefined)
    return own.cycle.startsWith(`${major}.`) && own.cycle !== `${major}.0` && own.date >= today;
  return versions.filter((version) => version.startsWith(`${major}.`)).length > 1;
}

/** Numbers of four digits and more are dates. */
function isHigherMajor(version: string, major: number): boolean {
  const own = Number(/^\d{1,3}(?!\d)/.exec(version)?.[0] ?? 0);
  return own > major;
}

/** Official images whose tags name the release of a system by its code name. */
const systems: ReadonlySet<string> = new Set(["debian", "ubuntu", "buildpack-deps"]);

/** Whether an image holds something with a version of its own, beside the system that it is made of. */
function isKnownProduct(reference: ImageReference): boolean {
  const facts = imageFacts(reference);
  if (facts === undefined || systems.has(officialName(reference) ?? "")) return false;
  const isSystem =
    reference.name.startsWith("mcr.microsoft.com/windows/") ||
    (facts.devcontainer && reference.path.endsWith("/base"));
  return !isSystem;
}
