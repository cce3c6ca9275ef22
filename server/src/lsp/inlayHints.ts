import { type Connection, type InlayHint, InlayHintKind } from "vscode-languageserver";
import type { EffectiveUser, FromInstruction } from "../documents/dockerfile/model";
import { imageFacts } from "../knowledge/images";
import { maxAnnotations } from "../limits";
import { imagePlaces } from "../registry/imagePlaces";
import { describePinAge, type PinAge } from "../registry/pinAge";
import { shorten } from "../rules/shared/shorten";
import { guardRequest } from "./guard";
import type { PinWatch } from "./pinWatch";
import type { Checked, Session } from "./session";

/**
 * Shows what a file does not spell out: the user in force, what a FROM with variables comes to, and how old its pins are.
 */
export function registerInlayHints(connection: Connection, session: Session, pins: PinWatch): void {
  connection.languages.inlayHint.on(
    guardRequest("textDocument/inlayHint", session.log, [], async ({ textDocument, range }) => {
      const checked = await session.checked(textDocument.uri);
      if (checked === undefined) return [];
      const { start, end } = checked.positions.span(range);
      const aged = agedHints(checked, pins.agesOf(textDocument.uri), session.clock.now());
      return [...hintsOf(checked), ...aged]
        .filter(({ offset }) => start <= offset && offset <= end)
        .slice(0, maxAnnotations)
        .map(
          ({ offset, label, tooltip }): InlayHint => ({
            position: checked.positions.position(offset),
            label,
            tooltip,
            kind: InlayHintKind.Type,
            paddingLeft: true,
          }),
        );
    }),
  );
}

interface Hint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

function hintsOf({ analysis: { document }, resource: { settings } }: Checked): readonly Hint[] {
  if (document.language !== "dockerfile") return [];
  const hints: Hint[] = [];
  for (const stage of document.stages) {
    if (settings.shows["inlayHints.arguments"]) hints.push(...resolved(stage.from));
    if (!settings.shows["inlayHints.user"]) continue;
    const first = stage.stateAt(1).user;
    const tooltip = "The user that the next instruction runs as";
    hints.push({ offset: stage.from.span.end, label: `user: ${userText(first)}`, tooltip });
    const last = stage.instructions.at(-1);
    if (last === undefined || last === stage.from || stage.effectiveUser.source === "base") continue;
    hints.push({
      offset: last.span.end,
      label: `user: ${userText(stage.effectiveUser)}`,
      tooltip: "The user that a container of this stage starts as",
    });
  }
  return hints;
}

/** @param now milliseconds since the epoch */
function agedHints(
  { analysis: { document }, resource: { settings } }: Checked,
  ages: ReadonlyMap<string, PinAge>,
  now: number,
): readonly Hint[] {
  if (!settings.shows["inlayHints.pins"] || ages.size === 0) return [];
  return imagePlaces(document).flatMap(({ reference, span }) => {
    const age = ages.get(reference.source);
    if (age === undefined) return [];
    const { label, detail } = describePinAge(age, reference.digest, now);
    return [{ offset: span.end, label, tooltip: detail.join("\n") }];
  });
}

function resolved({ image }: FromInstruction): readonly Hint[] {
  if (image?.expanded.state !== "known" || image.expanded.value === image.text) return [];
  const tooltip = "With the defaults of the build arguments";
  return [{ offset: image.span.end, label: `= ${shorten(image.expanded.value, 80)}`, tooltip }];
}

/** A user as far as the file and the facts about its base image tell. */
export function userText(user: EffectiveUser): string {
  if (user.source === "instruction") {
    const { name } = user.user;
    return name.state === "known" ? shorten(name.value, 32) : "not known";
  }
  const target = user.base?.target;
  if (target?.kind === "scratch") return "root";
  const facts = target?.kind === "image" ? imageFacts(target.reference) : undefined;
  return facts?.defaultUser.state === "known" ? facts.defaultUser.user : "not known";
}
