import type {
  CommandInstruction,
  EffectiveUser,
  FromInstruction,
  ImageUse,
  Instruction,
  Stage,
  StageState,
} from "./model";
import { type Distance, movedInstruction, sumOf } from "./moved";
import type { Scope } from "./scope";
import type { FinishedStage } from "./stages";

/**
 * The same stage at another place. Its instructions are moved when they are first asked for.
 *
 * @param parent the stage that it is built from, if it is one
 */
export function movedStage(
  { stage, length, scope }: FinishedStage,
  by: Distance,
  parent: FinishedStage | undefined,
): FinishedStage {
  const moved =
    stage instanceof MovedStage ? stage.movedBy(by, parent?.stage) : new MovedStage(stage, by, parent?.stage);
  return new MovedFinishedStage(moved, length, scope);
}

class MovedFinishedStage implements FinishedStage {
  readonly stage: Stage;
  readonly length: number;
  readonly scope: Scope;
  #state: StageState | undefined;

  constructor(stage: Stage, length: number, scope: Scope) {
    this.stage = stage;
    this.length = length;
    this.scope = scope;
  }

  get state(): StageState {
    this.#state ??= this.stage.stateAt(this.stage.instructions.length);
    return this.#state;
  }
}

class MovedStage implements Stage {
  readonly index: number;
  readonly name: string | undefined;
  readonly os: Stage["os"];
  readonly parent: Stage | undefined;
  readonly #origin: Stage;
  readonly #by: Distance;
  #from: FromInstruction | undefined;
  #instructions: readonly Instruction[] | undefined;
  #moved: Map<number, Instruction> | undefined;
  #effectiveUser: EffectiveUser | undefined;

  constructor(origin: Stage, by: Distance, parent: Stage | undefined) {
    this.index = origin.index;
    this.name = origin.name;
    this.os = origin.os;
    this.parent = parent;
    this.#origin = origin;
    this.#by = by;
  }

  movedBy(by: Distance, parent: Stage | undefined): MovedStage {
    return new MovedStage(this.#origin, sumOf(this.#by, by), parent);
  }

  get from(): FromInstruction {
    this.#from ??= movedInstruction(this.#origin.from, this.#by) as FromInstruction;
    return this.#from;
  }

  get instructions(): readonly Instruction[] {
    this.#instructions ??= this.#origin.instructions.map((_, at) => this.#instructionAt(at)!);
    return this.#instructions;
  }

  /** By itself, since at each keystroke the user of the last stage is asked for, and no other instruction of it. */
  #instructionAt(at: number): Instruction | undefined {
    if (this.#instructions !== undefined) return this.#instructions[at];
    const instruction = this.#origin.instructions[at];
    if (instruction === undefined) return undefined;
    let moved = at === 0 ? this.from : this.#moved?.get(at);
    if (moved === undefined) {
      moved = movedInstruction(instruction, this.#by);
      this.#moved ??= new Map();
      this.#moved.set(at, moved);
    }
    return moved;
  }

  get base(): ImageUse | undefined {
    return this.parent === undefined ? this.from.image : this.parent.base;
  }

  get effectiveUser(): EffectiveUser {
    this.#effectiveUser ??= this.#userHere(this.#origin.effectiveUser);
    return this.#effectiveUser;
  }

  get command(): CommandInstruction | undefined {
    const own = this.#lastOf("CMD");
    if (own !== undefined) return own;
    return this.#lastOf("ENTRYPOINT") === undefined ? this.parent?.command : undefined;
  }

  get entrypoint(): CommandInstruction | undefined {
    return this.#lastOf("ENTRYPOINT") ?? this.parent?.entrypoint;
  }

  stateAt(position: number): StageState {
    const state = this.#origin.stateAt(position);
    return {
      user: this.#userHere(state.user),
      workdir: state.workdir,
      shell: state.shell,
      get environment() {
        return state.environment;
      },
    };
  }

  #userHere(user: EffectiveUser): EffectiveUser {
    if (user.source === "base") return { source: "base", base: this.base };
    if (user.stage !== this.#origin) return this.parent!.effectiveUser;
    const instruction = this.#instructionAt(this.#origin.instructions.indexOf(user.instruction));
    if (instruction?.keyword !== "USER" || instruction.user === undefined)
      throw new Error("a stage has moved that is not the same");
    return { source: "instruction", instruction, user: instruction.user, stage: this };
  }

  #lastOf(keyword: "CMD" | "ENTRYPOINT"): CommandInstruction | undefined {
    const last = this.instructions.findLast((instruction) => instruction.keyword === keyword);
    return last as CommandInstruction | undefined;
  }
}
