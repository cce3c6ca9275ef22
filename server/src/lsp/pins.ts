import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  MessageType,
  type Range,
  ShowMessageNotification,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { defaultTag, type RegistryClient } from "../registry/client";
import { type ImagePlace, imagePlaces } from "../registry/imagePlaces";
import { mayMoveToPatch, moveToNewestPatch } from "../registry/movePatch";
import { offlinePinState, type PinState, pinStateOf } from "../registry/pin";
import type { TextEdit } from "../text/edit";
import type { Network } from "./network";
import type { Checked, Session } from "./session";
import { editChecked } from "./workspaceEdits";

/** Which image an action is to pin, kept in it until it is chosen. */
export interface PinData {
  readonly pin: {
    readonly uri: string;
    readonly start: number;
    readonly version: number;
    /** What is to be done: `pin` sets or moves the digest, `patch` moves the tag on within its line. */
    readonly to: "pin" | "patch";
  };
}

/** Rules whose findings a pin, or a newer one, removes: for those the action is a quick fix. */
const pinnedRules: ReadonlySet<string> = new Set([
  "base-image-pin-outdated",
  "compose-image-pin-outdated",
  "pipeline-image-pin-outdated",
  "copy-from-external-image-unpinned",
  "base-image-not-pinned-by-digest",
  "compose-image-not-digest",
  "pipeline-image-not-digest",
  "base-image-mutable-tag",
]);

/** Rules whose findings a later patch may remove. */
const patchedRules: ReadonlySet<string> = new Set(["base-image-vulnerable", "compose-image-vulnerable"]);

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
    const kindFor = (rules: ReadonlySet<string>): string =>
      checked.analysis.findings.some(
        (finding) => rules.has(finding.rule) && finding.span.start === span.start,
      )
        ? CodeActionKind.QuickFix
        : CodeActionKind.RefactorRewrite;
    const actionOf = (to: PinData["pin"]["to"], kind: string, title: string | undefined) => {
      const data: PinData = { pin: { uri, start: span.start, version, to } };
      return title === undefined || !wants(kind) ? [] : [{ title, kind, data }];
    };
    return [
      ...actionOf("pin", kindFor(pinnedRules), titleOf(place)),
      ...actionOf("patch", kindFor(patchedRules), patchTitle(place)),
    ];
  });
}

function patchTitle(place: ImagePlace): string | undefined {
  const { familiar, tag, domain } = place.reference;
  return mayMoveToPatch(place) ? `Move ${familiar}:${tag} to its newest patch (asks ${domain})` : undefined;
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
  if (typeof pin !== "object" || pin === null) return undefined;
  if (!("uri" in pin && "start" in pin && "version" in pin && "to" in pin)) return undefined;
  const { uri, start, version, to } = pin;
  if (typeof uri !== "string" || typeof start !== "number" || typeof version !== "number") return undefined;
  return to === "pin" || to === "patch" ? { uri, start, version, to } : undefined;
}

/** The edit of a chosen action; where there is none the user is told why. */
export async function resolvePin(
  connection: Connection,
  session: Session,
  network: Network,
  { uri, start, version, to }: PinData["pin"],
  signal: AbortSignal,
): Promise<WorkspaceEdit | undefined> {
  const checked = await session.checked(uri);
  const place =
    checked?.version === version
      ? imagePlaces(checked.analysis.document).find(({ span }) => span.start === start)
      : undefined;
  if (checked === undefined || place === undefined) return undefined;
  const client = await network.client(checked.resource.settings);
  const answer = to === "pin" ? await pinned(place, client, signal) : await patched(place, client, signal);
  if (typeof answer !== "string") return editChecked(checked, answer, session.client);
  // A notification: what the library has for this is a request, which not every client answers.
  const message = `Plimsoll: ${answer}.`;
  await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  return undefined;
}

/** The edits that do it, or why there are none, as a clause for a person. */
type Answer = readonly TextEdit[] | string;

async function pinned(place: ImagePlace, client: RegistryClient, signal: AbortSignal): Promise<Answer> {
  const state = await pinStateOf(place, client, signal);
  return "edit" in state ? [state.edit] : said(place, state);
}

async function patched(place: ImagePlace, client: RegistryClient, signal: AbortSignal): Promise<Answer> {
  const { familiar, tag } = place.reference;
  const move = await moveToNewestPatch(place, client, signal);
  if (move.kind === "newer") return move.edits;
  return move.kind === "newest"
    ? `${familiar}:${tag} is the newest patch of its line`
    : `the newest patch of ${familiar}:${tag} is not known: ${move.reason}`;
}

/** What keeps an image from being pinned, as a clause for a person. */
export function said(
  { reference }: ImagePlace,
  state: Exclude<PinState, { readonly edit: TextEdit }>,
): string {
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
