import { type ParseArgsConfig, parseArgs } from "node:util";
import { isSeverity, type Severity, severities } from "../engine/severity";
import { UsageError } from "./terminal";

export const reportFormats = [
  "text",
  "json",
  "sarif",
  "html",
  "markdown",
  "csv",
  "junit",
  "github",
  "gitlab",
  "compact",
] as const;
export type ReportFormat = (typeof reportFormats)[number];

export function formatOf(value: string): ReportFormat {
  const format = reportFormats.find((candidate) => candidate === value);
  if (format !== undefined) return format;
  throw notOneOf("format", value, reportFormats);
}

export function severityOf(option: string, value: string, ...more: readonly string[]): Severity {
  if (isSeverity(value)) return value;
  throw notOneOf(option, value, [...severities, ...more]);
}

export function notOneOf(option: string, value: string, wanted: readonly string[]): UsageError {
  return new UsageError(
    `--${option} is one of ${wanted.join(", ")}, not ${JSON.stringify(value.slice(0, 40))}`,
  );
}

/** Promised options that a later version brings. */
const plannedOptions: ReadonlySet<string> = new Set(["jobs"]);

type Options = NonNullable<ParseArgsConfig["options"]>;

export function parse<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(reworded(error, args));
  }
}

/** The first line of Node's message, which ends with advice that does not fit here. */
function reworded(error: unknown, args: readonly string[]): string {
  const later = args.find((arg) => arg.startsWith("--") && plannedOptions.has(arg.slice(2).split("=")[0]!));
  if (later !== undefined) return `${later.split("=")[0]} is not available in this version`;
  const message = error instanceof Error ? error.message : String(error);
  const sentence = message.split(/\. |\n/)[0]!;
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
