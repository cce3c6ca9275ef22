import type { Shard } from "../audit/shard";
import { type Profile, profiles } from "../engine/config";
import { nearestName } from "../engine/nearestName";
import type { Severity } from "../engine/severity";
import { frameworks } from "../report/compliance/frameworks";
import { type ImageArgs, readKeyless } from "./image";
import { type OnlineArgs, onlineOptions, readOnline } from "./online";
import { formatOf, notOneOf, parse, type ReportFormat, severityOf } from "./options";
import type { PinArgs } from "./pin";
import {
  failOnOf,
  type InventoryArgs,
  type MergeArgs,
  type ReportArgs,
  readInventory,
  readMerge,
  readReport,
  shardOption,
} from "./pipelineArgs";
import { readScan, type ScanArgs } from "./scan";
import { UsageError } from "./terminal";

/** What the commands that look for files have in common. */
export interface SearchArgs {
  /** As written; `.` where none is given. */
  readonly paths: readonly string[];
  readonly config: string | undefined;
  readonly noConfig: boolean;
  readonly profile: Profile | undefined;
  /** Ids or aliases of the only rules to run; empty for all. */
  readonly rules: readonly string[];
  readonly noIgnore: boolean;
}

export interface CheckArgs extends SearchArgs, OnlineArgs, BaselineArgs, ScanArgs {
  readonly command: "check";
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly minSeverity: Severity | undefined;
  /** `undefined` where the configuration, or else `high`, decides. */
  readonly failOn: Severity | "never" | undefined;
  readonly stdin: boolean;
  readonly stdinFilename: string | undefined;
  readonly strict: boolean;
  /** Files with what scanners said of images; `IMAGE=FILE` for one that does not say which. */
  readonly scanResults: readonly string[];
  /** The JSON result of the last run: only what is new since then is reported. */
  readonly since: string | undefined;
  /** Whether `since` is to hold this run's result afterwards. */
  readonly remember: boolean;
  readonly shard: Shard | undefined;
  readonly cache: boolean;
  readonly cacheLocation: string | undefined;
}

/** What `check` does with accepted findings. */
export interface BaselineArgs {
  /** As written; the nearest one of each file where it is missing. */
  readonly baseline: string | undefined;
  readonly noBaseline: boolean;
  readonly updateBaseline: boolean;
  readonly shrinkOnly: boolean;
  readonly reason: string | undefined;
}

export interface FixArgs extends SearchArgs {
  readonly command: "fix";
  readonly unsafe: boolean;
  readonly dryRun: boolean;
}

export const complianceFormats = ["markdown", "html", "json"] as const;

export interface ComplianceArgs extends SearchArgs {
  readonly command: "compliance";
  /** The id of a framework that exists. */
  readonly framework: string;
  readonly format: (typeof complianceFormats)[number];
  readonly output: string | undefined;
}

export interface InitArgs {
  readonly command: "init";
  /** The folder, as written. */
  readonly path: string;
  readonly force: boolean;
  readonly dryRun: boolean;
}

export const exportFormats = ["rego", "source-policy", "containers-policy"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportArgs {
  readonly command: "export";
  readonly format: ExportFormat;
  readonly output: string | undefined;
  readonly config: string | undefined;
}

export type Args =
  | CheckArgs
  | FixArgs
  | MergeArgs
  | InventoryArgs
  | ReportArgs
  | ComplianceArgs
  | PinArgs
  | ImageArgs
  | InitArgs
  | ExportArgs
  | { readonly command: "explain"; readonly rule: string }
  | { readonly command: "rules"; readonly format: "text" | "json" }
  | { readonly command: "lsp" }
  | { readonly command: "mcp"; readonly root: string }
  | { readonly command: "help" }
  | { readonly command: "version" };

/**
 * Reads the arguments after the program's name.
 * @throws UsageError with a line for the user
 */
export function readArgs(args: readonly string[]): Args {
  const [command, ...rest] = args;
  if (command === undefined)
    throw new UsageError("a command is missing: try plimsoll check, or plimsoll --help");
  if (rest.includes("--help") || rest.includes("-h") || ["help", "--help", "-h"].includes(command))
    return { command: "help" };
  if (command === "--version" || command === "-V") return { command: "version" };
  const reader = commands.get(command);
  if (reader !== undefined) return reader(rest);
  if (command.startsWith("-")) throw new UsageError(`a command comes first: plimsoll check ${command}`);
  const near = nearestName(command, [...commands.keys()]);
  throw new UsageError(
    `there is no command ${command}${near === undefined ? "" : `, did you mean ${near}?`}`,
  );
}

const commands: ReadonlyMap<string, (args: readonly string[]) => Args> = new Map([
  ["check", readCheck],
  ["fix", readFix],
  ["merge", readMerge],
  ["inventory", readInventory],
  ["report", readReport],
  ["compliance", readCompliance],
  ["pin", readPin],
  ["image", readImage],
  ["init", readInit],
  ["export", readExport],
  ["explain", readExplain],
  ["rules", readRules],
  ["lsp", readLsp],
  ["mcp", readMcp],
]);

const fileOptions = {
  config: { type: "string" },
  "no-config": { type: "boolean" },
  "no-ignore": { type: "boolean" },
} as const;

const searchOptions = {
  ...fileOptions,
  profile: { type: "string" },
  rule: { type: "string", multiple: true },
} as const;

function readCheck(args: readonly string[]): CheckArgs {
  const { values, positionals } = parse(args, {
    ...searchOptions,
    format: { type: "string" },
    output: { type: "string" },
    "min-severity": { type: "string" },
    "fail-on": { type: "string" },
    stdin: { type: "boolean" },
    "stdin-filename": { type: "string" },
    strict: { type: "boolean" },
    "scan-results": { type: "string", multiple: true },
    scan: { type: "string" },
    since: { type: "string" },
    remember: { type: "boolean" },
    ...onlineOptions,
    baseline: { type: "string" },
    "no-baseline": { type: "boolean" },
    "update-baseline": { type: "boolean" },
    "shrink-only": { type: "boolean" },
    reason: { type: "string" },
    shard: { type: "string" },
    cache: { type: "boolean" },
    "cache-location": { type: "string" },
  });
  const stdin = values.stdin ?? false;
  if (!stdin && values["stdin-filename"] !== undefined)
    throw new UsageError("--stdin-filename goes with --stdin");
  if (stdin && positionals.length > 0)
    throw new UsageError("--stdin checks standard input: name no path with it");
  if (values.remember === true && values.since === undefined)
    throw new UsageError("--remember goes with --since");
  if (stdin && values.shard !== undefined)
    throw new UsageError("--shard shares out files: standard input is one text");
  if (values["update-baseline"] === true && values.shard !== undefined)
    throw new UsageError("--update-baseline writes one baseline for all files: leave out --shard");
  return {
    command: "check",
    ...search(values, positionals),
    format: formatOf(values.format ?? "text"),
    output: values.output,
    minSeverity:
      values["min-severity"] === undefined ? undefined : severityOf("min-severity", values["min-severity"]),
    failOn: failOnOf(values["fail-on"]),
    stdin,
    stdinFilename: values["stdin-filename"],
    strict: values.strict ?? false,
    scanResults: values["scan-results"] ?? [],
    since: values.since,
    remember: values.remember ?? false,
    ...readOnline(values),
    ...readScan(values.scan, values.online ?? false),
    ...baselineArgs(values, stdin),
    cache: values.cache ?? values["cache-location"] !== undefined,
    cacheLocation: values["cache-location"],
    shard: values.shard === undefined ? undefined : shardOption(values.shard),
  };
}

function baselineArgs(
  values: {
    readonly baseline?: string | undefined;
    readonly "no-baseline"?: boolean | undefined;
    readonly "update-baseline"?: boolean | undefined;
    readonly "shrink-only"?: boolean | undefined;
    readonly reason?: string | undefined;
  },
  stdin: boolean,
): BaselineArgs {
  const updateBaseline = values["update-baseline"] ?? false;
  const shrinkOnly = values["shrink-only"] ?? false;
  const noBaseline = values["no-baseline"] ?? false;
  if (noBaseline && (updateBaseline || values.baseline !== undefined))
    throw new UsageError("--no-baseline goes with neither --baseline nor --update-baseline");
  if (!updateBaseline && (shrinkOnly || values.reason !== undefined))
    throw new UsageError("--shrink-only and --reason go with --update-baseline");
  if (shrinkOnly && values.reason !== undefined)
    throw new UsageError("--shrink-only accepts nothing that could have a --reason");
  if (stdin && updateBaseline) throw new UsageError("--update-baseline does not go with --stdin");
  return { baseline: values.baseline, noBaseline, updateBaseline, shrinkOnly, reason: values.reason };
}

function readFix(args: readonly string[]): FixArgs {
  const { values, positionals } = parse(args, {
    ...searchOptions,
    unsafe: { type: "boolean" },
    "dry-run": { type: "boolean" },
  });
  return {
    command: "fix",
    ...search(values, positionals),
    unsafe: values.unsafe ?? false,
    dryRun: values["dry-run"] ?? false,
  };
}

function readCompliance(args: readonly string[]): ComplianceArgs {
  const { values, positionals } = parse(args, {
    config: { type: "string" },
    "no-config": { type: "boolean" },
    "no-ignore": { type: "boolean" },
    framework: { type: "string" },
    format: { type: "string" },
    output: { type: "string" },
  });
  const names = frameworks.map(({ id }) => id);
  const { framework, output } = values;
  if (framework === undefined) throw new UsageError(`--framework is missing: one of ${names.join(", ")}`);
  if (!names.includes(framework)) throw notOneOf("framework", framework, names);
  const wanted = values.format ?? "markdown";
  const format = complianceFormats.find((candidate) => candidate === wanted);
  if (format === undefined) throw notOneOf("format", wanted, complianceFormats);
  return { command: "compliance", ...search(values, positionals), framework, format, output };
}

function readPin(args: readonly string[]): PinArgs {
  const { values, positionals } = parse(args, {
    ...fileOptions,
    ...onlineOptions,
    check: { type: "boolean" },
    update: { type: "boolean" },
    "dry-run": { type: "boolean" },
    format: { type: "string" },
  });
  const { check = false, update = false, "dry-run": dryRun = false } = values;
  if (check && (update || dryRun))
    throw new UsageError("pin --check changes nothing: it goes with neither --update nor --dry-run");
  const format = textOrJson("pin", values.format);
  if (dryRun && format === "json") throw new UsageError("pin --dry-run prints a diff, not JSON");
  return {
    command: "pin",
    ...search(values, positionals),
    ...readOnline(values),
    ...{ check, update, dryRun, format },
  };
}

function readImage(args: readonly string[]): ImageArgs {
  const { values, positionals } = parse(args, {
    ...onlineOptions,
    key: { type: "string", multiple: true },
    identity: { type: "string" },
    issuer: { type: "string" },
    format: { type: "string" },
  });
  const [reference, ...more] = positionals;
  if (reference === undefined || more.length > 0) throw new UsageError("plimsoll image takes one image");
  return {
    command: "image",
    reference,
    ...readOnline(values),
    keys: values.key ?? [],
    keyless: readKeyless(values.identity, values.issuer),
    format: textOrJson("image", values.format),
  };
}

function readInit(args: readonly string[]): InitArgs {
  const { values, positionals } = parse(args, { force: { type: "boolean" }, "dry-run": { type: "boolean" } });
  const [path = ".", ...more] = positionals;
  if (more.length > 0) throw new UsageError("plimsoll init takes one folder");
  return { command: "init", path, force: values.force ?? false, dryRun: values["dry-run"] ?? false };
}

function readExport(args: readonly string[]): ExportArgs {
  const { values, positionals } = parse(args, { output: { type: "string" }, config: { type: "string" } });
  const [name, ...more] = positionals;
  const format = exportFormats.find((candidate) => candidate === name);
  if (format === undefined || more.length > 0)
    throw new UsageError(`plimsoll export takes one of ${exportFormats.join(", ")}`);
  return { command: "export", format, output: values.output, config: values.config };
}

function readExplain(args: readonly string[]): Args {
  const { positionals } = parse(args, {});
  const [rule, ...more] = positionals;
  if (rule === undefined || more.length > 0) throw new UsageError("plimsoll explain takes one rule");
  return { command: "explain", rule };
}

function readRules(args: readonly string[]): Args {
  const { values, positionals } = parse(args, { format: { type: "string" } });
  if (positionals.length > 0) throw new UsageError("plimsoll rules takes no path");
  return { command: "rules", format: textOrJson("rules", values.format) };
}

function textOrJson(command: string, format = "text"): "text" | "json" {
  if (format === "text" || format === "json") return format;
  throw new UsageError(`--format of plimsoll ${command} is text or json`);
}

function readLsp(args: readonly string[]): Args {
  // Editors add `--stdio`, and some the number of their process; standard input and output are all there is.
  parse(args, { stdio: { type: "boolean" }, clientProcessId: { type: "string" } });
  return { command: "lsp" };
}

function readMcp(args: readonly string[]): Args {
  const { values, positionals } = parse(args, { root: { type: "string" } });
  if (positionals.length > 0) throw new UsageError("plimsoll mcp takes no path: say --root FOLDER");
  return { command: "mcp", root: values.root ?? "." };
}

function search(
  values: {
    readonly config?: string | undefined;
    readonly "no-config"?: boolean | undefined;
    readonly profile?: string | undefined;
    readonly rule?: readonly string[] | undefined;
    readonly "no-ignore"?: boolean | undefined;
  },
  positionals: readonly string[],
): SearchArgs {
  const noConfig = values["no-config"] ?? false;
  if (noConfig && values.config !== undefined)
    throw new UsageError("--config and --no-config exclude each other");
  const profile = profiles.find((candidate) => candidate === values.profile);
  if (values.profile !== undefined && profile === undefined)
    throw notOneOf("profile", values.profile, profiles);
  return {
    paths: positionals.length === 0 ? ["."] : positionals,
    config: values.config,
    noConfig,
    profile,
    rules: values.rule ?? [],
    noIgnore: values["no-ignore"] ?? false,
  };
}
