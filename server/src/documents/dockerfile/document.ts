import type { DockerfileDocument, Instruction } from "./model";

/** What a document says beside the list of its instructions. */
type Rest = Omit<DockerfileDocument, "instructions">;

/**
 * A document of which the instructions are put in one list when that is first asked for: after an edit hardly anything
 * asks for all of them.
 *
 * @param preamble the instructions before the first stage
 */
export function documentOf(rest: Rest, preamble: readonly Instruction[]): DockerfileDocument {
  return new ReadDocument(rest, preamble, undefined);
}

/** The same document with only some of its instructions in the list; its stages have all of them. */
export function withInstructions(
  document: DockerfileDocument,
  instructions: readonly Instruction[],
): DockerfileDocument {
  return new ReadDocument(document, [], instructions);
}

/**
 * A class, since all rules read documents: an object with a getter of its own, or one that is built upon another, makes
 * every property of it several times as slow to read in V8.
 */
class ReadDocument implements DockerfileDocument {
  readonly language = "dockerfile";
  readonly text: Rest["text"];
  readonly lines: Rest["lines"];
  readonly comments: Rest["comments"];
  readonly problems: Rest["problems"];
  readonly escape: Rest["escape"];
  readonly directives: Rest["directives"];
  readonly globalArgs: Rest["globalArgs"];
  readonly stages: Rest["stages"];
  readonly finalStage: Rest["finalStage"];
  readonly #preamble: readonly Instruction[];
  #instructions: readonly Instruction[] | undefined;

  constructor(
    rest: Rest,
    preamble: readonly Instruction[],
    instructions: readonly Instruction[] | undefined,
  ) {
    this.text = rest.text;
    this.lines = rest.lines;
    this.comments = rest.comments;
    this.problems = rest.problems;
    this.escape = rest.escape;
    this.directives = rest.directives;
    this.globalArgs = rest.globalArgs;
    this.stages = rest.stages;
    this.finalStage = rest.finalStage;
    this.#preamble = preamble;
    this.#instructions = instructions;
  }

  get instructions(): readonly Instruction[] {
    this.#instructions ??= [...this.#preamble, ...this.stages.flatMap((stage) => stage.instructions)];
    return this.#instructions;
  }
}
