import type {
  CommandInstruction,
  EffectiveUser,
  FromInstruction,
  ImageUse,
  Instruction,
  Stage,
  StageState,
} from "./model";
import type { Scope } from "./scope";
import type { FinishedStage } from "./stages";

/**
 * The same stage with its instructions at another place.
 *
 * @param instructions the stage's own, as many as before
 * @param parent the stage that it is built from, if it is one
 */
export function movedStage(
  finished: FinishedStage,
  instructions: readonly Instruction[],
  parent: FinishedStage | undefined,
): FinishedStage {
  const origin = finished.stage instanceof MovedStage ? finished.stage.origin() : finished.stage;
  return new MovedFinishedStage(new MovedStage(origin, instructions, parent?.stage), finished.scope);
}

class MovedFinishedStage implements FinishedStage {
  readonly stage: Stage;
  readonly scope: Scope;
  #state: StageState | undefined;

  constructor(stage: Stage, scope: Scope) {
    this.stage = stage;
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
  readonly from: FromInstruction;
  readonly instructions: readonly Instruction[];
  readonly parent: Stage | undefined;
  readonly #origin: Stage;
  #effectiveUser: EffectiveUser | undefined;

  constructor(origin: Stage, instructions: readonly Instruction[], parent: Stage | undefined) {
    this.index = origin.index;
    this.name = origin.name;
    this.os = origin.os;
    this.from = instructions[0] as FromInstruction;
    this.instructions = instructions;
    this.parent = parent;
    this.#origin = origin;
  }

  origin(): Stage {
    return this.#origin;
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
    const instruction = this.instructions[this.#origin.instructions.indexOf(user.instruction)];
    if (instruction?.keyword !== "USER" || instruction.user === undefined)
      throw new Error("a stage has moved that is not the same");
    return { source: "instruction", instruction, user: instruction.user, stage: this };
  }

  #lastOf(keyword: "CMD" | "ENTRYPOINT"): CommandInstruction | undefined {
    const last = this.instructions.findLast((instruction) => instruction.keyword === keyword);
    return last as CommandInstruction | undefined;
  }
}
