import { arch, cpus, loadavg, release, type as systemName, totalmem } from "node:os";
import type { ByName } from "./measureServers";
import type { Distribution } from "./statistics";

/** The parts of the page, each written by a run of its own. */
export type Part = "results" | "hanging" | "tree" | "peers";

const commands: Readonly<Record<Part, string>> = {
  results: "npm run bench -- --write",
  hanging: "npm run bench -- --hanging --write",
  tree: "npm run bench -- --tree --write",
  peers: "npm run bench -- --peers --write",
};

/** A table: what was measured in each row, by the name of who was measured in the columns. */
export interface Measured {
  readonly title: string;
  /** One line on what the numbers are. */
  readonly note: string;
  readonly unit: "ms" | "MB";
  readonly rows: readonly { readonly label: string; readonly values: ByName }[];
}

/** A ratio that was aimed at, and what came out. */
export interface Target {
  readonly label: string;
  readonly aim: string;
  readonly result: string;
  readonly met: boolean;
}

/**
 * The results as Markdown, with the machine that they were measured on.
 * @param day as YYYY-MM-DD
 */
export function reportOf(day: string, tables: readonly Measured[], targets: readonly Target[]): string {
  const aims = targets.length === 0 ? [] : [`## Aims\n\n${targetTable(targets)}`];
  return [
    `Measured on: ${machineOn(day)}. Medians; in brackets what nine of ten measurements stay below.`,
    ...aims,
    ...tables.map(({ title, note, ...table }) => `## ${title}\n\n${note}\n\n${measuredTable(table)}`),
  ].join("\n\n");
}

function machineOn(day: string): string {
  return [
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `${systemName()} ${release().split("-")[0]} ${arch()}`,
    `Node ${process.versions.node}`,
    // Other work on the machine makes all times longer, and not all alike.
    `load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    day,
  ].join(", ");
}

function targetTable(targets: readonly Target[]): string {
  return tableOf(
    ["what", "aim", "measured", ""],
    targets.map(({ label, aim, result, met }) => [label, aim, result, met ? "met" : "**missed**"]),
  );
}

/** Puts a report between the marks of its part of the page. */
export function insertReport(page: string, report: string, part: Part = "results"): string {
  const begin = `<!-- ${part}: written by \`${commands[part]}\` -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(`<!-- end of ${part} -->`);
  if (from < 0 || to < from) throw new Error(`the page has no place for the ${part}`);
  return `${page.slice(0, from + begin.length)}\n\n${report}\n\n${page.slice(to)}`;
}

function measuredTable({ unit, rows }: Pick<Measured, "unit" | "rows">): string {
  const names = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))];
  const cell = (value: Distribution | undefined): string =>
    value === undefined ? "–" : `${amount(value.median)} (${amount(value.p90)})`;
  return tableOf(
    [unit, ...names],
    rows.map(({ label, values }) => [label, ...names.map((name) => cell(values.get(name)))]),
  );
}

function amount(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
