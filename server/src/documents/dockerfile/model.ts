import type { Span } from "../../text/span";
import type { DocumentBase } from "../document";
import type { ImageReference } from "../imageReference";
import type { ShellScript } from "../shell/model";

/** A Dockerfile as BuildKit reads it, with every span in the text as written. Readonly through and through. */
export interface DockerfileDocument extends DocumentBase {
  readonly language: "dockerfile";
  readonly escape: "\\" | "`";
  readonly directives: readonly Directive[];
  /** Every instruction in order, those before the first FROM and unknown ones included. */
  readonly instructions: readonly Instruction[];
  /** ARG instructions before the first FROM: the only variables that FROM sees, beside the predefined ones. */
  readonly globalArgs: readonly ArgInstruction[];
  readonly stages: readonly Stage[];
  /** The stage that is built when no target is named: the last one. */
  readonly finalStage: Stage | undefined;
}

/** A parser directive such as `# syntax=docker/dockerfile:1`. */
export interface Directive {
  /** Lower case: `syntax`, `escape`, `check`. */
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** One word of an instruction, quotes kept in `text` and removed in `value`. */
export interface Word {
  readonly span: Span;
  /** The source with continuations taken out. */
  readonly text: string;
  /** Quotes and escapes removed; variables not expanded. */
  readonly value: string;
  readonly quoted: boolean;
}

/** A `--name=value` before the arguments. */
export interface Flag {
  /** Lower case, without dashes. */
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
  /** `undefined` for a flag without `=`. */
  readonly value: string | undefined;
  /** Empty, at the end of the flag, where there is no value. */
  readonly valueSpan: Span;
}

export interface Heredoc {
  readonly name: string;
  /** The `<<EOF` word. */
  readonly wordSpan: Span;
  /** From the first character of the first body line to the start of the terminator's line. */
  readonly bodySpan: Span;
  /** `<<-`: leading tabs are taken off the body's lines. */
  readonly stripTabs: boolean;
  /** Whether the name was unquoted, so that `$VAR` in the body of COPY and ADD is expanded. */
  readonly expands: boolean;
  readonly terminated: boolean;
}

/** A value after expansion. `unknown` where a variable has no value that the file shows. */
export type Expansion =
  | { readonly state: "known"; readonly value: string }
  | { readonly state: "unknown"; readonly variables: readonly string[] };

interface InstructionBase {
  /** From the keyword's first character to the end of the last line's content, heredoc bodies included. */
  readonly span: Span;
  readonly keywordSpan: Span;
  /** Everything after keyword, without the flags; continuations included, heredoc bodies not. */
  readonly argumentsSpan: Span;
  /** Zero-based lines, heredoc terminators included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly flags: readonly Flag[];
  readonly words: readonly Word[];
  readonly heredocs: readonly Heredoc[];
  /** Index in `stages`; -1 before the first FROM. */
  readonly stageIndex: number;
  /** Whether it stands after ONBUILD: it then runs in the images built from this one. */
  readonly onbuild: boolean;
}

/** A command in shell or exec form. */
interface CommandBase extends InstructionBase {
  readonly form: "shell" | "exec" | "none";
  /** The strings of the exec form; empty in shell form. */
  readonly execArguments: readonly ExecArgument[];
  /**
   * The commands it runs, parsed when first asked for. For exec form, the one command it names
   * (and, for `["sh", "-c", "…"]`, that script). `dialect` says whether it could be read.
   */
  readonly script: ShellScript;
}

export interface ExecArgument {
  readonly value: string;
  /** With its quotes. */
  readonly span: Span;
}

export interface FromInstruction extends InstructionBase {
  readonly keyword: "FROM";
  /** `undefined` while the image is not yet typed. */
  readonly image: ImageUse | undefined;
  readonly alias: Word | undefined;
  readonly platform: Flag | undefined;
}

/** A place that names an image or an earlier stage: FROM, `COPY --from`, `RUN --mount=from`. */
export interface ImageUse {
  /** As written. */
  readonly text: string;
  readonly span: Span;
  /** The text after expansion. */
  readonly expanded: Expansion;
  readonly target: ImageTarget;
}

export type ImageTarget =
  | { readonly kind: "image"; readonly reference: ImageReference }
  /** An earlier stage, by name (any case) or index. */
  | { readonly kind: "stage"; readonly index: number }
  | { readonly kind: "scratch" }
  /** A variable without a value, or text that is no image reference. */
  | { readonly kind: "unknown" };

export interface RunInstruction extends CommandBase {
  readonly keyword: "RUN";
  readonly mounts: readonly Mount[];
  readonly network: Flag | undefined;
  readonly security: Flag | undefined;
}

/** A `--mount=` of RUN. */
export interface Mount {
  readonly flag: Flag;
  /** `bind` where none is given. */
  readonly type: string;
  /** Keys in lower case (`id`, `target`, `from`, `env`, `source`, …); a key without `=` has the value "". */
  readonly options: readonly MountOption[];
  readonly from: ImageUse | undefined;
}

export interface MountOption {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

export interface CommandInstruction extends CommandBase {
  readonly keyword: "CMD" | "ENTRYPOINT" | "SHELL";
}

export interface HealthcheckInstruction extends CommandBase {
  readonly keyword: "HEALTHCHECK";
  /** `HEALTHCHECK NONE`. */
  readonly disabled: boolean;
}

export interface CopyInstruction extends InstructionBase {
  readonly keyword: "COPY" | "ADD";
  /** Without the destination; heredoc words are not among them. */
  readonly sources: readonly CopySource[];
  readonly destination: CopySource | undefined;
  readonly from: ImageUse | undefined;
  readonly exec: boolean;
}

export interface CopySource {
  readonly text: string;
  readonly span: Span;
  readonly expanded: Expansion;
}

/** One `NAME=value` of ENV, ARG or LABEL. */
export interface Assignment {
  readonly name: string;
  readonly nameSpan: Span;
  /** Unquoted, not expanded; `undefined` for an ARG without a default. */
  readonly value: string | undefined;
  /** With its quotes, empty at the end of the name where there is none. */
  readonly valueSpan: Span;
  /** Name and value together. */
  readonly span: Span;
  readonly expanded: Expansion | undefined;
}

export interface EnvInstruction extends InstructionBase {
  readonly keyword: "ENV";
  readonly assignments: readonly Assignment[];
  /** The old form `ENV NAME value with blanks`. */
  readonly legacy: boolean;
}

export interface ArgInstruction extends InstructionBase {
  readonly keyword: "ARG";
  readonly assignments: readonly Assignment[];
}

export interface LabelInstruction extends InstructionBase {
  readonly keyword: "LABEL";
  readonly assignments: readonly Assignment[];
  readonly legacy: boolean;
}

export interface UserInstruction extends InstructionBase {
  readonly keyword: "USER";
  readonly user: UserValue | undefined;
}

export interface UserValue {
  /** As written, group included. */
  readonly text: string;
  readonly span: Span;
  /** Name or number without the group, after expansion. */
  readonly name: Expansion;
}

/** EXPOSE, VOLUME, WORKDIR, STOPSIGNAL, MAINTAINER and unknown keywords: their words are all that matters. */
export interface PlainInstruction extends InstructionBase {
  readonly keyword: "EXPOSE" | "VOLUME" | "WORKDIR" | "STOPSIGNAL" | "MAINTAINER" | "UNKNOWN";
  /** Each word after expansion. */
  readonly values: readonly CopySource[];
}

export interface OnbuildInstruction extends InstructionBase {
  readonly keyword: "ONBUILD";
  /** The instruction after ONBUILD, with its own spans; `undefined` while it is not yet typed. */
  readonly trigger: Instruction | undefined;
}

export type Instruction =
  | FromInstruction
  | RunInstruction
  | CommandInstruction
  | HealthcheckInstruction
  | CopyInstruction
  | EnvInstruction
  | ArgInstruction
  | LabelInstruction
  | UserInstruction
  | PlainInstruction
  | OnbuildInstruction;

/** A stage: a FROM and what follows it up to the next. */
export interface Stage {
  readonly index: number;
  /** Its alias as written, if it has one. */
  readonly name: string | undefined;
  readonly from: FromInstruction;
  /** The stage's instructions, FROM first. ONBUILD triggers are not among them. */
  readonly instructions: readonly Instruction[];
  /** The stage that FROM names, if it is one. */
  readonly parent: Stage | undefined;
  /** The image at the end of the FROM chain. */
  readonly base: ImageUse | undefined;
  /** The platform family: `windows` by the base image, `--platform`, or the escape directive with a Windows shell. */
  readonly os: "linux" | "windows";
  /** The user that the image built from this stage starts as. */
  readonly effectiveUser: EffectiveUser;
  /** CMD and ENTRYPOINT in force at the end of this stage, inherited ones from parent stages included. */
  readonly command: CommandInstruction | undefined;
  readonly entrypoint: CommandInstruction | undefined;
  /** The state before an instruction of this stage runs (by its index in `instructions`), or at the stage's end. */
  stateAt(position: number): StageState;
}

/** Where the effective user comes from. */
export type EffectiveUser =
  | {
      readonly source: "instruction";
      readonly instruction: UserInstruction;
      readonly user: UserValue;
      readonly stage: Stage;
    }
  /** No USER in the chain: the base image decides. */
  | { readonly source: "base"; readonly base: ImageUse | undefined };

/** What holds at one point of a stage, parents included. */
export interface StageState {
  readonly user: EffectiveUser;
  /** `undefined` where the base image decides. */
  readonly workdir: Expansion | undefined;
  /** The SHELL in force, or `undefined` for the platform's default. */
  readonly shell: readonly string[] | undefined;
  /** ENV and ARG values known here by name. */
  readonly environment: ReadonlyMap<string, Expansion>;
}
