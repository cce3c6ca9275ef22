import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  MessageType,
  type Range,
  ShowMessageNotification,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { defaultTag } from "../registry/client";
import { type ImagePlace, imagePlaces } from "../registry/imagePlaces";
import { offlinePinState, type PinState, pinStateOf } from "../registry/pin";
import type { TextEdit } from "../text/edit";
import { guardRequest } from "./guard";
import type { Network } from "./network";
import { methods, type PinParams, type PinResult } from "./protocol";
import type { Checked, Session } from "./session";
import { editChecked } from "./workspaceEdits";

/** Which image an action is to pin, kept in it until it is chosen. */
export interface PinData {
  readonly pin: { readonly uri: string; readonly start: number; readonly version: number };
}

/** Rules whose findings a pin removes: for those the action is a quick fix. */
const unpinnedRules: ReadonlySet<string> = new Set([
  "base-image-not-pinned-by-digest",
  "compose-image-not-digest",
  "base-image-mutable-tag",
]);

/**
 * Actions that pin the images that a selection touches, or move their pins on. Nothing is asked before one is chosen,
 * so only a client that resolves actions gets any.
 */
export function pinActions(
  session: Session,
  network: Network,
  checked: Checked,
  range: Range,
  wants: (kind: string) => boolean,
): readonly CodeAction[] {
  const { dataSupport, resolveSupport } = session.client.textDocument?.codeAction ?? {};
  if (dataSupport !== true || resolveSupport?.properties.includes("edit") !== true) return [];
  if (checked.version === undefined || !network.isOn(checked.resource.settings)) return [];
  const { version, uri } = checked;
  const selected = checked.positions.span(range);
  return imagePlaces(checked.analysis.document).flatMap((place): readonly CodeAction[] => {
    const { span } = place;
    if (span.start > selected.end || selected.start > span.end) return [];
    const title = titleOf(place);
    const found = checked.analysis.findings.some(
      (finding) => unpinnedRules.has(finding.rule) && finding.span.start === span.start,
    );
    const kind = found ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite;
    if (title === undefined || !wants(kind)) return [];
    const data: PinData = { pin: { uri, start: span.start, version } };
    return [{ title, kind, data }];
  });
}

function titleOf(place: ImagePlace): string | undefined {
  const { familiar, tag = defaultTag } = place.reference;
  switch (offlinePinState(place).kind) {
    case "unpinned":
      return `Pin ${familiar}:${tag} to its digest (asks ${place.reference.domain})`;
    case "pinned":
      return `Update the pin of ${familiar}:${tag} (asks ${place.reference.domain})`;
    default:
      return undefined;
  }
}

/** The data of one of our actions; `undefined` for that of another. */
export function pinData(data: unknown): PinData["pin"] | undefined {
  if (typeof data !== "object" || data === null || !("pin" in data)) return undefined;
  const { pin } = data;
  if (typeof pin !== "object" || pin === null || !("uri" in pin && "start" in pin && "version" in pin))
    return undefined;
  const { uri, start, version } = pin;
  return typeof uri === "string" && typeof start === "number" && typeof version === "number"
    ? { uri, start, version }
    : undefined;
}

/** The edit of a chosen action; where there is none the user is told why. */
export async function resolvePin(
  connection: Connection,
  session: Session,
  network: Network,
  { uri, start, version }: PinData["pin"],
  signal: AbortSignal,
): Promise<WorkspaceEdit | undefined> {
  const checked = await session.checked(uri);
  const place =
    checked?.version === version
      ? imagePlaces(checked.analysis.document).find(({ span }) => span.start === start)
      : undefined;
  if (checked === undefined || place === undefined) return undefined;
  const client = await network.client(checked.resource.settings);
  const state = await pinStateOf(place, client, signal);
  if ("edit" in state) return editChecked(checked, [state.edit], session.client);
  // A notification: what the library has for this is a request, which not every client answers.
  const message = `Plimsoll: ${said(place, state)}.`;
  await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  return undefined;
}

/** Pins all images of a document at once, for the client's command. */
export function registerPins(connection: Connection, session: Session, network: Network): void {
  connection.onRequest(
    methods.pin,
    guardRequest<PinParams, PinResult | null>(methods.pin, session.log, null, async ({ uri }, token) => {
      const checked = await session.checked(uri);
      if (checked === undefined)
        return { edit: undefined, pinned: 0, notes: ["this is no file that names images"] };
      const { settings } = checked.resource;
      if (!network.isOn(settings)) return { edit: undefined, pinned: 0, notes: [whyOff(settings.network)] };
      const client = await network.client(settings);
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const edits = new Map<number, TextEdit>();
      const notes: string[] = [];
      const places = imagePlaces(checked.analysis.document);
      const states = await Promise.all(places.map((place) => pinStateOf(place, client, controller.signal)));
      for (const [index, state] of states.entries()) {
        if ("edit" in state) edits.set(state.edit.start, state.edit);
        else if (state.kind !== "current") notes.push(said(places[index]!, state));
      }
      const edit = edits.size === 0 ? undefined : editChecked(checked, [...edits.values()], session.client);
      return { edit, pinned: edits.size, notes };
    }),
  );
}

function whyOff(setting: boolean): string {
  return setting
    ? "registries can be asked in trusted workspaces on a disk only"
    : "registries are asked only where the setting plimsoll.network is on";
}

function said({ reference }: ImagePlace, state: Exclude<PinState, { readonly edit: TextEdit }>): string {
  const { familiar, tag } = reference;
  const name = tag === undefined ? familiar : `${familiar}:${tag}`;
  switch (state.kind) {
    case "current":
      return `the pin of ${name} is what its tag stands for`;
    case "digest-only":
      return `${name} has a digest and no tag, so nothing says what would be newer`;
    case "variables":
      return `${name} is made up of variables, so there is no place for its digest`;
    case "missing":
    case "unknown":
      return `${name} was not pinned: ${state.reason}`;
  }
}
