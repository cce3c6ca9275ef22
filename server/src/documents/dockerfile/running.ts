import type { ShellScript } from "../shell/model";
import { scriptOfExec } from "../shell/parse";
import type { BuildContext, Source } from "./context";
import { spanIn } from "./logical";
import type {
  CommandInstruction,
  ExecArgument,
  Flag,
  HealthcheckInstruction,
  Mount,
  RunInstruction,
  Word,
} from "./model";
import { Parts } from "./parts";
import { emptyScript, scriptOfShellForm } from "./script";
import { execWords, splitAtBlanks, splitQuoted } from "./words";

/**
 * An instruction that runs a command. Words and script are found when first asked for, and kept in private
 * fields, which freezing the model does not touch.
 */
abstract class Running extends Parts {
  declare readonly form: "shell" | "exec" | "none";
  declare readonly execArguments: readonly ExecArgument[];
  readonly #source: Source;
  readonly #context: BuildContext;
  readonly #from: number;
  #words: readonly Word[] | undefined;
  #script: ShellScript | undefined;

  /** @param from where the command begins in the line's text */
  constructor(source: Source, context: BuildContext, from: number) {
    super(source, context);
    const { exec, end } = source.command;
    const isExec = exec !== undefined && !exec.invalid;
    this.form = from === end ? "none" : isExec ? "exec" : "shell";
    this.execArguments = isExec ? exec.strings : noArguments;
    this.#source = source;
    this.#context = context;
    this.#from = from;
  }

  get words(): readonly Word[] {
    this.#words ??= wordsOf(this.#source, this.#context, this.#from, this.execArguments);
    return this.#words;
  }

  get script(): ShellScript {
    this.#script ??= this.readScript();
    return this.#script;
  }

  protected readScript(): ShellScript {
    const { line, end } = this.#source.command;
    if (this.form === "shell") return scriptOfShellForm(this.#source, this.#from, this.#context);
    const span = spanIn(line, this.#from, end);
    return this.form === "exec" ? scriptOfExec(this.execArguments, span) : emptyScript(span);
  }
}

const noArguments: readonly ExecArgument[] = [];

export class Run extends Running implements RunInstruction {
  declare readonly keyword: "RUN";
  declare readonly mounts: readonly Mount[];
  declare readonly network: Flag | undefined;
  declare readonly security: Flag | undefined;

  constructor(source: Source, context: BuildContext, mounts: readonly Mount[]) {
    super(source, context, source.command.argumentsStart);
    this.keyword = "RUN";
    this.mounts = mounts;
    this.network = this.flags.find((flag) => flag.name === "network");
    this.security = this.flags.find((flag) => flag.name === "security");
  }
}

export class Start extends Running implements CommandInstruction {
  declare readonly keyword: CommandInstruction["keyword"];

  constructor(source: Source, context: BuildContext, keyword: CommandInstruction["keyword"]) {
    super(source, context, source.command.argumentsStart);
    this.keyword = keyword;
  }

  protected override readScript(): ShellScript {
    return this.keyword === "SHELL" ? emptyScript(this.argumentsSpan) : super.readScript();
  }
}

export class Healthcheck extends Running implements HealthcheckInstruction {
  declare readonly keyword: "HEALTHCHECK";
  declare readonly disabled: boolean;

  constructor(source: Source, context: BuildContext, from: number, disabled: boolean) {
    super(source, context, from);
    this.keyword = "HEALTHCHECK";
    this.disabled = disabled;
  }
}

/** What stands before an exec form's strings, `CMD` of HEALTHCHECK, is a word too. */
function wordsOf(
  source: Source,
  context: BuildContext,
  from: number,
  strings: readonly ExecArgument[],
): readonly Word[] {
  const { line, argumentsStart, end } = source.command;
  if (strings.length === 0) return splitQuoted(line, argumentsStart, end, context.escape);
  return [...splitAtBlanks(line, argumentsStart, from, context.escape), ...execWords(context.text, strings)];
}
