import type { DockerfileDocument, Instruction } from "../documents/dockerfile/model";

/**
 * A Dockerfile of which only some instructions are to be looked at. All else is asked of the whole when somebody asks,
 * since what nobody asks for there is not made. Not built upon the whole as its prototype: each document would then get a
 * form of its own, and all that reads documents would be slower for it.
 */
export class PartOfDockerfile implements DockerfileDocument {
  readonly language = "dockerfile";
  readonly instructions: readonly Instruction[];
  readonly #whole: DockerfileDocument;

  constructor(whole: DockerfileDocument, instructions: readonly Instruction[]) {
    this.#whole = whole;
    this.instructions = instructions;
  }

  get text(): DockerfileDocument["text"] {
    return this.#whole.text;
  }
  get lines(): DockerfileDocument["lines"] {
    return this.#whole.lines;
  }
  get comments(): DockerfileDocument["comments"] {
    return this.#whole.comments;
  }
  get problems(): DockerfileDocument["problems"] {
    return this.#whole.problems;
  }
  get escape(): DockerfileDocument["escape"] {
    return this.#whole.escape;
  }
  get directives(): DockerfileDocument["directives"] {
    return this.#whole.directives;
  }
  get globalArgs(): DockerfileDocument["globalArgs"] {
    return this.#whole.globalArgs;
  }
  get stages(): DockerfileDocument["stages"] {
    return this.#whole.stages;
  }
  get finalStage(): DockerfileDocument["finalStage"] {
    return this.#whole.finalStage;
  }
}
