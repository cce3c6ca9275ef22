import type { Facts } from "../engine/facts";
import { imagePlaces } from "../registry/imagePlaces";
import { tagDigestsOf } from "../registry/tagDigests";
import { guardTask } from "./guard";
import type { Network } from "./network";
import type { Session } from "./session";

/**
 * Asks, when a document is opened or saved and never while somebody types, what the tags of its pinned images stand for
 * now. The findings come without that first, and again when there is an answer.
 *
 * @param changed called when documents are to be looked at again
 * @returns looks at all open documents, for when the settings or the trust have changed
 */
export function registerPinWatch(session: Session, network: Network, changed: () => void): () => void {
  const { documents, log } = session;
  const known = new Map<string, string>();
  const look = guardTask("pins", log, async (uri: string) => {
    const checked = await session.checked(uri);
    if (checked === undefined) return;
    const { settings } = checked.resource;
    const digests = network.isOn(settings)
      ? await tagDigestsOf(imagePlaces(checked.analysis.document), await network.client(settings))
      : undefined;
    const told = digests === undefined || digests.size === 0 ? "" : JSON.stringify([...digests]);
    if (documents.get(uri) === undefined || (known.get(uri) ?? "") === told) return;
    known.set(uri, told);
    session.setTagDigests(uri, told === "" ? undefined : (digests satisfies Facts["tagDigests"]));
    changed();
  });
  documents.onDidOpen(({ document }) => look(document.uri));
  documents.onDidSave(({ document }) => look(document.uri));
  documents.onDidClose(({ document }) => void known.delete(document.uri));
  return () => documents.keys().forEach(look);
}
