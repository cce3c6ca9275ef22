import type { CommandFormat } from "../../server/src/documents/commands/model";
import type { TextEdit } from "../../server/src/text/edit";

/** What can be written wrongly. `dockerignore` is read as the surroundings of a Dockerfile. */
export type TextTarget = "dockerfile" | "compose" | "daemon" | "dockerignore" | "configuration" | "commands";

/** A text, and edits that follow one another: each counts from the text that the one before has left. */
export interface TextInput {
  readonly target: TextTarget;
  /** For `commands`: what the text is. */
  readonly format?: CommandFormat;
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

/** What an editor does, one thing after the other. */
export type TrafficStep =
  | { readonly do: "open"; readonly file: number; readonly text: string }
  | {
      readonly do: "edit";
      readonly file: number;
      readonly edits: readonly TextEdit[];
      readonly version: number;
    }
  | { readonly do: "close"; readonly file: number }
  | {
      readonly do: "ask";
      readonly file: number;
      readonly method: string;
      readonly at: number;
      readonly cancel: boolean;
    }
  | { readonly do: "configure"; readonly profile: string }
  | { readonly do: "write"; readonly configuration: string }
  | { readonly do: "nonsense"; readonly method: string; readonly params: unknown };

export interface TrafficInput {
  readonly target: "lsp";
  readonly steps: readonly TrafficStep[];
}

/** One input of the fuzzer, as plain data: it is kept as JSON where it has found something. */
export type FuzzInput = TextInput | TrafficInput;
