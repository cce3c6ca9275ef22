import type { ImageReference } from "../documents/imageReference";
import { supplyChainUnder } from "../registry/askedImages";
import { describeSupplyChain } from "../registry/describe";
import { imagePlaces } from "../registry/imagePlaces";
import { markdownCode, markdownText } from "../report/markdownText";
import { type Span, touchesOffset } from "../text/span";
import type { Network } from "./network";
import type { Checked } from "./session";
import { withTimeLimit } from "./timeLimit";

/** Milliseconds that a hover waits for a registry. What comes later is there for the next hover. */
const patience = 2_000;

/**
 * What the registry says of the image at an offset; `undefined` where there is none, or the network is off. Its signatures are
 * verified where the policy names whose count for it.
 * @param now milliseconds since the epoch
 */
export async function registryHover(
  network: Network,
  checked: Checked,
  offset: number,
  now: number,
): Promise<{ readonly span: Span; readonly markdown: string; readonly isKnown: boolean } | undefined> {
  const { settings, config } = checked.resource;
  if (!network.isOn(settings)) return undefined;
  const place = imagePlaces(checked.analysis.document).find(({ span }) => touchesOffset(span, offset));
  if (place === undefined) return undefined;
  const { reference, span } = place;
  const asking = await network.asking(settings);
  const chain = await withTimeLimit(supplyChainUnder(config.policy, reference, asking), patience, undefined);
  const heading = `**${markdownText(reference.domain)}** says of ${markdownCode(named(reference))}:`;
  if (chain === undefined)
    return { span, isKnown: false, markdown: `${heading} nothing yet; hover again in a moment.` };
  if (chain.state === "absent")
    return { span, isKnown: false, markdown: `${heading} there is no such image.` };
  if (chain.state === "unknown")
    return { span, isKnown: false, markdown: `${heading} not known, because ${markdownText(chain.reason)}.` };
  const lines = describeSupplyChain(chain.value, now).map(
    ({ name, text }) => `- ${name}: ${markdownText(text)}`,
  );
  return { span, isKnown: true, markdown: `${heading}\n\n${lines.join("\n")}` };
}

/** Without the digest, which is told below. */
function named({ familiar, tag }: ImageReference): string {
  return tag === undefined ? familiar : `${familiar}:${tag}`;
}
