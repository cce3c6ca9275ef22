import { commandFormatOfPath, holdsCommands } from "./commands/format";
import { mentionsEngine } from "./commands/script";
import { isDaemonFile, isDaemonText } from "./daemon/recognise";
import { dialectOfShebang } from "./shell/programs";

/** What a file is. */
export type FileKind = "dockerfile" | "compose" | "dockerignore" | "daemon" | "commands" | "configuration";

/** The kinds that rules read. */
export type CheckedKind = Extract<FileKind, "dockerfile" | "compose" | "daemon" | "commands">;

/** Whether rules read files of a kind. */
export function isCheckedKind(kind: FileKind | undefined): kind is CheckedKind {
  return kind === "dockerfile" || kind === "compose" || kind === "daemon" || kind === "commands";
}

/**
 * Whether the text of a file is what its name says. Names are enough but for `daemon.json`, which other programs have,
 * too (see {@link isDaemonFile}), and for scripts and the like, of which few have to do with containers.
 */
export function isWhatItIsCalled(kind: FileKind, path: string, text: string): boolean {
  if (kind === "commands") return holdsCommands(path, commandFormatOfPath(path) ?? "shell", text);
  return kind !== "daemon" || isDaemonFile(path, text);
}

/**
 * The kind of a file by its name alone, as an editor tells it: without regard to case.
 * @param path any path or URI with `/` or `\`; only what follows the last one counts
 */
export function kindOfPath(path: string): FileKind | undefined {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).toLowerCase();
  if (name === ".dockerignore" || name === ".containerignore" || name.endsWith(".dockerignore"))
    return "dockerignore";
  if (name === "daemon.json" || name === "docker-daemon.json") return "daemon";
  if (name === "plimsoll.yaml") return "configuration";
  if (isNamedLikeDockerfile(name)) return otherFormat(name) ? undefined : "dockerfile";
  const isYaml = name.endsWith(".yaml") || name.endsWith(".yml");
  if (isYaml && (name.startsWith("compose") || name.startsWith("docker-compose"))) return "compose";
  return commandFormatOfPath(path) === undefined ? undefined : "commands";
}

const kindsOfLanguages: ReadonlyMap<string, FileKind> = new Map([
  ["dockerfile", "dockerfile"],
  ["containerfile", "dockerfile"],
  ["dockercompose", "compose"],
  ["docker-compose", "compose"],
  ["yaml.docker-compose", "compose"],
]);

/**
 * The kind of an editor's document. A language that says it decides; any other (`yaml`, `plaintext`, …) leaves it to
 * the name.
 * @param languageId as the editor names it; `yaml.docker-compose` is what Neovim says
 */
export function kindOfDocument(languageId: string, path: string): FileKind | undefined {
  const byName = kindOfPath(path);
  const byLanguage = kindsOfLanguages.get(languageId.toLowerCase());
  // Editors take `Dockerfile.j2` or `Dockerfile.md` for a Dockerfile; the name knows better.
  if (byLanguage === "dockerfile" && byName === undefined && isTemplate(path)) return undefined;
  return byLanguage ?? byName;
}

/**
 * The kind of a text whose name says nothing: a Dockerfile if FROM is the first instruction (after comments and ARG),
 * a Compose file if it has a top-level `services`, a configuration of Docker's daemon if it holds settings that only
 * that has, a shell script with a command of a container engine if its first line names a shell.
 */
export function kindOfContent(text: string): CheckedKind | undefined {
  const start = text.slice(0, contentWindow);
  if (dialectOfShebang(start) === "posix") return mentionsEngine(text) ? "commands" : undefined;
  let continued = false;
  for (const line of start.split(/\r\n|\n|\r/)) {
    const content = line.trimStart();
    if (content === "" || content.startsWith("#") || line.charCodeAt(0) === byteOrderMark) continue;
    if (!continued && /^FROM[ \t]+[^ \t:=]/i.test(content) && !looksLikeQuery(content)) return "dockerfile";
    if (!continued && !/^ARG[ \t]/i.test(content)) break;
    continued = content.endsWith("\\") || content.endsWith("`");
  }
  if (/^(?:services|"services"|'services')[ \t]*:(?:[ \t\r\n]|$)/m.test(start) || isComposeJson(start))
    return "compose";
  return isDaemonText(text) ? "daemon" : undefined;
}

/** Whether a name says that a tool makes the real file from this one, so that its text means nothing by itself. */
export function isTemplate(path: string): boolean {
  const name = path.toLowerCase();
  return templateSuffixes.some((suffix) => name.endsWith(suffix));
}

const byteOrderMark = 0xfeff;

/** How much of a text is looked at, in UTF-16 code units: a licence may stand before the first word that counts. */
const contentWindow = 65_536;

const templateSuffixes = [
  ".j2",
  ".jinja",
  ".jinja2",
  ".tmpl",
  ".tpl",
  ".template",
  ".erb",
  ".mustache",
  ".hbs",
  ".ejs",
  ".gotmpl",
  ".in",
];

/** Formats in which people write about Dockerfiles, keep what a tool left behind, or draw them. */
const otherSuffixes = [
  ".md",
  ".markdown",
  ".mdx",
  ".rst",
  ".adoc",
  ".html",
  ".json",
  ".yaml",
  ".yml",
  ".toml",
  ".lock",
  ".orig",
  ".rej",
  ".swp",
  ".swo",
  "~",
  ".patch",
  ".diff",
  ".png",
  ".svg",
  ".gz",
  ".zip",
  ".sha256",
  ".sig",
  ".asc",
];

function isNamedLikeDockerfile(name: string): boolean {
  return (
    name === "dockerfile" ||
    name.startsWith("dockerfile.") ||
    name.startsWith("dockerfile-") ||
    name.startsWith("containerfile") ||
    name.endsWith(".dockerfile") ||
    name.endsWith(".containerfile")
  );
}

function otherFormat(name: string): boolean {
  return isTemplate(name) || otherSuffixes.some((suffix) => name.endsWith(suffix));
}

/** `FROM users WHERE …` begins a query, not a Dockerfile: FROM takes an image, and at most `AS name` after it. */
function looksLikeQuery(line: string): boolean {
  const words = line.split(/[ \t]+/).filter((word) => word !== "" && !word.startsWith("--") && word !== "\\");
  return words.length > 2 && words[2]!.toLowerCase() !== "as";
}

function isComposeJson(text: string): boolean {
  const content = text.trimStart();
  return content.startsWith("{") && /"services"[ \t\r\n]{0,100}:[ \t\r\n]{0,100}\{/.test(content);
}
