import type { Span } from "../../text/span";

/** A shell script inside another document: all spans are offsets of that document. */
export interface ShellScript {
  /** `posix` was parsed; the others are recognised and left alone, with no commands. */
  readonly dialect: "posix" | "powershell" | "cmd" | "unknown";
  /** The script's own text range in the document. */
  readonly span: Span;
  /** Every simple command in order of its start, those inside `$(…)`, `(…)`, `if`, loops and functions included. */
  readonly commands: readonly ShellCommand[];
  /** Whether the parser met something it could not read, so that a command may be missing. */
  readonly incomplete: boolean;
}

export interface ShellCommand {
  readonly span: Span;
  /** The program's word; `undefined` for a bare assignment or redirection. */
  readonly name: ShellWord | undefined;
  /**
   * The program without its path, wrappers (`sudo`, `env`, `exec` …) not taken off: see `unwrapped`. Empty
   * where it is not known; `$HOME/bin/pip` counts as `pip`. The keyword `time` is no part of a command.
   */
  readonly program: string;
  readonly arguments: readonly ShellWord[];
  /** Those before the program, and those that are arguments of `export`, `declare` and the like. */
  readonly assignments: readonly ShellAssignment[];
  readonly redirections: readonly ShellRedirection[];
  /** The command after wrappers such as `sudo -E`, `env A=b`, `exec`; itself where there are none. */
  readonly unwrapped: UnwrappedCommand;
  /**
   * The commands of its pipeline in order, itself included; length 1 where there is no pipe. A compound
   * command in a pipeline, such as `| while read x; do …`, is represented by its first simple command.
   */
  readonly pipeline: readonly ShellCommand[];
  readonly pipelineIndex: number;
  /**
   * The commands whose output is piped into this one, those of a group such as `{ a; b; } |` all counted;
   * it is also filled for each command inside a group that is piped into.
   */
  readonly inputs: readonly ShellCommand[];
  /**
   * Where it stands, by the innermost that applies: a substitution wins over a function, a function over a
   * subshell. Scripts in strings (`sh -c "…"`, `eval`) count as subshells; `runBy` tells them apart.
   */
  readonly context: "top" | "substitution" | "process-substitution" | "subshell" | "function";
  /** The command whose word, assignment or redirection holds this substitution, if any. */
  readonly feeds: ShellCommand | undefined;
  /** The command that runs this one from its text: `sh -c "…"`, `su -c`, `eval`, `bash <<EOF`, `find -exec`. */
  readonly runBy: ShellCommand | undefined;
  /**
   * What joins it to the command before it in its list: `&&`, `||`, `;`, a newline, or nothing for the first.
   * A later command of a pipeline has what joins the pipeline.
   */
  readonly joinedBy: "&&" | "||" | ";" | "&" | "newline" | "start";
}

export interface UnwrappedCommand {
  readonly program: string;
  readonly name: ShellWord | undefined;
  readonly arguments: readonly ShellWord[];
  /** The wrappers taken off, outermost first: `["sudo"]`. */
  readonly wrappers: readonly ShellWord[];
}

export interface ShellWord {
  readonly span: Span;
  /** As written, continuations taken out. */
  readonly text: string;
  /** Quotes removed; `undefined` where it holds an expansion or substitution, so that its value is not known. */
  readonly value: string | undefined;
  /** The leading part that is literal, quotes removed; equals `value` where that is known. */
  readonly literalPrefix: string;
  readonly quoted: boolean;
  /**
   * Whether `span` is exactly this word, so that it may be edited. False in exec form, and where the text is
   * escaped inside another string so that only that string's place is known.
   */
  readonly exact: boolean;
  /** Names of the variables it expands, without positional and special ones, and without those in `$(…)`. */
  readonly variables: readonly string[];
}

export interface ShellAssignment {
  readonly name: string;
  readonly span: Span;
  /** `undefined` for an array. */
  readonly value: ShellWord | undefined;
}

export interface ShellRedirection {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `>&` … */
  readonly operator: string;
  readonly span: Span;
  /** For a heredoc its delimiter. */
  readonly target: ShellWord | undefined;
  /** The body of a heredoc. */
  readonly body: Span | undefined;
}
