import { type Connection, type InlayHint, InlayHintKind } from "vscode-languageserver";
import type { EffectiveUser, FromInstruction } from "../documents/dockerfile/model";
import { imageFacts } from "../knowledge/images";
import { maxAnnotations } from "../limits";
import { shorten } from "../rules/shared/shorten";
import { guardRequest } from "./guard";
import type { Checked, Session } from "./session";

/** Shows what a Dockerfile does not spell out: the user in force, and what a FROM with variables comes to. */
export function registerInlayHints(connection: Connection, session: Session): void {
  connection.languages.inlayHint.on(
    guardRequest("textDocument/inlayHint", session.log, [], async ({ textDocument, range }) => {
      const checked = await session.checked(textDocument.uri);
      if (checked === undefined) return [];
      const { start, end } = checked.positions.span(range);
      return hintsOf(checked)
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
