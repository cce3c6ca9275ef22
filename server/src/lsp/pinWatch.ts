import { registryFacts } from "../registry/askedImages";
import { imagePlaces } from "../registry/imagePlaces";
import { type PinAge, pinAgeOf } from "../registry/pinAge";
import { guardTask } from "./guard";
import type { Network } from "./network";
import type { Checked, Session } from "./session";

/** What registries say of the pins of open documents. */
export interface PinWatch {
  /** Looks at all open documents, for when the settings or the trust have changed. */
  again(): void;
  /** How old the pins of a document are, by reference; empty before there is an answer. */
  agesOf(uri: string): ReadonlyMap<string, PinAge>;
}

/**
 * Asks, when a document is opened or saved and never while somebody types, what the tags of its pinned images stand for
 * now, what the policy demands of its images that only registries know, and how old the pins are where hints show it. The findings come without that first, and again when there is an
 * answer.
 *
 * @param changed called when documents are to be looked at again: for their findings, or only for what stands beside
 */
export function registerPinWatch(
  session: Session,
  network: Network,
  changed: { findings(): void; hints(): void },
): PinWatch {
  const { documents, log } = session;
  const known = new Map<string, string>();
  const ages = new Map<string, ReadonlyMap<string, PinAge>>();

  const askAbout = async (uri: string, checked: Checked): Promise<void> => {
    const { settings, config } = checked.resource;
    const places = imagePlaces(checked.analysis.document);
    const facts =
      network.isOn(settings) && places.length > 0
        ? await registryFacts(places, config.policy, await network.asking(settings))
        : undefined;
    const hasAnswers =
      facts !== undefined && (facts.asked !== undefined || (facts.tagDigests?.size ?? 0) > 0);
    const told = hasAnswers ? JSON.stringify([[...(facts.tagDigests ?? [])], [...(facts.asked ?? [])]]) : "";
    if (documents.get(uri) === undefined || (known.get(uri) ?? "") === told) return;
    known.set(uri, told);
    session.setAsked(uri, hasAnswers ? facts : undefined);
    changed.findings();
  };
  const lookAtAges = async (uri: string, checked: Checked): Promise<void> => {
    const { settings } = checked.resource;
    const found = new Map<string, PinAge>();
    if (network.isOn(settings) && settings.shows["inlayHints.pins"]) {
      const client = await network.client(settings);
      const references = new Map(
        imagePlaces(checked.analysis.document).map(({ reference }) => [reference.source, reference]),
      );
      await Promise.all(
        [...references].map(async ([source, reference]) => {
          const age = await pinAgeOf(reference, client);
          if (age !== undefined) found.set(source, age);
        }),
      );
    }
    if (documents.get(uri) === undefined || (found.size === 0 && !ages.has(uri))) return;
    ages.set(uri, found);
    changed.hints();
  };
  const look = guardTask("pins", log, async (uri: string) => {
    const checked = await session.checked(uri);
    if (checked === undefined) return;
    await askAbout(uri, checked);
    await lookAtAges(uri, checked);
  });
  documents.onDidOpen(({ document }) => look(document.uri));
  documents.onDidSave(({ document }) => look(document.uri));
  documents.onDidClose(({ document }) => {
    known.delete(document.uri);
    ages.delete(document.uri);
  });
  return { again: () => documents.keys().forEach(look), agesOf: (uri) => ages.get(uri) ?? new Map() };
}
