import { joinPath, parentOf } from "../audit/paths";
import type { Session } from "./session";

/**
 * Turns paths relative to a document's folder into URIs.
 * @returns for each path its URI, or `undefined` where the document is no file or the path leaves no trace of a folder
 */
export function relatedUri(session: Session, uri: string): (path: string) => string | undefined {
  const path = session.locations.pathOf(uri);
  const folder = path === undefined ? undefined : parentOf(path);
  return (relative) => {
    let at = folder;
    for (const part of relative.split("/")) {
      if (at === undefined) return undefined;
      if (part === "..") at = parentOf(at);
      else if (part !== "." && part !== "") at = joinPath(at, part);
    }
    return at === undefined ? undefined : session.locations.uriOf(at);
  };
}
