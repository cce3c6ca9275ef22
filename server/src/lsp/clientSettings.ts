import type { Connection } from "vscode-languageserver";
import type { Log } from "../platform/ports";
import { configurationSection } from "./protocol";
import { parseSettings, type Settings } from "./settings";
import { withTimeLimit } from "./timeLimit";

/** Milliseconds that the client gets to tell its settings. */
const limit = 5_000;

/**
 * Asks the client for its settings. One that is slow is not waited for: the defaults count until its answer comes, and
 * its log says so.
 * @param arrived called when settings have come after defaults were used in their place, once for all that were late
 */
export function createClientSettings(
  connection: Connection,
  log: Log,
  arrived: () => void,
): (scopeUri: string) => Promise<Settings> {
  const late = Symbol("late");
  let isWaiting = false;
  const wait = (asked: Promise<unknown>): void => {
    if (isWaiting) return;
    isWaiting = true;
    log.warn("The editor has not told its settings in time: the defaults count until it does.");
    const end = (): void => {
      isWaiting = false;
    };
    asked.then(() => {
      end();
      arrived();
    }, end);
  };
  return async (scopeUri) => {
    const asked = connection.workspace.getConfiguration({ scopeUri, section: configurationSection });
    const answer = await withTimeLimit<unknown>(asked, limit, late);
    if (answer !== late) return parseSettings(answer);
    wait(asked);
    return parseSettings(undefined);
  };
}
