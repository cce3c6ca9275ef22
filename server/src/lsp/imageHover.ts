import type { ImageReference } from "../documents/imageReference";
import type { Analysis } from "../engine/analyse";
import { endOfLifeDates, endOfLifeSource } from "../knowledge/endOfLife";
import { type ImageFacts, imageFacts } from "../knowledge/images";
import { type PublisherKind, publisherKind } from "../knowledge/publishers";
import { type Span, touchesOffset } from "../text/span";

/** A place that names an image. */
interface ImagePlace {
  readonly span: Span;
  /** `undefined` where a variable without a value, or no image at all, stands there. */
  readonly reference: ImageReference | undefined;
}

/**
 * What is known of the image at a place, as Markdown; what is not known is said as well. Nothing is asked of any
 * registry, so that every fact has a day.
 * @param today `YYYY-MM-DD`
 * @param others what others tell of it beside this, so that it is not called unknown here
 */
export function imageHover(
  document: Analysis["document"],
  offset: number,
  today: string,
  others: ToldByOthers,
): { readonly span: Span; readonly markdown: string } | undefined {
  const place = imagesIn(document, offset);
  if (place?.reference === undefined) return undefined;
  return { span: place.span, markdown: describe(place.reference, today, others) };
}

function imagesIn(document: Analysis["document"], offset: number): ImagePlace | undefined {
  const touched = ({ span }: { readonly span: Span }): boolean => touchesOffset(span, offset);
  if (document.language === "compose") {
    const image = document.services
      .map(({ image: field }) => field?.value)
      .find((value) => value && touched(value));
    return image && { span: image.span, reference: image.reference };
  }
  if (document.language !== "dockerfile") return undefined;
  const instruction = document.instructions.find(touched);
  if (instruction === undefined) return undefined;
  const uses =
    instruction.keyword === "FROM"
      ? [instruction.image]
      : instruction.keyword === "COPY"
        ? [instruction.from]
        : instruction.keyword === "RUN"
          ? instruction.mounts.map(({ from }) => from)
          : [];
  const use = uses.find((candidate) => candidate !== undefined && touched(candidate));
  return use && { span: use.span, reference: use.target.kind === "image" ? use.target.reference : undefined };
}

/** Who else has something to say of an image. */
export interface ToldByOthers {
  readonly isScanned: boolean;
  /** Whether its registry has been asked. */
  readonly isAsked: boolean;
}

function describe(reference: ImageReference, today: string, { isScanned, isAsked }: ToldByOthers): string {
  const facts = imageFacts(reference);
  const unknown: string[] = [];
  const lines = [
    publishers[publisherKind(reference)],
    pinOf(reference),
    ...endsOf(reference, today, unknown),
    ...factsOf(facts, isAsked, unknown),
  ];
  if (!isScanned)
    unknown.push(
      isAsked
        ? "vulnerabilities: no scanner was run"
        : "vulnerabilities: no registry and no database is asked",
    );
  const asOf = facts === undefined ? "" : ` Facts as of ${facts.asOf}.`;
  return [
    `**${code(reference.source)}**`,
    lines.map((line) => `- ${line}`).join("\n"),
    unknown.length === 0 ? asOf.trim() : `Not known here: ${unknown.join("; ")}.${asOf}`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const publishers: Readonly<Record<PublisherKind, string>> = {
  official: "Docker Official Image",
  verified: "From its publisher's own namespace",
  personal: "From a public namespace that anyone may have registered",
  private: "From a registry that is not public",
};

function pinOf({ tag, digest }: ImageReference): string {
  if (digest !== undefined) return "Pinned by digest: always the same content";
  if (tag === undefined) return "Not pinned: no tag, so whatever `latest` is at the time";
  return `Not pinned: the tag ${code(tag)} can be moved to other content`;
}

function endsOf(reference: ImageReference, today: string, unknown: string[]): readonly string[] {
  const dates = endOfLifeDates(reference);
  if (dates.length === 0) {
    unknown.push("end of support");
    return [];
  }
  return dates.map(({ product, cycle, date, extended }) => {
    const verb = date < today ? "ended" : "ends";
    const longer = extended === undefined ? "" : `, extended support until ${extended}`;
    return `Support of ${product} ${cycle} ${verb} on ${date}${longer} (${endOfLifeSource.source}, as of ${endOfLifeSource.asOf})`;
  });
}

function factsOf(facts: ImageFacts | undefined, isAsked: boolean, unknown: string[]): readonly string[] {
  if (facts?.defaultUser.state !== "known" && !isAsked) unknown.push("default user");
  if (facts === undefined) return [];
  const { defaultUser, drops, workers, users, smaller, versions, deprecated, removedOn, replacement } = facts;
  const lines: string[] = [];
  if (removedOn !== undefined) lines.push(`Removed from the official library on ${removedOn}`);
  if (deprecated !== undefined) lines.push(`Should not be used any more: ${deprecated}`);
  if (replacement !== undefined) lines.push(`Use ${code(replacement)} instead`);
  if (defaultUser.state === "known") {
    const stepsDown = drops === undefined ? "" : `; its entrypoint steps down with ${code(drops)}`;
    const work = workers === undefined ? "" : `; the work is done by ${code(workers)}`;
    lines.push(`Starts as ${code(defaultUser.user)}${stepsDown}${work}`);
  }
  if (users.length > 0) {
    const named = users.map(({ name, uid }) => (uid === undefined ? code(name) : `${code(name)} (${uid})`));
    lines.push(`Users that USER can name: ${named.join(", ")}`);
  }
  if (smaller.length > 0) lines.push(`Smaller variants: ${smaller.map(code).join(", ")}`);
  if (versions.length > 0)
    lines.push(`Version lines built now: ${versions.slice(0, 8).map(code).join(", ")}`);
  return lines;
}

/** References and facts hold no backtick. */
function code(text: string): string {
  return `\`${text}\``;
}
