import type { DockerfileDocument, Flag, Instruction, Stage } from "../documents/dockerfile/model";
import { imageFacts } from "../knowledge/images";
import { usersMadeIn } from "../rules/shared/createdUser";
import { type Span, touchesOffset } from "../text/span";
import { type ImageContext, imageProposals } from "./images";
import { mountProposals } from "./mounts";
import { type Proposal, proposeAt, type Suggestion } from "./suggestion";
import { userProposals } from "./users";

/** What could stand at a place of a Dockerfile where security is decided. */
export function suggestInDockerfile(
  document: DockerfileDocument,
  context: ImageContext,
  offset: number,
): readonly Suggestion[] {
  const instruction = instructionAt(document, offset);
  if (instruction === undefined) return [];
  const { flags, keyword } = instruction;
  const flag = flags.find((one) => touchesOffset(one.valueSpan, offset) && one.value !== undefined);
  if (flag !== undefined) return suggestInFlag(document, instruction, flag, context, offset);
  if (keyword !== "FROM" && keyword !== "USER") return [];
  const span = firstWordAt(document, instruction, offset);
  if (span === undefined) return [];
  const typed = document.text.slice(span.start, offset);
  if (keyword === "USER") return proposeAt(span, usersOf(document, instruction));
  return proposeAt(span, [...imageProposals(typed, context), ...stageProposals(document, instruction)]);
}

/** The instruction on whose lines the cursor stands; its span leaves out the blank that the cursor may stand behind. */
function instructionAt(document: DockerfileDocument, offset: number): Instruction | undefined {
  const { line } = document.lines.at(offset);
  const found = document.instructions.find(({ startLine, endLine }) => startLine <= line && line <= endLine);
  if (found === undefined || offset <= found.keywordSpan.end) return undefined;
  return found.keyword === "ONBUILD" ? found.trigger : found;
}

/** The first word, or the empty place where it is about to be written; undefined where the cursor stands elsewhere. */
function firstWordAt(
  document: DockerfileDocument,
  instruction: Instruction,
  offset: number,
): Span | undefined {
  const [first] = instruction.words;
  if (first === undefined) {
    const before = document.text.slice(
      instruction.flags.at(-1)?.span.end ?? instruction.keywordSpan.end,
      offset,
    );
    return /^[ \t]+$/.test(before) ? { start: offset, end: offset } : undefined;
  }
  return touchesOffset(first.span, offset) ? first.span : undefined;
}

function suggestInFlag(
  document: DockerfileDocument,
  instruction: Instruction,
  flag: Flag,
  context: ImageContext,
  offset: number,
): readonly Suggestion[] {
  const { text } = document;
  if (flag.name === "from" && instruction.keyword === "COPY") {
    const typed = text.slice(flag.valueSpan.start, offset);
    return proposeAt(flag.valueSpan, imagesAndStages(document, instruction, typed, context));
  }
  if (flag.name !== "mount" || instruction.keyword !== "RUN") return [];
  const mount = instruction.mounts.find((one) => one.flag.span.start === flag.span.start);
  const from = mount?.options.find(
    ({ key, valueSpan }) => key === "from" && touchesOffset(valueSpan, offset),
  );
  if (from !== undefined) {
    const typed = text.slice(from.valueSpan.start, offset);
    return proposeAt(from.valueSpan, imagesAndStages(document, instruction, typed, context));
  }
  // A mount with more than a type is somebody's already.
  if (text.slice(flag.valueSpan.start, flag.valueSpan.end).includes(",")) return [];
  return proposeAt(flag.valueSpan, mountProposals);
}

function imagesAndStages(
  document: DockerfileDocument,
  instruction: Instruction,
  typed: string,
  context: ImageContext,
): readonly Proposal[] {
  return [...stageProposals(document, instruction), ...imageProposals(typed, context)];
}

/** The named stages above an instruction, the nearest first. */
function stageProposals(document: DockerfileDocument, instruction: Instruction): readonly Proposal[] {
  const above = document.stages.slice(0, Math.max(0, instruction.stageIndex)).reverse();
  return above.flatMap((stage): Proposal[] => {
    if (stage.name === undefined) return [];
    const base = stage.from.image?.text;
    return [
      {
        label: stage.name,
        kind: "stage",
        text: stage.name,
        detail: `stage ${stage.index}${base === undefined ? "" : ` from ${base}`}, ${userOf(stage)}`,
      },
    ];
  });
}

/** The user that a stage ends as, in words. */
function userOf(stage: Stage): string {
  const { effectiveUser } = stage;
  if (effectiveUser.source === "instruction") return `user ${effectiveUser.user.text}`;
  const target = effectiveUser.base?.target;
  const user = target?.kind === "image" ? imageFacts(target.reference)?.defaultUser : undefined;
  return user?.state === "known" ? `user ${user.user}` : "user not known";
}

/** The users of an instruction's stage: those that it makes, then those of its base image. */
function usersOf(document: DockerfileDocument, instruction: Instruction): readonly Proposal[] {
  const stage = document.stages[instruction.stageIndex];
  if (stage === undefined) return [];
  const names = [...new Set(usersMadeIn(stage))].filter((name) => /^[\w${}.-]{1,100}$/.test(name));
  const made = names.map(
    (name): Proposal => ({ label: name, kind: "user", text: name, detail: "made in this stage" }),
  );
  const target = stage.base?.target;
  const ofBase = target?.kind === "image" ? userProposals(target.reference) : [];
  return [...made, ...ofBase.filter(({ text }) => !made.some((other) => other.text === text))];
}
