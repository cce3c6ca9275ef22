import type { DockerfileDocument, UserInstruction, UserValue } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { replaceSpan, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { insertBeforeCommand } from "./beforeCommand";
import { type LesserUser, lesserUser } from "./lesserUser";
import { shorten } from "./shorten";

/** The USER that names root, and its value. */
export interface RootUser {
  readonly instruction: UserInstruction;
  readonly user: UserValue;
}

/**
 * Makes the final image run as another user than root: by changing the value of a USER after which nothing is built
 * any more, or else by a further USER before CMD or ENTRYPOINT. Never safe: files may belong to root.
 *
 * @param root the USER in force, where there is one
 * @returns no fix where the end of the file is half typed
 */
export function runAsLesserUser(document: DockerfileDocument, root?: RootUser): readonly Fix[] {
  const lesser = document.finalStage?.os === "windows" ? windowsUser : lesserUser(document);
  const edit =
    root && isLastStep(document, root.instruction)
      ? changeOf(document, root, lesser)
      : insertBeforeCommand(document, [...(lesser.creation ? [lesser.creation] : []), `USER ${lesser.user}`]);
  return edit ? [{ title: `Run as ${shorten(lesser.label)}`, safety: "unsafe", edits: [edit] }] : [];
}

const windowsUser: LesserUser = { user: "ContainerUser", label: "ContainerUser" };

function changeOf(
  document: DockerfileDocument,
  { instruction, user }: RootUser,
  lesser: LesserUser,
): TextEdit {
  if (lesser.creation === undefined) return replaceSpan(user.span, lesser.user);
  const lineBreak = lineBreakOf(document.text);
  return replaceSpan(instruction.span, `${lesser.creation}${lineBreak}USER ${lesser.user}`);
}

/** Whether nothing after an instruction is built in the final image. */
function isLastStep(document: DockerfileDocument, instruction: UserInstruction): boolean {
  if (document.finalStage?.index !== instruction.stageIndex) return false;
  const { instructions } = document.finalStage;
  return !instructions
    .slice(instructions.indexOf(instruction) + 1)
    .some(({ keyword }) => building.has(keyword));
}

const building: ReadonlySet<string> = new Set(["RUN", "COPY", "ADD", "WORKDIR"]);
