import { URI } from "vscode-uri";

/** How the URIs of the protocol and the paths of the port `Files` go together. */
export interface Locations {
  /** The path of a resource with `/`, or `undefined` where it is no file: a document that was never saved. */
  pathOf(uri: string): string | undefined;
  uriOf(path: string): string;
}

/** For a server that reads its own disk: only `file:` URIs are files. */
export const diskLocations: Locations = {
  pathOf: (uri) => {
    const parsed = parse(uri);
    if (parsed?.scheme !== "file") return undefined;
    const { fsPath } = parsed;
    // Only Windows paths are written with backslashes; elsewhere one is a character like any other.
    return /^(?:[A-Za-z]:|\\)\\/.test(fsPath) ? fsPath.replaceAll("\\", "/") : fsPath;
  },
  uriOf: (path) => URI.file(path).toString(),
};

/** For a server that asks its client for files: a path is the URI itself, without a slash at its end. */
export const clientLocations: Locations = {
  pathOf: (uri) => {
    const parsed = parse(uri);
    if (parsed === undefined || parsed.scheme === "untitled" || !parsed.path.startsWith("/"))
      return undefined;
    return uri.endsWith("/") && parsed.path !== "/" ? uri.slice(0, -1) : uri;
  },
  uriOf: (path) => path,
};

function parse(uri: string): URI | undefined {
  try {
    return URI.parse(uri, true);
  } catch {
    return undefined;
  }
}
