import type { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import type { Problem } from "../document";
import type { ShellScript } from "../shell/model";
import type { Command } from "./command";
import type { Heredoc } from "./model";
import type { Scope } from "./scope";

/** What building one instruction needs to know of the document around it. */
export interface BuildContext {
  readonly text: string;
  readonly lines: Lines;
  readonly escape: "\\" | "`";
  readonly problems: Problem[];
  readonly scope: Scope;
  /** Index of the stage, -1 before the first FROM, and of the instruction within it. */
  readonly stageIndex: number;
  readonly position: number;
  /** What reads shell forms here. */
  readonly dialect: ShellScript["dialect"];
  /** The index of the last earlier stage of a name, in any case. */
  findStage(name: string): number | undefined;
}

/** An instruction to build: the one of a line, or the one after ONBUILD in it. */
export interface Source {
  readonly command: Command;
  readonly heredocs: readonly Heredoc[];
  readonly startLine: number;
  readonly endLine: number;
  /** Document offset of the end of its content. */
  readonly end: number;
  readonly onbuild: boolean;
}

/** Notes something that BuildKit refuses. */
export function addSyntaxProblem(context: BuildContext, span: Span, message: string): void {
  context.problems.push({ span, message, effect: "syntax" });
}
