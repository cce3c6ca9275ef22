import type { TextEdit } from "../../text/edit";
import type { Span } from "../../text/span";
import type { DocumentBase } from "../document";

/** The formats in which commands of a container engine stand. */
export type CommandFormat =
  | "shell"
  | "powershell"
  | "makefile"
  | "workflow"
  | "gitlab"
  | "devcontainer"
  | "markdown";

/** A file that holds commands of a container engine: a script, a pipeline, a development container, documentation. */
export interface CommandsDocument extends DocumentBase {
  readonly language: "commands";
  readonly format: CommandFormat;
  /** In order of place. Those in a format's own keys (`container:`, `runArgs`) read as the command that they become. */
  readonly commands: readonly EngineCommand[];
  /** What the format's own keys name: images of jobs, services, actions and development containers. */
  readonly images: readonly NamedImage[];
}

/** An image that one of a format's own keys names. */
export interface NamedImage {
  readonly name: string;
  /** Whether a part of the name is put in later: `${{ … }}`, `$VERSION`. */
  readonly open: boolean;
  /** The name as written, with the quotes around it; the whole value where its escapes hide the place. */
  readonly span: Span;
}

/** What a command asks of the engine. `daemon` starts the engine itself. */
export type EngineAction =
  | "run"
  | "create"
  | "exec"
  | "build"
  | "login"
  | "swarm-init"
  | "swarm-update"
  | "daemon";

/** One command of an engine's client. */
export interface EngineCommand {
  /** `docker`, `podman`, `nerdctl`; `docker` where a variable or a format's own key stands for it. */
  readonly program: string;
  readonly action: EngineAction;
  /** Whether Compose is asked to do it: then the service says the rest. */
  readonly compose: boolean;
  /** From the program to the last word. */
  readonly span: Span;
  /** The program and what it is to do, such as `docker run`. */
  readonly nameSpan: Span;
  readonly options: readonly EngineOption[];
  /** Whether more options may come out of a variable, so that one which is missing here may be given. */
  readonly open: boolean;
  /** The image to start or the container to enter; `undefined` where none is written. */
  readonly image: EngineText | undefined;
  /** Whether it is written as a command, rather than in a format's own keys. */
  readonly written: boolean;
  /** The zero-based line before which a comment can stand; `undefined` where none can. */
  readonly commentLine: number | undefined;
}

/** An option with the place of all of it. */
export interface EngineOption {
  /** The long name without dashes, as Docker documents it: `volume` for `-v`, `network` for `--net`. */
  readonly name: string;
  /** The option with its value; the letter alone where it stands among others without a value. */
  readonly span: Span;
  readonly value: EngineText | undefined;
  /** What to do to take it away; none where it shares its word or its place is not known exactly. */
  readonly removal: readonly TextEdit[];
}

/** A word, or the part of it that is an option's value. */
export interface EngineText {
  /** As written, with its quotes. */
  readonly text: string;
  /** Quotes and escapes resolved; `undefined` where a variable stands in it. */
  readonly value: string | undefined;
  /** The leading part that is known; equals `value` where that is. */
  readonly prefix: string;
  readonly span: Span;
  /** Whether the document has `text` at `span`, so that a part of it can be found and edited. */
  readonly exact: boolean;
}

/** The options of a name, in order; of most the last one counts. */
export function optionsNamed(command: EngineCommand, ...names: readonly string[]): readonly EngineOption[] {
  return command.options.filter((option) => names.includes(option.name));
}

/** Whether a switch is on: the last one of its name decides, and one in a variable is not on. */
export function isOn(command: EngineCommand, name: string): EngineOption | undefined {
  const last = optionsNamed(command, name).at(-1);
  if (last?.value === undefined) return last;
  return /^(?:true|1|t)$/i.test(last.value.value ?? "") ? last : undefined;
}

/**
 * The place of a part of a text.
 * @param from offset into `value` (or `prefix` where that is all that is known), in UTF-16 units; `to` likewise, excluded
 * @returns the exact place where the text is written as it reads, else the whole text
 */
export function spanInText({ text, prefix, span, exact }: EngineText, from: number, to: number): Span {
  if (!exact) return span;
  const quote = text[0] === '"' || text[0] === "'" ? 1 : 0;
  if (!text.startsWith(prefix.slice(0, to), quote)) return span;
  return { start: span.start + quote + from, end: span.start + quote + to };
}

/** From a place in a text to its end, without the quote that closes it. */
export function spanFrom(part: EngineText, from: number): Span {
  const start = spanInText(part, from, from);
  if (start.start !== start.end) return part.span;
  const quote = part.text[0] === '"' || part.text[0] === "'" ? part.text[0] : undefined;
  const closed = quote !== undefined && part.text.length > 1 && part.text.endsWith(quote);
  return { start: start.start, end: part.span.end - (closed ? 1 : 0) };
}
