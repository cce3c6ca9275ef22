import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { rememberByLines } from "../../text/rememberByLines";
import { movedSpan, type Span, spanOf } from "../../text/span";
import { type ExposedPort, exposedPorts } from "./exposedPorts";
import { removeValue } from "./removeValue";

/** What a sensitive port is for: each kind has a rule of its own. */
export type SensitiveKind = "ssh" | "administration" | "control";

/** An EXPOSE of a sensitive port. */
export interface SensitiveExposure {
  readonly at: Span;
  readonly port: string;
  /** What listens there, for people. */
  readonly service: string;
  readonly guarded: boolean;
  readonly fixes: readonly Fix[];
}

/**
 * The ports of one kind that EXPOSE names, alone or within a range. Ports that other programs use as well count only
 * where the file shows which one it is.
 */
export function sensitiveExposures(
  document: DockerfileDocument,
  kind: SensitiveKind,
): readonly SensitiveExposure[] {
  return exposedPorts(document).flatMap((exposed) => {
    const found = sensitivePortIn(exposed, kind, document.text);
    if (found === undefined) return [];
    const [port, { service, guarded }] = found;
    return [
      {
        at: exposed.value.span,
        port: `${port}`,
        service,
        guarded: guarded === true,
        fixes: fixesOf(document, exposed, port),
      },
    ];
  });
}

/** Whether an instruction exposes a port, or may tell what a port is for. */
export function bearsOnSensitivePorts({ keyword, span }: Instruction, text: string): boolean {
  return keyword === "EXPOSE" || anyEvidence.test(text.slice(span.start, span.end));
}

/** Whether a rule about sensitive ports speaks of a port already, whatever the file says about it. */
export function isSensitive(port: number): boolean {
  return sensitivePorts.has(port);
}

interface SensitivePort {
  readonly kind: SensitiveKind;
  readonly service: string;
  /** Without a match in the file, the port may well be another program's. Never reaches over a line break. */
  readonly evidence?: RegExp;
  /** Whether it asks for a certificate or password by its defaults. */
  readonly guarded?: true;
}

const java = /jdwp|openjdk|temurin|corretto|\bja(?:va|r)\b|\bj(?:dk|re)|tomcat|maven|gradle|spring|jpda/i;

/** Ports as the Internet's registry or the projects' own manuals give them. */
const sensitivePorts: ReadonlyMap<number, SensitivePort> = new Map<number, SensitivePort>([
  [22, { kind: "ssh", service: "SSH" }],
  [23, { kind: "administration", service: "Telnet" }],
  [512, { kind: "administration", service: "rexec" }],
  [513, { kind: "administration", service: "rlogin" }],
  [3389, { kind: "administration", service: "Remote Desktop" }],
  [4899, { kind: "administration", service: "Radmin" }],
  [5800, { kind: "administration", service: "VNC in the browser" }],
  [5801, { kind: "administration", service: "VNC in the browser" }],
  ...[5900, 5901, 5902, 5903].map((port): [number, SensitivePort] => [
    port,
    { kind: "administration", service: "VNC" },
  ]),
  [5985, { kind: "administration", service: "WinRM" }],
  [5986, { kind: "administration", service: "WinRM" }],
  [2375, { kind: "control", service: "the Docker API" }],
  [2376, { kind: "control", service: "the Docker API", guarded: true }],
  [4243, { kind: "control", service: "the Docker API", evidence: /dockerd|docker\.sock/ }],
  [9229, { kind: "control", service: "the Node.js debugger" }],
  [5858, { kind: "control", service: "the Node.js debugger", evidence: /\bnode\b/ }],
  [9222, { kind: "control", service: "Chrome's debugger" }],
  [5005, { kind: "control", service: "the Java debugger", evidence: java }],
  [8000, { kind: "control", service: "the Java debugger", evidence: /address=[^,\s"']{0,99}\b8000\b|jpda/i }],
  [5678, { kind: "control", service: "the Python debugger", evidence: /debugpy|ptvsd/ }],
  [2345, { kind: "control", service: "the Go debugger", evidence: /\bdlv\b|delve/ }],
  [40000, { kind: "control", service: "the Go debugger", evidence: /\bdlv\b|delve/ }],
  [6060, { kind: "control", service: "Go's profiler", evidence: /pprof/ }],
]);

/** Pieces of text without one of which no EXPOSE names a port of a kind: the ports, and what ranges and variables have. */
export function exposureWords(kind: SensitiveKind): readonly string[] {
  const ports = [...sensitivePorts].filter(([, sensitive]) => sensitive.kind === kind);
  return ["-", "$", ...ports.map(([port]) => `${port}`)];
}

const allEvidence: readonly RegExp[] = [
  ...new Set([...sensitivePorts.values()].flatMap(({ evidence }) => evidence ?? [])),
];

const anyEvidence = new RegExp(allEvidence.map(({ source }) => source).join("|"), "i");

/** A wide range is there for something else, such as media streams. */
const widestRange = 100;

function sensitivePortIn(
  { from, to, protocol }: ExposedPort,
  kind: SensitiveKind,
  text: string,
): readonly [number, SensitivePort] | undefined {
  if (protocol !== "tcp") return undefined;
  if (kind === "control" && to - from > widestRange) return undefined;
  for (const [port, sensitive] of sensitivePorts) {
    if (sensitive.kind !== kind || port < from || port > to) continue;
    if (sensitive.evidence === undefined || isThere(sensitive.evidence, text)) return [port, sensitive];
  }
  return undefined;
}

function isThere(evidence: RegExp, text: string): boolean {
  return evidenceIn(text).some(({ pattern }) => pattern === evidence);
}

/** Where a pattern that tells what a port is for stands in the text. */
interface Evidence {
  readonly pattern: RegExp;
  readonly span: Span;
}

/** All evidence for any port, searched for once: many ports ask for the same, each of them of the whole file. */
const evidenceIn = rememberByLines(
  (text: string): readonly Evidence[] =>
    allEvidence.flatMap((pattern) =>
      [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(({ index, 0: match }) => ({
        pattern,
        span: spanOf(index, index + match.length),
      })),
    ),
  (evidence, by) => ({ ...evidence, span: movedSpan(evidence.span, by) }),
);

function fixesOf(document: DockerfileDocument, exposed: ExposedPort, port: number): readonly Fix[] {
  const edit = exposed.from === exposed.to && removeValue(document, exposed.instruction, exposed.index);
  return edit ? [{ title: `Expose port ${port} no more`, safety: "unsafe", edits: [edit] }] : [];
}
