import type { CancellationToken, Connection, TextDocumentEdit } from "vscode-languageserver";
import { maxFileBytes } from "../limits";
import { imagePlaces } from "../registry/imagePlaces";
import { pinStateOf } from "../registry/pin";
import type { TextEdit } from "../text/edit";
import type { AuditRun } from "./auditRun";
import { guardRequest, signalOf } from "./guard";
import type { Network } from "./network";
import { said } from "./pins";
import { type EditorText, methods, type PinAllParams, type PinParams, type PinResult } from "./protocol";
import type { Checked, Session } from "./session";
import { annotated, documentEdit, editChecked } from "./workspaceEdits";

/**
 * Pins all images of a file, or of the workspace, in one edit, for the client's commands. Pins whose tag has moved are
 * moved on.
 * @param auditOf finds the files of the workspace
 */
export function registerPinAll(
  connection: Connection,
  session: Session,
  network: Network,
  auditOf: (folders: readonly string[]) => Promise<AuditRun>,
): void {
  const { log, client } = session;
  connection.onRequest(
    methods.pin,
    guardRequest<PinParams, PinResult | null>(methods.pin, log, null, async (params, token) => {
      const checked =
        (await session.checked(params.uri)) ??
        (params.text === undefined ? undefined : await session.checkText(params.uri, params.text));
      if (checked === undefined) return nothing("this is no file that names images");
      const { settings } = checked.resource;
      if (!network.isOn(settings)) return nothing(whyOff(settings.network));
      const { edits, notes } = await pinned(network, checked, token);
      const edit = edits.length === 0 ? undefined : editChecked(checked, edits, client);
      return { edit, pinned: edits.length, files: edits.length === 0 ? 0 : 1, notes };
    }),
  );
  connection.onRequest(
    methods.pinAll,
    guardRequest<PinAllParams, PinResult | null>(methods.pinAll, log, null, async (params, token) => {
      const settings = await session.settingsOf(params.folders[0] ?? "");
      if (!network.isOn(settings)) return nothing(whyOff(settings.network));
      const run = await auditOf(params.folders);
      const signal = signalOf(token);
      const result = await run.start({ signal });
      const changes: TextDocumentEdit[] = [];
      const notes: string[] = result.complete ? [] : ["not all files of the workspace were looked at"];
      let count = 0;
      for (const { location, path } of result.files) {
        if (signal.aborted) break;
        const checked = await checkedFile(session, run.uriOf(location), params.unsaved);
        // What a folder's own settings switch off is not asked about because another folder's allow it.
        if (checked === undefined || !network.isOn(checked.resource.settings)) continue;
        const { edits, notes: own } = await pinned(network, checked, token);
        notes.push(...own.map((note) => `${path}: ${note}`));
        count += edits.length;
        if (edits.length > 0) changes.push(documentEdit(checked, edits));
      }
      const label = { label: "Pin images to their digests", needsConfirmation: true };
      const edit = changes.length === 0 ? undefined : annotated({ documentChanges: changes }, label, client);
      return { edit, pinned: count, files: changes.length, notes };
    }),
  );
}

function nothing(note: string): PinResult {
  return { edit: undefined, pinned: 0, files: 0, notes: [note] };
}

async function pinned(
  network: Network,
  checked: Checked,
  token: CancellationToken,
): Promise<{ readonly edits: readonly TextEdit[]; readonly notes: readonly string[] }> {
  const places = imagePlaces(checked.analysis.document);
  if (places.length === 0) return { edits: [], notes: [] };
  const client = await network.client(checked.resource.settings);
  const signal = signalOf(token);
  const states = await Promise.all(places.map((place) => pinStateOf(place, client, signal)));
  // Two FROMs that take their image from one ARG have one edit between them.
  const edits = new Map<number, TextEdit>();
  const notes: string[] = [];
  for (const [index, state] of states.entries()) {
    if ("edit" in state) edits.set(state.edit.start, state.edit);
    else if (state.kind !== "current") notes.push(said(places[index]!, state));
  }
  return { edits: [...edits.values()], notes };
}

/** A file as the editor has it where it does, else as it stands on the disk. */
async function checkedFile(
  session: Session,
  uri: string,
  unsaved: readonly EditorText[],
): Promise<Checked | undefined> {
  const { documents, files, locations } = session;
  const path = locations.pathOf(uri);
  const isSame = (other: string): boolean =>
    other === uri || (path !== undefined && locations.pathOf(other) === path);
  const open = documents.keys().find(isSame);
  if (open !== undefined) return session.checked(open);
  const held = unsaved.find((text) => isSame(text.uri));
  if (held !== undefined) return session.checkText(held.uri, held.text);
  const read = path === undefined ? undefined : await files.read(path, maxFileBytes);
  return read?.state === "read" ? session.checkText(uri, read.text) : undefined;
}

function whyOff(setting: boolean): string {
  return setting
    ? "registries can be asked in trusted workspaces on a disk only"
    : "registries are asked only where the setting plimsoll.network is on";
}
