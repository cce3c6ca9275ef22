import type { CodeLens, Connection } from "vscode-languageserver";
import type { EffectiveUser, Stage } from "../documents/dockerfile/model";
import type { ControlResult, Posture } from "../engine/posture";
import { postureOf } from "../engine/posture";
import { maxAnnotations } from "../limits";
import { imagePlaces } from "../registry/imagePlaces";
import { shorten } from "../rules/shared/shorten";
import { guardFindings, guardRequest } from "./guard";
import { hardenActions } from "./hardenActions";
import { userText } from "./inlayHints";
import {
  clientCommands,
  type HardenParams,
  methods,
  type PostureControl,
  type PostureView,
  type PreparedEdit,
  type ScanParams,
} from "./protocol";
import type { Scans } from "./scans";
import { scanSummary } from "./scanText";
import type { Checked, Session } from "./session";
import { editChecked } from "./workspaceEdits";

/** Shows above each stage and each service how it stands, and hardens it at a click. For our own client. */
export function registerCodeLens(connection: Connection, session: Session, scans: Scans): void {
  connection.onCodeLens(
    guardRequest("textDocument/codeLens", session.log, [], async ({ textDocument }) => {
      const checked = await session.checked(textDocument.uri);
      if (checked === undefined || !checked.resource.settings.shows.codeLens) return [];
      const postures = postureOf(checked.analysis).flatMap((posture) => lensesOf(checked, posture));
      return [...postures, ...scanLenses(checked, scans, session.clock.now())].slice(0, maxAnnotations);
    }),
  );
  connection.onRequest(
    methods.harden,
    guardFindings<HardenParams, PreparedEdit | null>(methods.harden, session.log, async (params) => {
      const checked = await session.checked(params.uri);
      if (checked === undefined) return null;
      const offset = checked.positions.offset(params.position);
      const [action] = hardenActions(checked.analysis, { start: offset, end: offset });
      return action === undefined
        ? null
        : { edit: editChecked(checked, action.edits, session.client), files: 1 };
    }),
  );
}

function lensesOf(checked: Checked, posture: Posture): readonly CodeLens[] {
  const { positions, uri, analysis } = checked;
  const range = positions.range({ start: posture.span.start, end: posture.span.start });
  const text = summaryOf(checked, posture);
  const view: PostureView = {
    uri,
    title: titleOf(checked, posture, text),
    controls: posture.controls.map((control) => viewOf(checked, control)),
  };
  const show = { title: text, command: clientCommands.showPosture, arguments: [view] };
  const { start } = posture.span;
  const harden: CodeLens[] = hardenActions(analysis, { start, end: start })
    .slice(0, 1)
    .map(({ title }) => ({
      range,
      command: {
        title: "Harden",
        tooltip: `${title} (may change behaviour)`,
        command: clientCommands.harden,
        arguments: [{ uri, position: range.start } satisfies HardenParams],
      },
    }));
  return [{ range, command: show }, ...harden];
}

/** What a scanner has found in each image, or a way to have it look; only where it may be run. */
function scanLenses(checked: Checked, scans: Scans, now: number): readonly CodeLens[] {
  if (!scans.mayScan(checked)) return [];
  const { uri, positions, analysis } = checked;
  return imagePlaces(analysis.document).map((place) => {
    const { start } = place.span;
    const found = scans.of(place);
    const title =
      found === undefined ? "Scan image" : "unknown" in found ? "Not scanned" : scanSummary(found, now);
    const position = positions.position(start);
    const tooltip =
      found === undefined
        ? "Have your scanner look for vulnerabilities"
        : "unknown" in found
          ? found.unknown
          : "Scan again";
    const params: ScanParams = { uri, position };
    const command = { title, tooltip, command: clientCommands.scan, arguments: [params] };
    return { range: { start: position, end: position }, command };
  });
}

/** What stands over the list of controls; a stage without a name goes by its number. */
function titleOf(checked: Checked, posture: Posture, summary: string): string {
  const stage = stageOf(checked, posture);
  if (stage !== undefined && stage.name === undefined) return `stage ${stage.index + 1}: ${summary}`;
  return `${posture.kind} "${shorten(posture.name, 32)}": ${summary}`;
}

function stageOf({ analysis: { document } }: Checked, { kind, span }: Posture): Stage | undefined {
  if (kind !== "stage" || document.language !== "dockerfile") return undefined;
  return document.stages.find(({ from }) => from.span.start === span.start);
}

/** For example `runs as root · 6 of 9 controls · 1 not checked`. Controls whose rules are off are not counted. */
function summaryOf(checked: Checked, posture: Posture): string {
  const { controls } = posture;
  const count = (...states: readonly ControlResult["state"][]): number =>
    controls.filter(({ state }) => states.includes(state)).length;
  const passed = count("pass");
  const judged = count("pass", "fail", "accepted");
  const unknown = controls.filter(({ state, off }) => state === "notChecked" && off !== true).length;
  const stage = stageOf(checked, posture);
  const parts = [
    ...(stage === undefined ? rootOf(controls) : [runsAs(stage.effectiveUser)]),
    `${passed} of ${judged} controls`,
    ...(unknown === 0 ? [] : [`${unknown} not checked`]),
  ];
  return parts.join(" · ");
}

function runsAs(user: EffectiveUser): string {
  const text = userText(user);
  return text === "not known" ? "user not known" : `runs as ${text}`;
}

function rootOf(controls: readonly ControlResult[]): readonly string[] {
  const user = controls.find(({ id }) => id === "non-root");
  if (user?.state === "fail" || user?.state === "accepted") return ["runs as root"];
  return user?.state === "pass" ? ["not root"] : [];
}

function viewOf(
  { positions }: Checked,
  { title, state, reason, off, findings }: ControlResult,
): PostureControl {
  const [first] = findings;
  return {
    title,
    state,
    detail: first?.message ?? (off === true ? "The rules about it are off" : reason) ?? "",
    ...(first === undefined ? {} : { range: positions.range(first.span) }),
  };
}
