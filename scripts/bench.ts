/**
 * Measures the server and the command line beside others, on this machine, in one run. Says nothing about right or
 * wrong: a machine that is busy with something else gives other numbers, so no test depends on them.
 *
 *   tsx scripts/bench.ts [--quick] [--write] [--rules] [--typing] [--hanging] [--tree] [--peers]
 *
 * `--quick` measures a few rounds only; `--write` puts the results into their page; `--rules` prints what the
 * rules take, and no more; `--typing` what a keystroke takes at 1,000 lines beside the trivial server, and no more; `--hanging` what a keystroke takes while a registry hangs, and no more; `--tree` what a check of 10,000 files among 200,000 others takes, and no more; `--peers` what
 * other tools take for the same files, and no more.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { maxTextLength } from "../server/src/limits";
import { type BenchDocument, broken, composeOf, dockerfileOf } from "../test/bench/documents";
import { measureCommandLine } from "../test/bench/measureCommandLine";
import { measureHanging } from "../test/bench/measureHanging";
import { measureGrowth, measureRules, type RuleCosts } from "../test/bench/measureRules";
import {
  type ByName,
  measureFirstOpen,
  measureKeystrokes,
  measureMemory,
  measureStart,
  measureStartToFindings,
  type Rounds,
} from "../test/bench/measureServers";
import { insertReport, type Measured, type Part, reportOf, type Target } from "../test/bench/report";
import { type Contestants, prepareContestants, preparePlimsoll } from "../test/bench/servers";
import { distributionOf } from "../test/bench/statistics";
import { benchTexts, spread } from "../test/bench/texts";
import { peersReport, treeReport } from "../test/bench/wholeRuns";

const pages: Readonly<Record<Part, string>> = {
  results: path.join(import.meta.dirname, "../docs/benchmarks.md"),
  hanging: path.join(import.meta.dirname, "../docs/benchmarks.md"),
  tree: path.join(import.meta.dirname, "../docs/benchmarks-audit.md"),
  peers: path.join(import.meta.dirname, "../docs/benchmarks-audit.md"),
};
const sizes = [50, 1_000, 10_000] as const;
const openFiles = 50;
const growthSizes = [100, 1_000, 10_000, 100_000] as const;

async function main(args: readonly string[]): Promise<void> {
  const unknown = args.find(
    (arg) => !["--quick", "--write", "--rules", "--typing", "--hanging", "--tree", "--peers"].includes(arg),
  );
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}`);
  if (args.includes("--rules")) return printRules();
  const quick = args.includes("--quick");
  if (args.includes("--typing")) return printTyping(quick);
  const publish = (report: string, part: Part): void => {
    const page = pages[part];
    if (args.includes("--write")) writeFileSync(page, insertReport(readFileSync(page, "utf8"), report, part));
    console.log(report);
  };
  if (args.includes("--hanging")) return publish(await hangingReport(quick), "hanging");
  if (args.includes("--tree")) return publish(await treeReport(quick), "tree");
  if (args.includes("--peers")) return publish(await peersReport(quick, say), "peers");
  const rounds = (measured: number, warmUp: number): Rounds =>
    quick ? { measured: 3, warmUp: 1 } : { measured, warmUp };

  say("bundling, and installing the peer");
  const all = await prepareContestants();
  const texts = benchTexts();

  say("start");
  const start = await measureStart(all.bareNode, [all.trivial, all.plimsoll, all.peer], rounds(25, 2));
  const startToFindings = await measureStartToFindings(
    [all.trivial, all.plimsoll, all.peer],
    dockerfileOf(50),
    rounds(15, 1),
  );
  const keystrokes = new Map<string, ByName>();
  const opens = new Map<string, ByName>();
  const dockerfileServers = [
    ...[all.trivial, all.plimsoll, all.peer],
    ...[all.trivialPulled, all.plimsollPulled],
  ];
  const composeServers = [
    ...[all.trivial, all.plimsoll, ...all.composePeers],
    ...[all.trivialPulled, all.plimsollPulled],
  ];
  const brokenComposeOf = (lines: number): BenchDocument => broken(composeOf(lines));
  for (const [name, documentOf, servers] of [
    ["Dockerfile", dockerfileOf, dockerfileServers],
    ["Compose", composeOf, composeServers],
    ["Compose while it is broken", brokenComposeOf, composeServers],
  ] as const) {
    for (const lines of sizes) {
      const label = `${name}, ${lines.toLocaleString("en")} lines`;
      say(`keystrokes: ${label}`);
      const document = documentOf(lines);
      const many = lines === 10_000 ? rounds(40, 10) : rounds(150, 50);
      const { times, findings } = await measureKeystrokes(servers, document, many);
      keystrokes.set(label, times);
      say(`  findings: ${[...findings].map(([who, count]) => `${who} ${count}`).join("; ")}`);
      if (documentOf === brokenComposeOf) continue;
      say(`first open: ${label}`);
      opens.set(label, await measureFirstOpen(servers, document, rounds(lines === 10_000 ? 7 : 15, 1)));
    }
  }

  say("memory");
  const opened = spread(texts.dockerfiles, openFiles);
  const mixed = [...spread(texts.dockerfiles, openFiles / 2), ...spread(texts.composeFiles, openFiles / 2)];
  const composeFiles = spread(texts.composeFiles, openFiles);
  const anyKind = [all.trivial, all.plimsoll];
  const idle = await measureMemory([...anyKind, all.peer], [], rounds(7, 1));
  const afterDockerfiles = await measureMemory([...anyKind, all.peer], opened, rounds(7, 1));
  const afterMixed = await measureMemory(anyKind, mixed, rounds(7, 1));
  const afterCompose = await measureMemory([...anyKind, ...all.composePeers], composeFiles, rounds(7, 1));

  say("command line");
  const files = [...texts.dockerfiles, ...texts.composeFiles];
  const commandLine = await measureCommandLine(all.commandLine, dockerfileOf(50), files, rounds(11, 1));

  say("rules");
  const costs = measureRules(texts.dockerfiles);
  const growth = measureGrowth(growthSizes);

  const report = reportOf(
    new Date().toISOString().slice(0, 10),
    tables({
      start,
      startToFindings,
      keystrokes,
      opens,
      idle,
      afterDockerfiles,
      afterMixed,
      afterCompose,
      commandLine,
      costs,
      growth,
      source: texts.source,
    }),
    [
      ...targets(all, start, keystrokes, [afterDockerfiles, afterMixed, afterCompose]),
      ...composeTargets(all, keystrokes),
      ...ruleTargets(costs),
    ],
  );
  publish(report, "results");
}

async function hangingReport(quick: boolean): Promise<string> {
  const candidate = await preparePlimsoll();
  const rounds = quick ? { measured: 3, warmUp: 1 } : { measured: 150, warmUp: 50 };
  const values = await measureHanging(candidate, dockerfileOf(1_000), rounds);
  return reportOf(
    new Date().toISOString().slice(0, 10),
    [
      {
        title: "Keystroke while a registry hangs",
        note: "Twenty images of a registry that takes connections and never answers, above the document; both servers run at the same time and take turns.",
        unit: "ms",
        rows: [{ label: "Dockerfile, 1,000 lines", values }],
      },
    ],
    [],
  );
}

function tables(results: {
  readonly start: ByName;
  readonly startToFindings: ByName;
  readonly keystrokes: ReadonlyMap<string, ByName>;
  readonly opens: ReadonlyMap<string, ByName>;
  readonly idle: ByName;
  readonly afterDockerfiles: ByName;
  readonly afterMixed: ByName;
  readonly afterCompose: ByName;
  readonly commandLine: ByName;
  readonly costs: RuleCosts;
  readonly growth: ReadonlyMap<number, number>;
  readonly source: string;
}): readonly Measured[] {
  const rowsOf = (measured: ReadonlyMap<string, ByName>): Measured["rows"] =>
    [...measured].map(([label, values]) => ({ label, values }));
  return [
    {
      title: "Start",
      note: "From starting the process to its answer to `initialize`, and to its first findings; for bare Node, to its first message. Plimsoll answers before its parsers and rules are loaded, so the second row is the one to compare.",
      unit: "ms",
      rows: [
        { label: "to the answer", values: results.start },
        { label: "to the findings of a first Dockerfile of 50 lines", values: results.startToFindings },
      ],
    },
    {
      title: "Keystroke to findings",
      note: "One character typed in the middle of the document; all servers run at the same time and take turns.",
      unit: "ms",
      rows: rowsOf(results.keystrokes),
    },
    {
      title: "First open to first findings",
      note: "In a process that has seen no document before, so nothing is compiled yet.",
      unit: "ms",
      rows: rowsOf(results.opens),
    },
    {
      title: "Memory",
      note: `Resident memory of the process; the documents are ${results.source}, and stay open.`,
      unit: "MB",
      rows: [
        { label: "after `initialize`", values: inMegabytes(results.idle) },
        { label: `${openFiles} Dockerfiles`, values: inMegabytes(results.afterDockerfiles) },
        {
          label: `${openFiles / 2} Dockerfiles, ${openFiles / 2} Compose files`,
          values: inMegabytes(results.afterMixed),
        },
        { label: `${openFiles} Compose files`, values: inMegabytes(results.afterCompose) },
      ],
    },
    {
      title: "Command line",
      note: `Whole processes, with JSON as output; the files are ${results.source}.`,
      unit: "ms",
      rows: [...results.commandLine].map(([label, time]) => ({ label, values: new Map([["time", time]]) })),
    },
    {
      title: "Rules",
      note: `All Dockerfiles together, one after the other (${results.source}), in one process that is warm: reading, scripts included, and the rules on top of it; then generated files, read and judged by every rule.`,
      unit: "ms",
      rows: [
        ["reading", results.costs.parse],
        ["the rules of `recommended`", results.costs.recommended],
        ["every rule", results.costs.all],
        ...[...results.growth].map(([lines, time]) => [sizeLabel(lines), time] as const),
      ].map(([label, time]) => ({
        label: String(label),
        values: new Map([["time", distributionOf([Number(time)])]]),
      })),
    },
    {
      title: "The slowest rules",
      note: "The most that a rule takes on any of these files, what it shares with other rules included.",
      unit: "ms",
      rows: results.costs.slowest.map(({ rule, lines, time }) => ({
        label: `${rule}, on ${lines.toLocaleString("en")} lines`,
        values: new Map([["time", distributionOf([time])]]),
      })),
    },
  ];
}

function targets(
  all: Contestants,
  start: ByName,
  keystrokes: ReadonlyMap<string, ByName>,
  memory: readonly ByName[],
): readonly Target[] {
  const typing = keystrokes.get("Dockerfile, 1,000 lines")!;
  const largest = Math.max(...memory.map((values) => of(values, all.plimsoll))) / 1e6;
  return [
    atLeast(
      "times faster than the peer, keystroke, 1,000 lines, pulled as VS Code does",
      of(typing, all.peer) / of(typing, all.plimsollPulled),
      8,
    ),
    atLeast(
      "times faster than the peer, keystroke, 1,000 lines, pushed",
      of(typing, all.peer) / of(typing, all.plimsoll),
      8,
    ),
    atMost(
      "times the trivial server, keystroke, 1,000 lines, pulled",
      of(typing, all.plimsollPulled) / of(typing, all.trivialPulled),
      2.5,
    ),
    atMost("times the trivial server, start", of(start, all.plimsoll) / of(start, all.trivial), 1.2),
    atMost("memory after 50 files", largest, 80, " MB"),
  ];
}

function composeTargets(all: Contestants, keystrokes: ReadonlyMap<string, ByName>): readonly Target[] {
  const valid = keystrokes.get("Compose, 1,000 lines")!;
  const broken = keystrokes.get("Compose while it is broken, 1,000 lines")!;
  return [
    atMost(
      "times the trivial server, keystroke, Compose, 1,000 lines, pulled",
      of(valid, all.plimsollPulled) / of(valid, all.trivialPulled),
      3,
    ),
    ...all.composePeers.flatMap((other) => [
      atLeast(
        `times faster than ${other.name} that does not wait, keystroke, Compose, 1,000 lines`,
        of(valid, other) / of(valid, all.plimsollPulled),
        5,
      ),
      atLeast(
        `times faster than ${other.name} that does not wait, while the file is broken`,
        of(broken, other) / of(broken, all.plimsollPulled),
        1,
      ),
    ]),
  ];
}

function of(values: ByName, { name }: { readonly name: string }): number {
  return values.get(name)!.median;
}

function atLeast(label: string, ratio: number, aim: number): Target {
  return { label, aim: `≥ ${aim}`, result: ratio.toFixed(2), met: ratio >= aim };
}

function atMost(label: string, value: number, aim: number, unit = ""): Target {
  return { label, aim: `≤ ${aim}${unit}`, result: `${value.toFixed(2)}${unit}`, met: value <= aim };
}

function ruleTargets({ parse, all, slowest }: RuleCosts): readonly Target[] {
  const ratio = all / parse;
  const [first = { rule: "none", lines: 0, time: 0 }] = slowest;
  return [
    {
      label: "every rule, times the reading of the same files",
      aim: "≤ 1.5",
      result: ratio.toFixed(2),
      met: ratio <= 1.5,
    },
    {
      label: `the slowest rule on one file (${first.rule}, ${first.lines} lines)`,
      aim: "≤ 1 ms",
      result: `${first.time.toFixed(2)} ms`,
      met: first.time <= 1,
    },
  ];
}

/** A file beyond the limit is not read, and says so: its time is no measure of reading. */
function sizeLabel(lines: number): string {
  const isRead = dockerfileOf(lines).text.length <= maxTextLength;
  return `a file of ${lines.toLocaleString("en")} lines${isRead ? "" : " (beyond the limit: not checked)"}`;
}

function printRules(): void {
  const costs = measureRules(benchTexts().dockerfiles);
  console.log({ ...costs, growth: measureGrowth(growthSizes) });
}

async function printTyping(quick: boolean): Promise<void> {
  const { trivialPulled, plimsollPulled } = await prepareContestants();
  const rounds = quick ? { measured: 3, warmUp: 1 } : { measured: 150, warmUp: 50 };
  const { times } = await measureKeystrokes([trivialPulled, plimsollPulled], dockerfileOf(1_000), rounds);
  console.log(times, { times: of(times, plimsollPulled) / of(times, trivialPulled) });
}

function inMegabytes(bytes: ByName): ByName {
  return new Map(
    [...bytes].map(([name, { count, median, p90, min }]) => [
      name,
      { count, median: median / 1e6, p90: p90 / 1e6, min: min / 1e6 },
    ]),
  );
}

function say(text: string): void {
  console.error(text);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
