import type { Shard } from "../audit/shard";
import type { Severity } from "../engine/severity";
import { maxShards } from "../limits";
import type { CheckArgs, SearchArgs } from "./args";
import { type OnlineArgs, onlineOptions, readOnline } from "./online";
import { formatOf, notOneOf, parse, type ReportFormat, severityOf } from "./options";
import { UsageError } from "./terminal";

export interface MergeArgs extends Pick<CheckArgs, "output" | "failOn" | "strict"> {
  readonly command: "merge";
  /** Reports of one run's parts; `-` is standard input. */
  readonly parts: readonly string[];
  /** By default that of the parts. */
  readonly format: ReportFormat | undefined;
}

export function readMerge(args: readonly string[]): MergeArgs {
  const { values, positionals } = parse(args, {
    format: { type: "string" },
    output: { type: "string" },
    "fail-on": { type: "string" },
    strict: { type: "boolean" },
  });
  if (positionals.length === 0)
    throw new UsageError("plimsoll merge takes the reports to merge, such as part-*.json");
  return {
    command: "merge",
    parts: positionals,
    format: values.format === undefined ? undefined : formatOf(values.format),
    output: values.output,
    failOn: failOnOf(values["fail-on"]),
    strict: values.strict ?? false,
  };
}

export interface InventoryArgs extends SearchArgs, OnlineArgs {
  readonly command: "inventory";
  readonly format: (typeof inventoryFormats)[number];
  readonly output: string | undefined;
  readonly strict: boolean;
}

const inventoryFormats = ["cyclonedx", "csv"] as const;

export function readInventory(args: readonly string[]): InventoryArgs {
  const { values, positionals } = parse(args, {
    config: { type: "string" },
    "no-config": { type: "boolean" },
    "no-ignore": { type: "boolean" },
    format: { type: "string" },
    output: { type: "string" },
    strict: { type: "boolean" },
    ...onlineOptions,
  });
  const wanted = values.format ?? "cyclonedx";
  const format = inventoryFormats.find((candidate) => candidate === wanted);
  if (format === undefined) throw notOneOf("format", wanted, inventoryFormats);
  const noConfig = values["no-config"] ?? false;
  if (noConfig && values.config !== undefined)
    throw new UsageError("--config and --no-config exclude each other");
  return {
    command: "inventory",
    paths: positionals.length === 0 ? ["."] : positionals,
    config: values.config,
    noConfig,
    profile: undefined,
    rules: [],
    noIgnore: values["no-ignore"] ?? false,
    format,
    output: values.output,
    strict: values.strict ?? false,
    ...readOnline(values),
  };
}

export interface ReportArgs {
  readonly command: "report";
  readonly webhook: string;
  /** What `check --format json` wrote; `-` is standard input. */
  readonly result: string;
  readonly minSeverity: Severity | undefined;
  readonly dryRun: boolean;
}

export function readReport(args: readonly string[]): ReportArgs {
  const { values, positionals } = parse(args, {
    webhook: { type: "string" },
    "min-severity": { type: "string" },
    "dry-run": { type: "boolean" },
  });
  if (values.webhook === undefined) throw new UsageError("plimsoll report takes --webhook URL");
  if (positionals.length > 1)
    throw new UsageError("plimsoll report takes one result: plimsoll merge makes one of many");
  const lowest = values["min-severity"];
  return {
    command: "report",
    webhook: values.webhook,
    result: positionals[0] ?? "-",
    minSeverity: lowest === undefined ? undefined : severityOf("min-severity", lowest),
    dryRun: values["dry-run"] ?? false,
  };
}

export function failOnOf(value: string | undefined): CheckArgs["failOn"] {
  return value === undefined || value === "never" ? value : severityOf("fail-on", value, "never");
}

/** `I/N`: the I-th of N shards. */
export function shardOption(value: string): Shard {
  const [, first, second] = /^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? [];
  const index = Number(first);
  const count = Number(second);
  if (first === undefined) throw new UsageError("--shard is written I/N, such as 1/4");
  if (count > maxShards) throw new UsageError(`--shard takes at most ${maxShards} shards`);
  if (index < 1 || index > count)
    throw new UsageError(`--shard ${value}: shards count from 1 to their number, so 1/4 to 4/4`);
  return { index, count };
}
