import type { Finding } from "../engine/finding";
import { isDuplicate } from "./neighbours";
import type { Checked, Session } from "./session";

/** What of a result is shown now. Actions, hovers and audits know all of it all the same. */
export interface Display {
  of(checked: Checked): Displayed;
}

export interface Displayed {
  readonly findings: readonly Finding[];
  /** Different wherever the findings are: what pull diagnostics call a result id. */
  readonly id: string;
}

/** Milliseconds after the last edit of a line before what is new on it is shown. */
const quietTime = 1_000;

/**
 * Holds back what a neighbour shows already, and what is new on a line that is still being typed. Nothing happens on a
 * keystroke but that its line is noted; whoever asks and does not get everything starts the clock.
 * @param settled called when a line has come to rest on which something was held back
 */
export function createDisplay(session: Session, settled: (uri: string) => void): Display {
  /** How many findings of each rule were last shown without anything being held back. */
  const before = new Map<string, ReadonlyMap<string, number>>();
  const timers = new Map<string, NodeJS.Timeout>();
  session.documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    for (const kept of [before, timers]) kept.delete(uri);
    session.recentEdits.forget(uri);
    session.neighbours.forget(uri);
  });
  const wake = (uri: string, delay: number): void => {
    clearTimeout(timers.get(uri));
    const ring = (): void => {
      timers.delete(uri);
      settled(uri);
    };
    timers.set(uri, setTimeout(ring, delay));
  };
  return {
    of: (checked) => {
      const { uri, analysis, resource } = checked;
      const neighbours = resource.settings.hideDuplicates ? session.neighbours.of(uri) : undefined;
      const own =
        neighbours === undefined
          ? analysis.findings
          : analysis.findings.filter(
              (finding) => !isDuplicate(finding, analysis.document, neighbours.shown, session.rules),
            );
      const id = neighbours === undefined ? checked.id : `${checked.id} ${neighbours.id}`;
      if (!resource.settings.quietWhileTyping) return { findings: own, id };
      const edit = session.recentEdits.last(uri);
      const known = before.get(uri);
      if (known !== undefined && edit !== undefined && edit.age < quietTime) {
        const now = countsOf(own);
        const isNew = ({ rule, span }: Finding): boolean =>
          analysis.document.lines.at(span.start).line === edit.line &&
          (now.get(rule) ?? 0) > (known.get(rule) ?? 0);
        const rest = own.filter((finding) => !isNew(finding));
        if (rest.length < own.length) {
          wake(uri, quietTime - edit.age);
          return { findings: rest, id: `${id} quiet` };
        }
      }
      before.set(uri, countsOf(own));
      return { findings: own, id };
    },
  };
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
