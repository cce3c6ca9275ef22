import type { Connection } from "vscode-languageserver";
import { toldByOthers } from "../engine/requirements";
import { maxLoggedFiles } from "../limits";
import { guardTask } from "./guard";
import { methods, type NotChecked, type StatusParams } from "./protocol";
import type { Checked, Session } from "./session";

/** Results that come at once, as when a window opens, are told as one, after this many milliseconds. */
const coalesceTime = 50;

/**
 * Tells our own client how the server is: what it could not check among the open documents, and which rules failed.
 * Any other client has no use for the notification.
 */
export function registerStatus(connection: Connection, session: Session): void {
  const latest = new Map<string, Checked>();
  const logged = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const send = guardTask(methods.status, session.log, () => {
    timer = undefined;
    return connection.sendNotification(methods.status, statusOf([...latest.values()], session));
  });
  const schedule = (): void => {
    if (timer === undefined) timer = setTimeout(send, coalesceTime);
  };
  session.documents.onDidClose(({ document }) => {
    if (latest.delete(document.uri)) schedule();
  });
  session.onChecked = (checked) => {
    // Set anew, so that the last one in the map is the one that ran last.
    latest.delete(checked.uri);
    latest.set(checked.uri, checked);
    for (const { rule, error } of checked.analysis.failures) {
      const line = `The rule ${rule} failed: ${error}`;
      if (!logged.has(line) && logged.size < maxLoggedFiles) session.log.error(line);
      logged.add(line);
    }
    schedule();
  };
}

function statusOf(latest: readonly Checked[], session: Session): StatusParams {
  const lastRunMs = latest.at(-1)?.took;
  const failed = new Set(latest.flatMap(({ analysis }) => analysis.failures.map(({ rule }) => rule)));
  const notChecked = latest.flatMap((checked) => notCheckedOf(checked, session));
  const base = { notChecked, ...(lastRunMs === undefined ? {} : { lastRunMs }) };
  if (failed.size === 0) return { state: "ready", ...base };
  return { state: "error", message: `Some rules failed: ${[...failed].sort().join(", ")}.`, ...base };
}

/**
 * What keeps a whole file from being checked, and answers that were demanded and did not come. That one rule lacks another fact
 * is counted in audits, not here.
 */
function notCheckedOf({ uri, analysis, resource }: Checked, session: Session): NotChecked[] {
  const { configFailure } = resource;
  const ofFile =
    analysis.notChecked.find(({ rule }) => rule === undefined) ??
    analysis.notChecked.find(({ rule }) => rule !== undefined && toldByOthers.has(rule));
  return [
    ...(ofFile === undefined ? [] : [{ uri, reason: ofFile.reason }]),
    ...(configFailure === undefined
      ? []
      : [{ uri: session.locations.uriOf(configFailure.path), reason: configFailure.reason }]),
  ];
}
