import type { ShellCommand, ShellWord } from "../../documents/shell/model";

/** A debugger that a program is told to open. */
export interface DebugAgent {
  /** For people: "The Node.js debugger". */
  readonly name: string;
  /** `old-java`: open by what Java 8 and older make of an address without a host. */
  readonly open: "always" | "old-java";
}

/** A debugger that a command opens, and the word that says so. */
export interface AgentUse extends DebugAgent {
  readonly word: ShellWord;
  /** Whether the command is complete without the word. */
  readonly removable: boolean;
}

/** What the image tells the command beside its own words. */
export interface Surroundings {
  /** The value of a variable of the image, where the file says so. */
  variable(name: string): string | undefined;
}

/**
 * The debugger that an option opens to the network: of Node.js, Java or Chrome. An option is the same wherever it
 * stands, in a command or in a variable such as `JAVA_TOOL_OPTIONS`.
 */
export function agentOfOption(option: string): DebugAgent | undefined {
  const text = option.slice(0, 1000);
  const inspect = /^--inspect(?:-brk|-wait)?=(.*)$/.exec(text);
  if (inspect !== null) {
    const host = hostOf(inspect[1] ?? "");
    return host !== "" && isOpen(host) ? { name: "The Node.js debugger", open: "always" } : undefined;
  }
  const jdwp = /^(?:-agentlib:jdwp=|-Xrunjdwp:)(.*)$/.exec(text);
  if (jdwp !== null) return javaAgent(jdwp[1] ?? "");
  const chrome = /^--remote-debugging-address=(.*)$/.exec(text);
  return chrome !== null && isOpen(chrome[1]) ? { name: "Chrome's debugger", open: "always" } : undefined;
}

/** The debuggers that the options in a variable's value open, each with its option. */
export function agentsIn(value: string): readonly { readonly option: string; readonly agent: DebugAgent }[] {
  if (!/inspect|jdwp|remote-debugging/.test(value)) return [];
  return value.split(/\s+/).flatMap((option) => {
    const agent = agentOfOption(option);
    return agent === undefined ? [] : [{ option, agent }];
  });
}

/** The debuggers that a command opens to the network, by its program's own manual. */
export function agentUses(command: ShellCommand, surroundings: Surroundings): readonly AgentUse[] {
  const { name, arguments: words } = command;
  const removable = ownPrograms.test(command.unwrapped.program);
  // The name is an option where CMD only holds what the entrypoint's program gets.
  const options = (name ? [name, ...words] : words).flatMap((word) => {
    const agent = agentOfOption(textOf(word));
    return agent === undefined ? [] : [{ ...agent, word, removable: removable && word !== name }];
  });
  for (const { value: word } of command.assignments) {
    const agent = word && agentsIn(textOf(word))[0]?.agent;
    if (agent) options.push({ ...agent, word, removable: false });
  }
  const own = agentOfProgram(command, surroundings);
  return own === undefined ? options : [...options, own];
}

/** The programs whose own options these are: other ones take them as the value of an option. */
const ownPrograms = /^(?:node|nodejs|nodemon|ts-node|tsx|java|chrom(?:e|ium)|google-chrome)/;

/** `server=y` listens; without it the program calls out to a debugger. */
function javaAgent(options: string): DebugAgent | undefined {
  const settings = new Map(options.split(",").map((setting) => splitAt(setting, "=")));
  const address = settings.get("address");
  if (settings.get("server") !== "y" || address === undefined) return undefined;
  const name = "The Java debugger";
  const host = hostOf(address);
  if (host === undefined) return { name, open: "old-java" };
  return isOpen(host) ? { name, open: "always" } : undefined;
}

function agentOfProgram(command: ShellCommand, surroundings: Surroundings): AgentUse | undefined {
  const { program, name, arguments: words } = command.unwrapped;
  const values = words.map(textOf);
  const module = /^python\d?(?:\.\d{1,2})?$/.test(program) ? values[values.indexOf("-m") + 1] : undefined;
  const isModule = module !== undefined && values.includes("-m");
  switch (isModule ? module : program) {
    case "debugpy":
      return wordOf(
        "The Python debugger",
        words,
        isOpen(hostOf(optionValue(values, "--listen") ?? "")),
        "--listen",
      );
    case "ptvsd":
      return wordOf("The Python debugger", words, isOpen(optionValue(values, "--host")), "--host");
    case "dlv": {
      const address = optionValue(values, "--listen", "-l");
      return wordOf(
        "The Go debugger",
        words,
        address !== undefined && isOpen(hostOf(address) ?? ""),
        "--listen",
        "-l",
      );
    }
    case "gdbserver": {
      const word = words.find(({ value }) => /^[\w.-]{0,200}:\d{1,5}$/.test(value ?? ""));
      return word && { name: "The debugger gdbserver", open: "always", word, removable: false };
    }
    case "rdbg":
    case "rdebug-ide":
      return wordOf("The Ruby debugger", words, isOpen(optionValue(values, "--host", "-h")), "--host", "-h");
    case "jupyter":
    case "jupyter-lab":
    case "jupyter-notebook":
    case "start-notebook.py":
    case "start-notebook.sh": {
      // The images' own start scripts listen on every address.
      const ip = optionValue(values, "--ip", "--ServerApp.ip", "--NotebookApp.ip");
      const word = words.find((one) => noToken.test(textOf(one)));
      if (word === undefined || !(isOpen(ip) || command.unwrapped.program.startsWith("start-")))
        return undefined;
      return { name: "Jupyter without a token", open: "always", word, removable: false };
    }
    case "flask":
      return flaskDebugger(values, words, name, surroundings);
    default:
      return undefined;
  }
}

/** An empty token lets everybody in: https://jupyter-server.readthedocs.io/en/latest/operators/security.html */
const noToken = /^--(?:NotebookApp|ServerApp|IdentityProvider|LabApp)\.token=(?:''|"")?$/;

/** Flask's debugger is a console in the browser; the server answers only the container itself by default. */
function flaskDebugger(
  values: readonly string[],
  words: readonly ShellWord[],
  name: ShellWord | undefined,
  { variable }: Surroundings,
): AgentUse | undefined {
  if (!values.includes("run") || values.includes("--no-debug") || values.includes("--no-debugger"))
    return undefined;
  const host = optionValue(values, "--host", "-h") ?? variable("FLASK_RUN_HOST");
  if (!isOpen(host)) return undefined;
  const flag = words[values.indexOf("--debug")];
  const isOn =
    /^(?:1|true|yes|on)$/i.test(variable("FLASK_DEBUG") ?? "") || variable("FLASK_ENV") === "development";
  const word = flag ?? (isOn ? name : undefined);
  return word && { name: "Flask's debugger", open: "always", word, removable: word === flag };
}

function wordOf(
  name: string,
  words: readonly ShellWord[],
  isFound: boolean,
  ...options: readonly string[]
): AgentUse | undefined {
  const word = words.find(({ literalPrefix }) =>
    options.some((option) => literalPrefix === option || literalPrefix.startsWith(`${option}=`)),
  );
  return isFound && word ? { name, open: "always", word, removable: false } : undefined;
}

/** The value of an option as the next word or behind an equals sign. */
function optionValue(values: readonly string[], ...options: readonly string[]): string | undefined {
  for (const [index, value] of values.entries()) {
    if (options.includes(value)) return values[index + 1];
    const [name, rest] = splitAt(value, "=");
    if (rest !== undefined && options.includes(name)) return rest;
  }
  return undefined;
}

/** A word as far as it is known; `$` stands for the rest. */
function textOf({ value, literalPrefix }: ShellWord): string {
  return value ?? `${literalPrefix}$`;
}

/** The host of `host:port`; undefined for a port alone, empty for `:port`. */
function hostOf(address: string): string | undefined {
  if (/^\d{1,5}$/.test(address)) return undefined;
  const colon = address.lastIndexOf(":");
  return colon >= 0 && /^\d{0,5}$/.test(address.slice(colon + 1)) ? address.slice(0, colon) : address;
}

/** Whether a host is another address than the container's own loopback. */
function isOpen(host: string | undefined): boolean {
  return host !== undefined && !/^(?:localhost|127\.|\[?::1\]?$|\$)/i.test(host);
}

function splitAt(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
