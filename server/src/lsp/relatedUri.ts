import { joinPath, parentOf } from "../audit/paths";
import type { Session } from "./session";

/**
 * Turns paths relative to a document's folder into URIs.
 * @returns for each path its URI, or `undefined` where the document is no file or the path leaves no trace of a folder
 */
export function relatedUri(session: Session, uri: string): (path: string) => string | undefined {
  // Few findings have places in other files, so that most keystrokes need no folder.
  let folder: { readonly path: string | undefined } | undefined;
  const folderOfDocument = (): { readonly path: string | undefined } => {
    const path = session.locations.pathOf(uri);
    return { path: path === undefined ? undefined : parentOf(path) };
  };
  return (relative) => {
    folder ??= folderOfDocument();
    let at = folder.path;
    for (const part of relative.split("/")) {
      if (at === undefined) return undefined;
      if (part === "..") at = parentOf(at);
      else if (part !== "." && part !== "") at = joinPath(at, part);
    }
    return at === undefined ? undefined : session.locations.uriOf(at);
  };
}
