/** A debugger that listens, as a command line or a variable starts it. */
export interface Debugger {
  readonly name: string;
  /** The port that it listens on; undefined where that is a variable. */
  readonly port: number | undefined;
  /** Where the option stands in the text that was searched, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

interface Pattern {
  readonly name: string;
  /** Matches only where it listens beyond 127.0.0.1; the first group is the port. */
  readonly option: RegExp;
  /** What must stand in the whole command. */
  readonly within?: RegExp;
  /** Where no port is written. */
  readonly port: number;
}

const anyAddress = String.raw`(?:0\.0\.0\.0|\*|\[?::\]?)`;

const patterns: readonly Pattern[] = [
  {
    name: "Node.js's debugger",
    option: new RegExp(String.raw`--inspect(?:-brk|-wait)?[= ]${anyAddress}(?::(\d{1,5}))?`),
    port: 9229,
  },
  {
    name: "Java's debugger",
    option: new RegExp(
      String.raw`(?:-agentlib:jdwp=|-Xrunjdwp:)[\w=,.]{0,80}address=(?:${anyAddress}:)?(\d{1,5})(?![\d.:])`,
    ),
    port: 5005,
  },
  {
    name: "Python's debugger",
    option: new RegExp(String.raw`--listen[= ]${anyAddress}:(\d{1,5})`),
    within: /\bdebugpy\b/,
    port: 5678,
  },
  {
    name: "Go's debugger",
    option: new RegExp(String.raw`--listen[= ]${anyAddress}?:(\d{1,5})`),
    within: /\bdlv\b/,
    port: 2345,
  },
  {
    name: "Ruby's debugger",
    option: new RegExp(`--host[= ]${anyAddress}`),
    within: /\brdbg\b/,
    port: 12345,
  },
  {
    name: "gdbserver",
    option: new RegExp(String.raw`\bgdbserver ${anyAddress}?:(\d{1,5})`),
    port: 2345,
  },
  {
    name: "Chrome's debugger",
    option: new RegExp(`--remote-debugging-address[= ]${anyAddress}`),
    port: 9222,
  },
];

/**
 * Finds the debugger that a command line or the value of a variable starts.
 * @param line the whole command, with one space between words
 */
export function debuggerIn(line: string): Debugger | undefined {
  for (const { name, option, within, port } of patterns) {
    const match = option.exec(line);
    if (match === null || within?.test(line) === false) continue;
    return {
      name,
      port: match[1] === undefined ? port : Number(match[1]),
      from: match.index,
      to: match.index + match[0].length,
    };
  }
  return undefined;
}
