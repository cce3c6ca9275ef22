import type { Shard } from "../audit/shard";
import { maxShards } from "../limits";
import type { CheckArgs } from "./args";
import { formatOf, parse, type ReportFormat, severityOf } from "./options";
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

export function failOnOf(value: string | undefined): CheckArgs["failOn"] {
  if (value === undefined) return "high";
  return value === "never" ? value : severityOf("fail-on", value, "never");
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
