import type { ShellScript } from "../shell/model";
import type {
  CommandInstruction,
  EffectiveUser,
  Expansion,
  FromInstruction,
  ImageUse,
  Instruction,
  Stage,
  StageState,
  UserInstruction,
} from "./model";
import { lastBefore, type Scope } from "./scope";
import { dialectOfShell } from "./script";
import { expand } from "./variables";

/** A stage that is being read, instruction by instruction. */
export interface StageDraft {
  readonly index: number;
  readonly scope: Scope;
  readonly instructions: Instruction[];
  /** The platform family as far as it is known before the stage's SHELL instructions. */
  readonly os: Stage["os"];
  readonly shells: Changes<readonly string[]>;
  readonly users: Changes<UserInstruction>;
  readonly workdirs: Changes<Expansion>;
  readonly from: FromInstruction;
  readonly parent: FinishedStage | undefined;
  command: CommandInstruction | undefined;
  entrypoint: CommandInstruction | undefined;
}

/** A stage with what later stages that are built from it inherit. */
export interface FinishedStage {
  readonly stage: Stage;
  /** How many instructions it has. */
  readonly length: number;
  readonly scope: Scope;
  readonly state: StageState;
}

/** Values in order of the positions after which they hold. */
interface Changes<T> {
  readonly positions: number[];
  readonly values: T[];
}

/** Begins a stage at its FROM. */
export function beginStage(
  index: number,
  from: FromInstruction,
  parent: FinishedStage | undefined,
  global: Scope,
  scope: Scope,
  escapeChar: string,
): StageDraft {
  return {
    index,
    scope,
    from,
    parent,
    instructions: [],
    os: parent?.stage.os ?? osOf(from, global, escapeChar),
    shells: { positions: [], values: [] },
    users: { positions: [], values: [] },
    workdirs: { positions: [], values: [] },
    command: undefined,
    entrypoint: undefined,
  };
}

/** Adds an instruction and lets it take effect on what follows. */
export function addInstruction(draft: StageDraft, instruction: Instruction): void {
  const position = draft.instructions.length;
  draft.instructions.push(instruction);
  switch (instruction.keyword) {
    case "ENV":
      for (const { name, expanded } of instruction.assignments) {
        if (expanded !== undefined) draft.scope.setEnv(name, expanded, position);
      }
      break;
    case "USER":
      if (instruction.user !== undefined) change(draft.users, position, instruction);
      break;
    case "WORKDIR": {
      const value = instruction.values[0]?.expanded;
      if (value !== undefined) change(draft.workdirs, position, joinWorkdir(currentWorkdir(draft), value));
      break;
    }
    case "SHELL":
      if (instruction.execArguments.length > 0) {
        change(
          draft.shells,
          position,
          instruction.execArguments.map((argument) => argument.value),
        );
      }
      break;
    case "CMD":
      draft.command = instruction;
      break;
    case "ENTRYPOINT":
      draft.entrypoint = instruction;
      break;
    default:
      break;
  }
}

/** What reads shell forms at this point of a stage. */
export function dialectIn(draft: StageDraft): ShellScript["dialect"] {
  const shell = draft.shells.values.at(-1) ?? draft.parent?.state.shell;
  if (shell !== undefined) return dialectOfShell(shell);
  return draft.os === "windows" ? "cmd" : "posix";
}

/** Ends a stage: from here on it is readonly. */
export function finishStage(draft: StageDraft, escapeChar: string): FinishedStage {
  const { from, scope, instructions } = draft;
  const parent = draft.parent?.stage;
  const inherited = draft.parent?.state;
  const base: ImageUse | undefined = parent === undefined ? from.image : parent.base;
  const userAt = (position: number): EffectiveUser => {
    const index = lastBefore(draft.users.positions, position);
    const instruction = draft.users.values[index];
    if (instruction?.user !== undefined)
      return { source: "instruction", instruction, user: instruction.user, stage };
    return inherited?.user ?? { source: "base", base };
  };
  const stateAt = (position: number): StageState =>
    new State(
      userAt(position),
      draft.workdirs.values[lastBefore(draft.workdirs.positions, position)] ?? inherited?.workdir,
      draft.shells.values[lastBefore(draft.shells.positions, position)] ?? inherited?.shell,
      scope,
      position,
    );
  const end = instructions.length;
  const stage: { -readonly [K in keyof Stage]: Stage[K] } = {
    index: draft.index,
    name: from.alias?.value,
    from,
    instructions,
    parent,
    base,
    os: draft.os === "windows" || (escapeChar === "`" && hasWindowsShell(draft)) ? "windows" : "linux",
    effectiveUser: { source: "base", base },
    command: draft.command ?? (draft.entrypoint === undefined ? parent?.command : undefined),
    entrypoint: draft.entrypoint ?? parent?.entrypoint,
    stateAt,
  };
  const state = stateAt(end);
  stage.effectiveUser = state.user;
  return { stage, length: end, scope, state };
}

/** The variables are looked up only when asked for. */
class State implements StageState {
  readonly #scope: Scope;
  readonly #position: number;
  #environment: ReadonlyMap<string, Expansion> | undefined;

  constructor(
    readonly user: EffectiveUser,
    readonly workdir: Expansion | undefined,
    readonly shell: readonly string[] | undefined,
    scope: Scope,
    position: number,
  ) {
    this.#scope = scope;
    this.#position = position;
  }

  get environment(): ReadonlyMap<string, Expansion> {
    this.#environment ??= this.#scope.at(this.#position);
    return this.#environment;
  }
}

function change<T>(changes: Changes<T>, position: number, value: T): void {
  changes.positions.push(position);
  changes.values.push(value);
}

function hasWindowsShell(draft: StageDraft): boolean {
  return draft.shells.values.some((shell) => ["powershell", "cmd"].includes(dialectOfShell(shell)));
}

/** Image names and tags that are only Windows, such as `golang:1.22-windowsservercore-ltsc2022`. */
const windowsImage = /^mcr\.microsoft\.com\/windows(?:[/:@]|$)|nanoserver|windowsservercore|servercore/;

function osOf(from: FromInstruction, global: Scope, escapeChar: string): Stage["os"] {
  const platform = from.platform?.value;
  if (platform !== undefined) {
    const expanded = expand(platform, global, escapeChar);
    const name = (expanded.state === "known" ? expanded.value : platform).toLowerCase();
    if (name.startsWith("windows")) return "windows";
    if (name.startsWith("linux")) return "linux";
  }
  const image = from.image;
  const name = image?.expanded.state === "known" ? image.expanded.value : image?.text;
  if (name !== undefined && windowsImage.test(name.slice(0, 500).toLowerCase())) return "windows";
  return escapeChar === "`" && image?.target.kind === "unknown" ? "windows" : "linux";
}

function currentWorkdir(draft: StageDraft): Expansion | undefined {
  return draft.workdirs.values.at(-1) ?? draft.parent?.state.workdir;
}

/** PATH_MAX of Linux. */
const longestPath = 4096;

/** A relative WORKDIR goes on from the one before; from that of the base image, which the file does not show. */
function joinWorkdir(before: Expansion | undefined, value: Expansion): Expansion {
  if (value.state === "unknown" || /^(?:[/\\]|[A-Za-z]:)/.test(value.value)) return value;
  if (before === undefined) return { state: "unknown", variables: [] };
  if (before.state === "unknown") return before;
  const joined = `${before.value.replace(/\/$/, "")}/${value.value}`;
  return joined.length > longestPath
    ? { state: "unknown", variables: [] }
    : { state: "known", value: joined };
}
