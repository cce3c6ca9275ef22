import type { Connection } from "vscode-languageserver";
import type { Analysis } from "../engine/analyse";
import type { Finding } from "../engine/finding";
import { rulesOfOtherTool } from "../engine/ignoreComments";
import type { Rule } from "../engine/rule";
import { ruleIndexOf } from "../engine/ruleIndex";
import { maxNeighbourFindings, maxOpenNeighbours } from "../limits";
import type { Log } from "../platform/ports";
import { guardTask } from "./guard";
import { methods, type NeighbourFinding, type NeighbourParams } from "./protocol";

/** What other extensions show in the open documents at this moment: not what they might show if they were to run. */
export interface Neighbours {
  /** `undefined` where they show nothing. */
  of(uri: string): Shown | undefined;
  /** Takes what they show now in place of what they showed. */
  set(params: NeighbourParams): void;
  forget(uri: string): void;
}

interface Shown {
  readonly shown: readonly NeighbourFinding[];
  /** Different for every set. */
  readonly id: number;
}

export function createNeighbours(): Neighbours {
  const known = new Map<string, Shown>();
  let sets = 0;
  return {
    of: (uri) => known.get(uri),
    set: ({ uri, shown }) => {
      known.delete(uri);
      if (shown.length > 0 && known.size < maxOpenNeighbours)
        known.set(uri, { shown: shown.slice(0, maxNeighbourFindings), id: ++sets });
    },
    forget: (uri) => known.delete(uri),
  };
}

/**
 * Listens to what our own client sees of its neighbours.
 * @param changed called with a document in which they show something else now
 */
export function registerNeighbours(
  connection: Connection,
  { neighbours, log }: { readonly neighbours: Neighbours; readonly log: Log },
  changed: (uri: string) => void,
): void {
  connection.onNotification(
    methods.neighbours,
    guardTask(methods.neighbours, log, (params: NeighbourParams) => {
      neighbours.set(params);
      changed(params.uri);
    }),
  );
}

/**
 * Whether a neighbour shows the same: an id that stands for the finding's rule, on a line of the same instruction. Many
 * of them underline whole lines or instructions, so that places cannot be compared more closely.
 */
export function isDuplicate(
  finding: Finding,
  document: Analysis["document"],
  shown: readonly NeighbourFinding[],
  rules: readonly Rule[],
): boolean {
  const line = document.lines.at(finding.span.start).line;
  const instruction =
    document.language === "dockerfile"
      ? document.instructions.find(({ startLine, endLine }) => startLine <= line && line <= endLine)
      : undefined;
  const from = instruction?.startLine ?? line;
  const to = instruction?.endLine ?? line;
  const index = ruleIndexOf(rules);
  return shown.some(
    (other) =>
      other.from <= to && from <= other.to && rulesOfOtherTool(other.code, index).includes(finding.rule),
  );
}
