import { type Connection, DidChangeWatchedFilesNotification } from "vscode-languageserver";
import { nameOf, parentOf } from "../audit/paths";
import { kindOfPath } from "../documents/kind";
import type { Session } from "./session";

/** Whether a configuration is made of a file beside itself: one that it extends, or a key of its policy. */
export function isConfigurationPart({ resources, locations }: Session, uri: string): boolean {
  if (resources.parts.size === 0) return false;
  const path = locations.pathOf(uri);
  return path !== undefined && resources.parts.has(path);
}

/**
 * Asks to be told of changes of what configurations are made of. Such files may have any name, so that no pattern
 * known beforehand would find them; a client that cannot be asked later tells only of those named `plimsoll.yaml`.
 */
export function watchConfigurationParts(connection: Connection, session: Session): void {
  const { client, resources, log } = session;
  if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
  const watched = new Set<string>();
  resources.onGathered = () => {
    const fresh = [...resources.parts].filter((part) => !watched.has(part) && !isWatched(part));
    if (fresh.length === 0) return;
    for (const part of fresh) watched.add(part);
    connection.client
      .register(DidChangeWatchedFilesNotification.type, {
        watchers: fresh.map((part) => ({ globPattern: patternOf(part) })),
      })
      .catch((error: unknown) => log.warn(`client/registerCapability failed: ${String(error)}`));
  };
}

/** Whether every client watches it in any case. */
function isWatched(path: string): boolean {
  return kindOfPath(path) === "configuration";
}

/** By its name and that of its folder: a pattern is not bound to a workspace folder, and more events do no harm. */
function patternOf(path: string): string {
  const folder = parentOf(path);
  const within = folder === undefined ? "" : `${escaped(nameOf(folder))}/`;
  return `**/${within}${escaped(nameOf(path))}`;
}

/** The glob patterns of the protocol know no escape, so that what they would take for one of theirs is any character. */
function escaped(name: string): string {
  return name.replace(/[*?{}[\],!\\]/g, "?");
}
