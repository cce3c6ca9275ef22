import { dialectOfShebang } from "../shell/programs";
import type { CommandFormat } from "./model";
import { mentionsEngine } from "./script";

/**
 * The format of a file by its name alone.
 * @param path any path or URI with `/` or `\`; the folders count for workflows and development containers
 * @returns `undefined` for a file in which no command is looked for
 */
export function commandFormatOfPath(path: string): CommandFormat | undefined {
  const parts = path.slice(-400).toLowerCase().split(/[\\/]/);
  const name = parts.pop() ?? "";
  const folder = parts.at(-1) ?? "";
  if (/\.(?:sh|bash|zsh|ksh)$/.test(name)) return "shell";
  if (/\.psm?1$/.test(name)) return "powershell";
  if (/^(?:gnu)?makefile(?:\.[\w-]{1,40})?$|\.mk$|^(?:[\w.-]{1,60}[._])makefile$/.test(name))
    return "makefile";
  if (/\.ya?ml$/.test(name)) {
    if (folder === "workflows" && /^\.(?:github|gitea|forgejo)$/.test(parts.at(-2) ?? "")) return "workflow";
    if (name === "action.yml" || name === "action.yaml") return "workflow";
    return /(?:^|\.)gitlab-ci\.ya?ml$/.test(name) || parts.includes(".gitlab") ? "gitlab" : undefined;
  }
  if (name === "devcontainer.json" || name === ".devcontainer.json" || name === "devcontainer-feature.json")
    return "devcontainer";
  if (/\.(?:md|markdown)$/.test(name)) return "markdown";
  return !name.includes(".") && scriptFolders.has(folder) ? "shell" : undefined;
}

/** Folders in which files without a suffix are scripts as a rule: their first line decides. */
const scriptFolders: ReadonlySet<string> = new Set([
  "bin",
  "scripts",
  "script",
  "hack",
  "ci",
  ".ci",
  "tools",
  "deploy",
]);

/**
 * Whether there is something to check in a file, given its format: a shell script where the name says nothing, and a
 * command of an engine, or a key that names an image, in any of them.
 */
export function holdsCommands(path: string, format: CommandFormat, text: string): boolean {
  if (format === "shell" && !/\.\w{1,4}$/.test(path) && dialectOfShebang(text) !== "posix") return false;
  if (format === "devcontainer") return true;
  if (format === "workflow" && /^[ \t]{1,40}(?:container|services):|["' \t]docker:\/\//m.test(text))
    return true;
  if (format === "gitlab" && /^[ \t]{0,40}(?:image|services):/m.test(text)) return true;
  return mentionsEngine(text) || /(?:docker|podman|nerdctl)[^\n]{0,200}[\\`]\r?\n/i.test(text);
}
