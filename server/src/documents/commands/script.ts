import { maxEngineOptions, maxShellLength } from "../../limits";
import { type Span, spanOf } from "../../text/span";
import type { Problem } from "../document";
import type { ShellScript } from "../shell/model";
import { parseShellAt } from "../shell/parse";
import { addPiece, type Pieces } from "../shell/positions";
import { engineCommandsOf } from "./engineCommands";
import type { EngineCommand, NamedImage } from "./model";

/** A shell script inside a file: its text as the shell gets it, and where each of its characters stands. */
export interface ScriptSource {
  readonly text: string;
  /** The offset of each character of `text`, rising; or the place of the whole where that is not known. */
  readonly places: readonly number[] | Span;
  readonly takesComments: boolean;
  /** Whether what cannot be read is said to be so: not where a text only may be a script. */
  readonly isScript: boolean;
}

/** What a reader of one format found. */
export interface Reading {
  readonly scripts: readonly ScriptSource[];
  /** Commands that stand in the format's own keys. */
  readonly commands?: readonly EngineCommand[];
  /** Images that the format's own keys name. */
  readonly images?: readonly NamedImage[];
  readonly problems?: readonly Problem[];
}

/** A part of a document as a script. */
export function scriptOfPart(document: string, start: number, end: number): ScriptSource {
  const pieces: Pieces = { text: "", offsets: [] };
  addPiece(pieces, document, start, end);
  return { text: pieces.text, places: pieces.offsets, takesComments: true, isScript: true };
}

/** Whether a text may hold a command of an engine: nothing else of it is worth reading. */
export function mentionsEngine(text: string): boolean {
  return engineWord.test(text);
}

// What follows the engine's name is bounded, so that a line of a megabyte is read once.
const engineWord =
  /(?:docker|podman|nerdctl|container|engine|oci)(?:-compose)?[\w:.-]{0,30}["')}]{0,3}[ \t]{1,9}(?:-[^\s"']{1,60}[ \t]{1,9}){0,5}(?:[\w./-]{1,60}[ \t]{1,9}){0,3}(?:run|create|exec|build|bake|login|init|update|daemon|-)|dockerd/i;

/** The commands of one script, and what of it could not be read though it names an engine. */
export function commandsOfScript(
  source: ScriptSource,
  document: string,
): { readonly commands: readonly EngineCommand[]; readonly problems: readonly Problem[] } {
  if (!mentionsEngine(source.text.replaceAll("\\\n", "  "))) return { commands: [], problems: [] };
  const { span, script } = read(source);
  const commands = script.commands.flatMap((command) => engineCommandsOf(command, document));
  const isCut = commands.some(({ options }) => options.length >= maxEngineOptions);
  const isUnread = isCut || (script.incomplete && source.isScript);
  return {
    commands,
    problems: isUnread
      ? [{ span, message: "A part of this script could not be read", effect: "unchecked" }]
      : [],
  };
}

function read({ text, places }: ScriptSource): { readonly span: Span; readonly script: ShellScript } {
  const isPlaced = Array.isArray(places);
  const span = isPlaced ? spanOf(places[0] ?? 0, (places.at(-1) ?? -1) + 1) : (places as Span);
  const script: ShellScript =
    text.length > maxShellLength
      ? { dialect: "posix", span, commands: [], incomplete: true }
      : parseShellAt(text, places, span);
  return { span, script };
}
