import { maxEngineOptions } from "../../limits";
import { spanOf } from "../../text/span";
import type { ShellCommand, ShellWord } from "../shell/model";
import { readWords } from "../shell/options";
import { optionOf, textOfWord } from "./engineOptions";
import type { EngineAction, EngineCommand, EngineOption } from "./model";
import { clientSyntax, composeSyntax, syntaxOf } from "./optionTable";

/** What is known of a command before its options are read. */
interface Start {
  readonly program: string;
  readonly name: ShellWord;
  readonly words: readonly ShellWord[];
}

/**
 * The command of a container engine's client that a shell command is, if it is one; and beside it the engine that it
 * starts in a container.
 * @param text of the document
 */
export function engineCommandsOf(command: ShellCommand, text: string): readonly EngineCommand[] {
  const start = startOf(command);
  const found = start && actionOf(start);
  if (start === undefined || found === undefined) return [];
  const { action, compose, word, rest } = found;
  const read = readOptions(rest, action, compose, text);
  const { operands } = read;
  const options = read.options.slice(0, maxEngineOptions);
  const open = read.open || read.options.length > options.length;
  const [image, ...others] = operands;
  const { span: whole } = command;
  const { start: from, end } = start.name.span;
  const own: EngineCommand = {
    program: start.program,
    action,
    compose,
    span: spanOf(from, Math.max(end, whole.end)),
    nameSpan: spanOf(from, Math.max(end, word.span.end)),
    options,
    open,
    image: image && textOfWord(image, text),
    written: true,
    commentLine: undefined,
  };
  const isEngine = action === "run" && engineImage.test(image?.value ?? "") && others.length > 0;
  return isEngine ? [own, engineWithin(own, others, text)] : [own];
}

/** Images whose command is the engine: what stands behind them are the engine's own options. */
const engineImage = /(?:^|\/)docker:[\w.-]{0,60}dind[\w.-]{0,60}$/;

function engineWithin(own: EngineCommand, words: readonly ShellWord[], text: string): EngineCommand {
  const rest = words[0]?.value === "dockerd" ? words.slice(1) : words;
  const { options, open } = readOptions(rest, "daemon", false, text);
  return { ...own, action: "daemon", options, open, image: undefined };
}

const engines: ReadonlySet<string> = new Set(["docker", "podman", "nerdctl", "docker-compose", "dockerd"]);

/** Programs that hand their words on, beside the shell's own wrappers; `shell` is a function of make. */
const carriers: ReadonlySet<string> = new Set(["winpty", "lima", "retry", "travis_retry", "shell"]);

function startOf({ unwrapped }: ShellCommand): Start | undefined {
  const { name, program, arguments: words } = unwrapped;
  if (name === undefined) return undefined;
  const direct = engineNamed(program, name);
  if (direct !== undefined) return { program: direct, name, words };
  // `$SUDO docker run`, `retry docker run`.
  if (program !== "" && !carriers.has(program)) return undefined;
  const [first, ...rest] = words;
  const behind = first && engineNamed(baseName(first.value ?? ""), first);
  return first === undefined || behind === undefined
    ? undefined
    : { program: behind, name: first, words: rest };
}

/** The engine that a word names: by itself, or by the name of the variable that it is (`$DOCKER`, `$(CONTAINER_ENGINE)`). */
function engineNamed(program: string, word: ShellWord): string | undefined {
  const plain = program.toLowerCase().replace(/\.exe$/, "");
  if (engines.has(plain)) return plain;
  if (word.value !== undefined || program !== "") return undefined;
  const variable = /^"?\$[({]{0,2}([A-Za-z_]\w{0,60})/.exec(word.text.slice(0, 80))?.[1] ?? "";
  if (!/docker|podman|nerdctl|container|engine|^oci/i.test(variable)) return undefined;
  if (/compose/i.test(variable)) return "docker-compose";
  return /podman/i.test(variable) ? "podman" : /nerdctl/i.test(variable) ? "nerdctl" : "docker";
}

interface Found {
  readonly action: EngineAction;
  readonly compose: boolean;
  /** The last word that says what to do. */
  readonly word: ShellWord;
  readonly rest: readonly ShellWord[];
}

const groups: ReadonlySet<string> = new Set(["container", "buildx", "builder", "image", "swarm", "compose"]);

const actions: ReadonlyMap<string, EngineAction> = new Map<string, EngineAction>([
  ["run", "run"],
  ["create", "create"],
  ["exec", "exec"],
  ["build", "build"],
  ["bake", "build"],
  ["login", "login"],
  ["daemon", "daemon"],
]);

function actionOf({ program, name, words }: Start): Found | undefined {
  if (program === "dockerd") return { action: "daemon", compose: false, word: name, rest: words };
  let compose = program === "docker-compose";
  let { operands } = readWords(words, compose ? composeSyntax : clientSyntax, true);
  let group: string | undefined;
  if (!compose && groups.has(operands[0]?.value ?? "")) {
    group = operands[0]!.value;
    compose = group === "compose";
    operands = readWords(operands.slice(1), compose ? composeSyntax : clientSyntax, true).operands;
  }
  const [word, ...rest] = operands;
  if (word?.value === undefined) return undefined;
  if (group === "swarm") {
    const action =
      word.value === "init" ? "swarm-init" : word.value === "update" ? "swarm-update" : undefined;
    return action && { action, compose, word, rest };
  }
  const action = actions.get(word.value);
  if (
    action === undefined ||
    (action === "create" && (compose || (group !== undefined && group !== "container")))
  )
    return undefined;
  const known = !compose || action === "run" || action === "exec" || action === "build";
  return known ? { action, compose, word, rest } : undefined;
}

/** Reads over words that may hold any number of options, such as `$OPTIONS` and `"$@"`. */
function readOptions(
  words: readonly ShellWord[],
  action: EngineAction,
  compose: boolean,
  text: string,
): {
  readonly options: readonly EngineOption[];
  readonly operands: readonly ShellWord[];
  readonly open: boolean;
} {
  const syntax = syntaxOf(action, compose);
  const stops = action === "run" || action === "create" || action === "exec";
  if (!stops) {
    const line = readWords(words, syntax, false);
    const open = line.operands.some((word) => word.literalPrefix === "" && word.value === undefined);
    return {
      options: line.options.slice(0, maxEngineOptions + 1).map((one) => optionOf(one, syntax, text)),
      operands: line.operands,
      open,
    };
  }
  const options: EngineOption[] = [];
  let left = words;
  let open = false;
  for (;;) {
    const line = readWords(left, syntax, true);
    for (const one of line.options.slice(0, maxEngineOptions + 1)) options.push(optionOf(one, syntax, text));
    const [first, next] = line.operands;
    if (first === undefined || !mayBeOptions(first, next)) return { options, operands: line.operands, open };
    open = true;
    left = line.operands.slice(1);
  }
}

/** Whether a word where the image is awaited is a variable that holds options instead. */
function mayBeOptions(word: ShellWord, next: ShellWord | undefined): boolean {
  if (word.value !== undefined || word.literalPrefix !== "") return false;
  const text = word.text.slice(0, 200);
  if (/\[[@*]\]|\$\{?[@*]/.test(text)) return true;
  const variable = /\$[({]{0,2}_{0,4}(\w{1,80})/.exec(text)?.[1] ?? "";
  if (/image|img|tag|(?:^|_)(?:repo|cid|container_?(?:name|id)?|name|id)$/i.test(variable)) return false;
  if (/opt|arg|flag|param|extra|volume|mount|env|port|tty|common/i.test(variable)) return true;
  return !word.quoted && next !== undefined && next.literalPrefix.startsWith("-");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
