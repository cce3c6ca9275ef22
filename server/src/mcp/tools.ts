import { auditFolders } from "../audit/audit";
import { isWithin, parentOf } from "../audit/paths";
import type { AuditFinding, AuditResult } from "../audit/result";
import { rulePage } from "../docs/rulePage";
import { type Config, type Profile, profiles } from "../engine/config";
import { nearestName } from "../engine/nearestName";
import type { Rule } from "../engine/rule";
import { ruleIndexOf } from "../engine/ruleIndex";
import { isSeverity, type Severity, severities } from "../engine/severity";
import { maxAgentFindings, maxAgentNotes, maxTextLength } from "../limits";
import type { Clock, Files } from "../platform/ports";
import { withText } from "../platform/withText";

/** What the tools may see of the world. */
export interface ToolSetup {
  /** The only folder that is looked at, absolute and with every link followed. */
  readonly root: string;
  readonly files: Files & { isFolder(path: string): Promise<boolean> };
  readonly clock: Clock;
  readonly rules: readonly Rule[];
  readonly version: string;
  /** A path of a caller as an absolute one, seen from the root. */
  absolute(path: string): string;
}

/** A tool as an agent sees it, without the protocol's types. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema. */
  readonly inputSchema: { readonly type: "object"; readonly [key: string]: unknown };
  run(input: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<ToolAnswer>;
}

/** Data for programs, Markdown for readers, or what the caller must do otherwise. */
export type ToolAnswer =
  | { readonly data: Readonly<Record<string, unknown>> }
  | { readonly markdown: string }
  | { readonly refused: string };

/** Every tool. None of them writes, executes anything, or sends anything anywhere. */
export function createTools(setup: ToolSetup): readonly Tool[] {
  return [auditPath(setup), auditText(setup), explainRule(setup)].map((tool) => ({
    ...tool,
    run: async (input, signal) => {
      try {
        return await tool.run(input, signal);
      } catch (error) {
        if (error instanceof ToolError) return { refused: error.message };
        throw error;
      }
    },
  }));
}

/** Ends a tool with a sentence for its caller. */
class ToolError extends Error {}

const filters = {
  profile: { type: "string", enum: profiles, description: "Which rules are on; recommended by default." },
  minSeverity: { type: "string", enum: severities, description: "Leave out milder findings." },
} as const;

function auditPath(setup: ToolSetup): Tool {
  return {
    name: "audit_path",
    title: "Audit a file or folder",
    description:
      "Checks the Dockerfiles, Compose files and Docker daemon.json files of a file or folder for security. Answers with findings, each with its rule, severity, place and fixes as edits, and with what was not checked. An empty list of findings means checked and clean only where notChecked and failures are empty, too.",
    inputSchema: {
      type: "object",
      properties: {
        path: {
          type: "string",
          description: "Relative to the root that the server was started with; . for all of it.",
        },
        ...filters,
      },
      required: ["path"],
      additionalProperties: false,
    },
    run: async (input, signal) => {
      const path = await contained(textOf(input, "path"), setup);
      const isFolder = await setup.files.isFolder(path);
      return audit(setup, input, signal, isFolder ? { folders: [path] } : { folders: [], named: [path] });
    },
  };
}

function auditText(setup: ToolSetup): Tool {
  return {
    name: "audit_text",
    title: "Audit a text",
    description:
      "Checks the text of a Dockerfile, Compose file or daemon.json that is saved nowhere yet, such as one that you are about to write. Answers as audit_path does.",
    inputSchema: {
      type: "object",
      properties: {
        text: { type: "string", maxLength: maxTextLength },
        filename: {
          type: "string",
          description: "What it would be called, relative to the root: tells its kind and its configuration.",
        },
        ...filters,
      },
      required: ["text"],
      additionalProperties: false,
    },
    run: async (input, signal) => {
      const text = textOf(input, "text");
      if (text.length > maxTextLength)
        throw new ToolError(`The text is longer than ${maxTextLength} characters.`);
      const name = input.filename === undefined ? "unnamed" : textOf(input, "filename");
      const path = setup.absolute(name);
      const folder = parentOf(path) ?? path;
      const real = (await setup.files.realPath(folder)) ?? folder;
      // A folder that is a link leads to configurations and ignore files that are none of this root's.
      if (path === setup.root || !isWithin(setup.root, path) || !isWithin(setup.root, real))
        throw new ToolError(outside(name));
      const files = withText(setup.files, path, { state: "read", text });
      return audit({ ...setup, files: { ...setup.files, ...files } }, input, signal, {
        folders: [],
        named: [path],
      });
    },
  };
}

function explainRule(setup: ToolSetup): Tool {
  return {
    name: "explain_rule",
    title: "Explain a rule",
    description:
      "The page of a rule: what an attacker gains, when the rule is wrong, how to fix it, with examples.",
    inputSchema: {
      type: "object",
      properties: {
        rule: { type: "string", description: "The id of a rule, or another tool's id such as DL3002." },
      },
      required: ["rule"],
      additionalProperties: false,
    },
    run: async (input) => {
      const name = textOf(input, "rule");
      const index = ruleIndexOf(setup.rules);
      const ids = index.resolve(name);
      if (ids.length > 0)
        return {
          markdown: ids
            .flatMap((id) => index.byId(id) ?? [])
            .map(rulePage)
            .join("\n"),
        };
      const near = nearestName(
        name.slice(0, 200),
        setup.rules.map(({ id }) => id),
      );
      throw new ToolError(`There is no such rule${near === undefined ? "" : `, did you mean ${near}?`}`);
    },
  };
}

async function audit(
  setup: ToolSetup,
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  where: { readonly folders: readonly string[]; readonly named?: readonly string[] },
): Promise<ToolAnswer> {
  const { root, files, rules, version, clock } = setup;
  const profile = chosen(input.profile, profiles, "profile");
  const minSeverity = input.minSeverity;
  if (minSeverity !== undefined && (typeof minSeverity !== "string" || !isSeverity(minSeverity)))
    throw new ToolError(`minSeverity is one of ${severities.join(", ")}.`);
  const result = await auditFolders({
    ...where,
    boundaryOf: () => root,
    base: root,
    files,
    rules,
    version,
    clock,
    signal,
    minSeverity: minSeverity as Severity | undefined,
    adjust: (config: Config) => (profile === undefined ? config : { ...config, profile }),
  });
  return { data: answerOf(result) };
}

/** The result as data, the gravest first, with what the bounds left out. */
function answerOf(result: AuditResult): Readonly<Record<string, unknown>> {
  const found = result.files
    .flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })))
    .sort((a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity));
  const unread = result.files.flatMap(({ path, status, reason }) =>
    status === "checked" ? [] : [{ path, reason: reason ?? "It was not checked." }],
  );
  const notChecked = [
    ...unread,
    ...result.notChecked.map(({ path, rule, reason }) => ({
      path,
      ...(rule === undefined ? {} : { rule }),
      reason,
    })),
  ];
  return {
    complete: result.complete,
    summary: { filesChecked: result.summary.checked, ...result.summary.findings },
    findings: found.slice(0, maxAgentFindings).map(({ path, finding }) => shortened(path, finding)),
    findingsLeftOut: Math.max(0, found.length - maxAgentFindings),
    notChecked: notChecked.slice(0, maxAgentNotes),
    notCheckedLeftOut: Math.max(0, notChecked.length - maxAgentNotes),
    failures: result.failures.slice(0, maxAgentNotes).map(({ path, rule, error }) => ({ path, rule, error })),
  };
}

function shortened(path: string, finding: AuditFinding): Readonly<Record<string, unknown>> {
  const { rule, severity, message, range, fixes } = finding;
  return {
    path,
    rule,
    severity,
    message,
    start: { line: range.start.line, column: range.start.column, offset: range.start.offset },
    end: { line: range.end.line, column: range.end.column, offset: range.end.offset },
    fixes: fixes.map(({ title, safety, edits, asks, creates }) => ({
      title,
      safety,
      edits: edits.map(({ start, end, text }) => ({ start, end, text })),
      ...(asks === undefined ? {} : { asks }),
      ...(creates === undefined ? {} : { creates }),
    })),
  };
}

/** An absolute path with its links followed, which must lie within the root. */
async function contained(path: string, { root, files, absolute }: ToolSetup): Promise<string> {
  const target = absolute(path);
  // What lies beyond is not even looked for: whether it exists is nobody's business.
  if (!isWithin(root, target)) throw new ToolError(outside(path));
  const real = await files.realPath(target);
  if (real === undefined) throw new ToolError(`${path.slice(0, 200)} does not exist.`);
  if (!isWithin(root, real)) throw new ToolError(outside(path));
  return real;
}

function outside(path: string): string {
  return `${path.slice(0, 200)} lies outside of the folder that this server may look at.`;
}

function textOf(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = input[name];
  if (typeof value !== "string") throw new ToolError(`${name} must be a text.`);
  return value;
}

function chosen(value: unknown, among: readonly Profile[], name: string): Profile | undefined {
  if (value === undefined) return undefined;
  const found = among.find((candidate) => candidate === value);
  if (found === undefined) throw new ToolError(`${name} is one of ${among.join(", ")}.`);
  return found;
}
