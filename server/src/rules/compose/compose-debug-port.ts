import type { ComposeDocument, PortMapping, Service, Text } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { scalarOf, spanInScalar } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import type { Span } from "../../text/span";
import { type Debugger, debuggerIn } from "../shared/composeDebuggers";
import { unsafeFix } from "../shared/composeFix";
import { bindToLoopback } from "../shared/composeLoopback";
import { isLoopback } from "../shared/composePublished";
import { composeKey, portPublishing } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-debug-port",
  language: "compose",
  title: "No debugger waits for everybody",
  why: `A debugger asks nobody for a password: whoever connects runs code of their choice in the program. Node.js
(\`--inspect=0.0.0.0\`), Java (\`jdwp\`), debugpy, Delve and the like then are a remote shell. Scanners for 5005 and 9229 are
as busy as those for databases.

While you debug, publish the port for this machine alone, \`127.0.0.1:9229:9229\`, and keep it in a file of its own
(\`compose.debug.yaml\`) that production does not have. Published so it is not reported.

High where the port is open beyond this machine, low where it is not published: then other containers reach it. The fix
binds the port to 127.0.0.1.`,
  category: "network",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cwe:489"],
  references: [
    {
      title: "Node.js: debugging, security implications",
      url: "https://nodejs.org/en/learn/getting-started/debugging",
    },
    portPublishing,
    composeKey("ports"),
    cwe(489, "Active debug code"),
  ],
  local: true,
  messages: {
    open: (what: string, service: string) =>
      `Whoever reaches ${what} in ${service} runs code in it, from every network`,
    inside: (what: string, service: string) =>
      `Whoever reaches ${what} in ${service} runs code in it, from other containers`,
  },
  bad: [
    {
      title: "Node.js",
      source:
        'services:\n  web:\n    build: .\n    command: node «--inspect=0.0.0.0:9229» app.js\n    ports:\n      - "9229:9229"\n',
      fixed:
        'services:\n  web:\n    build: .\n    command: node --inspect=0.0.0.0:9229 app.js\n    ports:\n      - "127.0.0.1:9229:9229"\n',
    },
    {
      title: "Java, by a variable",
      source:
        "services:\n  api:\n    image: app:1\n    environment:\n      - JAVA_TOOL_OPTIONS=«-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005»\n    ports: ['5005:5005']\n",
      fixed:
        "services:\n  api:\n    image: app:1\n    environment:\n      - JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005\n    ports: ['127.0.0.1:5005:5005']\n",
    },
    {
      title: "in words, reached by other containers",
      source:
        'services:\n  a:\n    build: .\n    command: [dlv, debug, --headless, «"--listen=:2345"», ./cmd]\n  b:\n    build: .\n    entrypoint: ["python", "-m", "debugpy", «"--listen"», "0.0.0.0:5678", "app.py"]\n',
    },
    {
      title: "the host's network",
      source:
        "services:\n  web:\n    build: .\n    network_mode: host\n    environment:\n      NODE_OPTIONS: «--inspect=0.0.0.0»\n",
    },
  ],
  good: [
    {
      title: "for this machine",
      source:
        "services:\n  web:\n    build: .\n    command: node --inspect=0.0.0.0:9229 app.js\n    ports: ['127.0.0.1:9229:9229']\n",
    },
    {
      title: "in the container only",
      source:
        "services:\n  a:\n    build: .\n    command: node --inspect app.js\n  b:\n    build: .\n    command: dlv debug --headless --listen=127.0.0.1:2345\n  c:\n    build: .\n    command: node --inspect=127.0.0.1:9229 app.js\n",
    },
    {
      title: "another program's option",
      source: "services:\n  web:\n    build: .\n    command: serve --listen 0.0.0.0:5678 --debug\n",
    },
  ],
  check(document, { report }) {
    const found = distinct(
      document,
      (service) => debuggersOf(document, service),
      ({ span }) => span,
    );
    for (const { service, part } of found) {
      const ports = service.ports.filter((port) => holds(port, part.debugger.port));
      const open = ports.filter((port) => !isLoopback(port));
      if (ports.length > 0 && open.length === 0) continue;
      const isOpen = open.length > 0 || service.networkMode?.value.value === "host";
      const edits = open.map((port) => bindToLoopback(document, port));
      report(isOpen ? "open" : "inside", [part.debugger.name, shorten(service.name, 32)], {
        at: part.span,
        severity: isOpen ? "high" : "low",
        fixes: open.length > 0 ? unsafeFix("Publish for this machine alone", ...edits) : [],
      });
    }
  },
});

interface Listening {
  readonly debugger: Debugger;
  readonly span: Span;
}

function debuggersOf(document: ComposeDocument, service: Service): readonly Listening[] {
  const found: Listening[] = [];
  for (const field of [service.command, service.entrypoint]) {
    const words = field?.value.words ?? [];
    const listening = debuggerIn(words.map((word) => word.raw).join(" "));
    if (listening !== undefined)
      found.push({ debugger: listening, span: spanIn(document, words, listening) });
  }
  for (const { value } of service.environment) {
    const listening = value === undefined ? undefined : debuggerIn(value.raw);
    if (value !== undefined && listening !== undefined) found.push({ debugger: listening, span: value.span });
  }
  return found;
}

/** The word in which the option begins, or the option itself where one string holds the whole command. */
function spanIn(document: ComposeDocument, words: readonly Text[], { from, to }: Debugger): Span {
  let at = 0;
  for (const word of words) {
    if (words.length > 1 && from < at + word.raw.length) return word.span;
    at += word.raw.length + 1;
  }
  const scalar = scalarOf(words[0]?.node);
  return scalar === undefined ? { start: 0, end: 0 } : spanInScalar(document.text, scalar, from, to);
}

function holds({ target }: PortMapping, port: number | undefined): boolean {
  return port !== undefined && target !== "unknown" && target.from <= port && target.to >= port;
}
