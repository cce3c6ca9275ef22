import type { Expansion, StageState } from "../../documents/dockerfile/model";
import type { ShellWord } from "../../documents/shell/model";
import { matchesGlob } from "../../text/glob";

/**
 * A path of the image in one form, so that two can be compared: absolute and without `.` and `..`. Every home folder
 * is `~`, since what runs as which user is often not known; `?` stands for a working directory that is not known.
 */
export type LayerPath = string;

/** PATH_MAX of Linux. */
const longestPath = 4096;

export function layerPath(path: string, workdir: Expansion | undefined): LayerPath {
  let text = path.slice(0, longestPath).replace(/^(?:\$HOME|\$\{HOME\})(?=\/|$)/, "~");
  if (!/^[/~]|^\?\//.test(text)) text = `${workdir?.state === "known" ? workdir.value : "?"}/${text}`;
  const parts: string[] = [];
  for (const part of text.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  if (parts[0] === "~" || parts[0] === "?") return parts.join("/");
  if (parts[0] === "root") return ["~", ...parts.slice(1)].join("/");
  if (parts[0] === "home" && parts.length > 1) return ["~", ...parts.slice(2)].join("/");
  return `/${parts.join("/")}`;
}

/** The path that a word of a command names; undefined where a variable in it has no value that the file shows. */
export function pathOfWord(word: ShellWord, state: StageState): LayerPath | undefined {
  const text = word.value ?? expanded(word, state);
  return text === undefined || text === "" ? undefined : layerPath(text, state.workdir);
}

/** Whether a path or pattern (`*` and `?` within a part) is another path or a folder that holds it. */
export function covers(pattern: LayerPath, path: LayerPath): boolean {
  if (pattern === "/" || pattern === path) return true;
  if (!/[*?]/.test(pattern.slice(1))) return path.startsWith(`${pattern}/`);
  return matchesGlob(pattern, path) || matchesGlob(`${pattern}/**`, path);
}

/** A word's text with the variables that the file gives a value; `$HOME` stays. */
function expanded(word: ShellWord, { environment }: StageState): string | undefined {
  const text = word.text
    .slice(0, longestPath)
    .replace(/["']/g, "")
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
      const name = braced ?? bare ?? "";
      const found = name === "HOME" ? undefined : environment.get(name);
      return found?.state === "known" ? found.value : name === "HOME" ? "~" : whole;
    });
  return /[$`]/.test(text) ? undefined : text;
}
