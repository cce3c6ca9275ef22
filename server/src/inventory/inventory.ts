import { withBaseline } from "../audit/auditText";
import { type Baselines, createBaselines } from "../audit/baselines";
import { createConfigFiles } from "../audit/configFiles";
import { comparePaths, relativePath } from "../audit/paths";
import {
  findTargets,
  formatOfTarget,
  kindOfTarget,
  notOurs,
  type Scope,
  type Target,
} from "../audit/targets";
import { type Acceptance, type Analysis, analyse, type SuppressedFinding } from "../engine/analyse";
import type { Config } from "../engine/config";
import { unknownFacts } from "../engine/facts";
import type { ImagePolicy } from "../engine/policy";
import type { Rule } from "../engine/rule";
import { type EndOfLife, endOfLife } from "../knowledge/endOfLife";
import { maxFileBytes } from "../limits";
import type { Clock } from "../platform/ports";
import { verdictOn } from "../rules/shared/imageVerdict";
import { imagesOfCommands, imagesOfCompose, imagesOfDockerfile, type NamedImage } from "./images";
import { imagePurl } from "./purl";

/** Every image that files name, and what could not be looked at. */
export interface Inventory {
  /** In order of path, then of place. */
  readonly images: readonly InventoryImage[];
  readonly notChecked: readonly { readonly path: string; readonly reason: string }[];
  /** What is wrong with configurations, so that what is approved is not to be relied upon. */
  readonly failures: readonly { readonly path: string; readonly error: string }[];
  readonly complete: boolean;
}

export interface InventoryImage extends Pick<NamedImage, "text" | "reference" | "use" | "within"> {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly pinned: "digest" | "tag" | "latest" | "unknown";
  /** What the policy says of it; `undecided` where there is none, `unknown` where the image is not known. */
  readonly approved: "yes" | "no" | "undecided" | "unknown";
  readonly endOfLife: EndOfLife | undefined;
  readonly purl: string | undefined;
  /** What counts where it stands. */
  readonly policy: ImagePolicy;
  /** What was accepted at this place, by a comment, by `plimsoll.yaml` or by a baseline. */
  readonly exceptions: readonly ImageException[];
  /** What its registry says; missing where it was not to be asked. */
  readonly asked?: AskedImage;
}

/** What a registry says of an image, in words; what is not known says why. */
export interface AskedImage {
  /** That its tag stands for, or that it is pinned to. */
  readonly digest: string;
  /** `YYYY-MM-DD`, or why not. */
  readonly created: string;
  /** Where it is pinned: `current`, `moved`, or why that is not known; empty where it is not. */
  readonly pin: string;
  /** `linux/amd64 linux/arm64`; empty where the image does not say. */
  readonly platforms: string;
  /** The user that it starts as, or why that is not known. */
  readonly user: string;
  /** Bytes that are downloaded for one platform, or why that is not known. */
  readonly size: string;
  /** `verified`, `found`, `none` or `unknown`, and what was found or why. */
  readonly signatures: string;
  readonly sbom: string;
  readonly provenance: string;
}

/** The parts of {@link AskedImage} in the order in which they are told. */
export const askedParts = [
  "digest",
  "created",
  "pin",
  "platforms",
  "user",
  "size",
  "signatures",
  "sbom",
  "provenance",
] as const;

/** A finding about an image that somebody has accepted. */
export interface ImageException extends Acceptance {
  readonly rule: string;
  readonly by: SuppressedFinding["by"]["kind"];
}

export interface InventoryInput extends Scope {
  /** The folder that paths are relative to, absolute. */
  readonly base: string;
  readonly rules: readonly Rule[];
  readonly clock: Clock;
  adjust?(config: Config): Config;
}

export async function takeInventory(input: InventoryInput): Promise<Inventory> {
  const configs = createConfigFiles(input.files, input.rules, input.configuration ?? "nearest", input.adjust);
  const found = await findTargets(input, configs);
  const baselines = createBaselines(input.files, "nearest");
  const name = (path: string): string => relativePath(input.base, path);
  const images: InventoryImage[] = [];
  const notChecked = [...found.skipped, ...found.notChecked].map(({ path, reason }) => ({
    path: name(path),
    reason,
  }));
  let complete = found.complete;
  for (const target of found.targets) {
    if (input.signal?.aborted === true) {
      complete = false;
      break;
    }
    const read = await input.files.read(target.realPath, maxFileBytes);
    if (read.state === "read") {
      const own = await imagesIn(input, baselines, target, read.text);
      if (own === undefined) {
        if (target.named) notChecked.push({ path: name(target.path), reason: notOurs });
      } else images.push(...own);
    } else {
      const reason = read.state === "failed" ? read.reason : "it does not exist any more";
      notChecked.push({ path: name(target.path), reason });
    }
  }
  return {
    images: images.sort(comparePaths),
    notChecked: notChecked.sort(comparePaths),
    failures: [...configs.failures, ...baselines.failures]
      .map(([path, error]) => ({ path: name(path), error }))
      .sort(comparePaths),
    complete,
  };
}

/** `undefined` where the file is none of ours. */
async function imagesIn(
  { rules, clock, base }: InventoryInput,
  baselines: Baselines,
  target: Target,
  text: string,
): Promise<readonly InventoryImage[] | undefined> {
  const kind = kindOfTarget(target, text);
  if (kind === undefined) return undefined;
  if (kind !== "dockerfile" && kind !== "compose" && kind !== "commands") return [];
  const config = target.configured.configFor(target.path);
  const path = target.configured.relative(target.path);
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  // What is said of an image stands in its own file: nothing around it is needed to know what was accepted.
  const check = {
    kind,
    ...formatOfTarget(kind, target.path),
    text,
    rules,
    config,
    facts: unknownFacts(today),
    ...(path !== undefined && { path }),
  };
  const accepted = await baselines.acceptedIn(target.path, target.boundary);
  const analysis = withBaseline(check, analyse(check), accepted);
  const { document } = analysis;
  return imagesOf(document).map((image) =>
    placed(image, relativePath(base, target.path), analysis, config.policy),
  );
}

function imagesOf(document: Analysis["document"]): readonly NamedImage[] {
  switch (document.language) {
    case "dockerfile":
      return imagesOfDockerfile(document);
    case "compose":
      return imagesOfCompose(document);
    case "commands":
      return imagesOfCommands(document);
    default:
      return [];
  }
}

function placed(
  { text, reference, use, within, span }: NamedImage,
  path: string,
  { document, suppressed }: Analysis,
  policy: ImagePolicy,
): InventoryImage {
  const { line, column } = document.lines.at(span.start);
  return {
    ...{ text, reference, use, within, path, line: line + 1, column: column + 1 },
    pinned: pinOf(reference),
    approved: approvalOf(reference, policy),
    endOfLife: reference && endOfLife(reference),
    purl: reference && imagePurl(reference),
    policy,
    exceptions: suppressed.flatMap(({ finding, by }) =>
      finding.span.start < span.end && span.start < finding.span.end ? exceptionOf(finding.rule, by) : [],
    ),
  };
}

function exceptionOf(rule: string, by: SuppressedFinding["by"]): ImageException {
  if (by.kind === "comment")
    return { rule, by: by.kind, reason: by.comment.reason, until: by.comment.until?.date };
  const { kind, ...acceptance } = by;
  return { rule, by: kind, ...acceptance };
}

function pinOf(reference: NamedImage["reference"]): InventoryImage["pinned"] {
  if (reference === undefined) return "unknown";
  if (reference.digest !== undefined) return "digest";
  return reference.tag === undefined || reference.tag === "latest" ? "latest" : "tag";
}

function approvalOf(reference: NamedImage["reference"], policy: ImagePolicy): InventoryImage["approved"] {
  const isListed = policy.approved.length + policy.registries.length > 0;
  if (reference === undefined) return isListed || policy.denied.length > 0 ? "unknown" : "undecided";
  if (verdictOn(reference, policy) !== undefined) return "no";
  return isListed ? "yes" : "undecided";
}
