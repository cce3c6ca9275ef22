import type { FileToAsk } from "../audit/audit";
import type { AuditedImage } from "../audit/result";
import type { ImageReference } from "../documents/imageReference";
import type { ImagePolicy } from "../engine/policy";
import { maxToldImages } from "../limits";
import { type Asking, registryFacts, supplyChainUnder } from "../registry/askedImages";
import { describeSupplyChain } from "../registry/describe";
import { imagesIn } from "../registry/imagesIn";
import { linesOf } from "../text/lines";

/** Asks registries about the images of an audit's files: what rules need to know, and what is told of each image. */
export interface ImageTable {
  /** For `AuditInput.askRegistries`. */
  ask(file: FileToAsk): ReturnType<typeof registryFacts>;
  /**
   * What is told of every image that was asked about, each once, in order of name.
   * @param now milliseconds since the epoch
   */
  told(now: number): Promise<readonly AuditedImage[]>;
}

interface Named {
  readonly reference: ImageReference;
  /** Of the first file that names it. */
  readonly policy: ImagePolicy;
  readonly places: { readonly path: string; readonly line: number }[];
}

export function createImageTable(asking: Asking): ImageTable {
  const named = new Map<string, Named>();
  return {
    ask: ({ path, kind, format, text, policy }) => {
      const places = imagesIn(kind, text, format);
      const lines = linesOf(text);
      for (const { reference, span } of places) {
        const known = named.get(reference.source) ?? { reference, policy, places: [] };
        named.set(reference.source, known);
        known.places.push({ path, line: lines.at(span.start).line + 1 });
      }
      return registryFacts(places, policy, asking);
    },
    told: async (now) => {
      const all = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
      // The client itself holds how many questions are under way at once.
      return Promise.all(
        all.map(async ([image, one], index) => ({
          image,
          places: one.places,
          ...(index < maxToldImages
            ? await tell(one, asking, now)
            : { told: [], unknown: `registries are asked about ${maxToldImages} images at most` }),
        })),
      );
    },
  };
}

async function tell(
  { reference, policy }: Named,
  asking: Asking,
  now: number,
): Promise<Pick<AuditedImage, "told" | "unknown">> {
  const chain = await supplyChainUnder(policy, reference, asking);
  if (chain.state === "known") return { told: describeSupplyChain(chain.value, now) };
  const unknown = chain.state === "unknown" ? chain.reason : `${reference.domain} has no such image`;
  return { told: [], unknown };
}
