import { join } from "node:path";
import { root } from "../../scripts/bundles";
import { measurePeers } from "./measurePeers";
import { measurePeersOnTree } from "./measurePeersOnTree";
import type { OpenedText } from "./measureServers";
import { measureTree } from "./measureTree";
import { installPeers, type Peer, type PeerKind } from "./peers";
import { reportOf, type Target } from "./report";
import { prepareTreePrograms } from "./servers";
import { distributionOf } from "./statistics";
import { benchTexts, spread } from "./texts";
import type { TreeSize } from "./tree";

const today = (): string => new Date().toISOString().slice(0, 10);

const sizeOf = (quick: boolean): TreeSize =>
  quick ? { checked: 1_000, others: 20_000 } : { checked: 10_000, others: 200_000 };

const count = (files: number): string => files.toLocaleString("en");

/** What a check of many files among many others takes, beside finding and reading them alone, as Markdown. */
export async function treeReport(quick: boolean): Promise<string> {
  const { dockerfiles, composeFiles, source } = benchTexts();
  const size = sizeOf(quick);
  const texts = [...dockerfiles, ...composeFiles];
  const rows = await measureTree(await prepareTreePrograms(), texts, size, quick ? 1 : 5);
  const [bare, check, cold, warm] = rows.map(({ processor }) => processor.median);
  const memory = Math.max(...rows.slice(1).map((row) => row.memory)) / 1e6;
  const target = (label: string, value: number, aim: number, atMost: boolean, unit: string): Target => ({
    label,
    aim: `${atMost ? "≤" : "≥"} ${aim}${unit}`,
    result: `${value.toFixed(1)}${unit}`,
    met: atMost ? value <= aim : value >= aim,
  });
  return reportOf(
    today(),
    [
      {
        title: "A large tree",
        note: `${count(size.checked)} files to check (${source}, as often as needed) among ${count(size.others)} others: whole processes, which take turns.`,
        unit: "ms",
        rows: rows.map(({ name, time, processor }) => ({
          label: name,
          values: new Map([
            ["time", time],
            ["processor time", processor],
          ]),
        })),
      },
      {
        title: "Memory in a large tree",
        note: "The most resident memory that each process ever had.",
        unit: "MB",
        rows: rows.map((row) => ({
          label: row.name,
          values: new Map([["memory", distributionOf([row.memory / 1e6])]]),
        })),
      },
    ],
    [
      target("processor time of a check, times that of find and read", check! / bare!, 15, true, ""),
      target("the most memory", memory, 300, true, " MB"),
      target("times faster with a warm cache than with a cold one", cold! / warm!, 3, false, ""),
    ],
  );
}

/** Files of each kind that every tool gets. */
const peerFiles = 100;

/** Milliseconds that a tool gets for a large tree. */
const peerTreeTime = 600_000;

/** What other tools take for the same files, as Markdown. */
export async function peersReport(quick: boolean, say: (text: string) => void): Promise<string> {
  const { dockerfiles, composeFiles, source } = benchTexts();
  const { commandLine } = await prepareTreePrograms();
  const own: Peer = {
    name: "Plimsoll",
    kinds: ["Dockerfiles", "Compose files"],
    runs: (folder) => [[process.execPath, commandLine, "check", "--format", "json", folder]],
  };
  const absent: string[] = [];
  const peers = installPeers(join(root, ".cache/bench/peers"), (text) => {
    absent.push(text);
    say(text);
  });
  const many = quick ? 10 : peerFiles;
  const results = await measurePeers(
    [own, ...peers],
    new Map([
      ["Dockerfiles", spread(dockerfiles, many)],
      ["Compose files", spread(composeFiles, many)],
    ]),
    quick ? { measured: 1, warmUp: 0 } : { measured: 3, warmUp: 1 },
  );
  const size = sizeOf(quick);
  const byKind = new Map<PeerKind, readonly OpenedText[]>([
    ["Dockerfiles", dockerfiles],
    ["Compose files", composeFiles],
  ]);
  const onTree = await measurePeersOnTree([own, ...peers], byKind, size, peerTreeTime);
  const late = onTree.filter(({ time }) => time === undefined).map(({ name }) => name);
  const stopped =
    late.length === 0 ? "" : ` Not done after ${peerTreeTime / 60_000} minutes: ${late.join(", ")}.`;
  const missing = absent.length === 0 ? "" : ` ${absent.join("; ")}.`;
  return reportOf(
    today(),
    [
      {
        title: "Other tools",
        note: `The same files (${source}) for each, in whole processes that take turns, JSON as output; one process for all files where the tool takes several. They check other things, and fewer or more of them.${missing}`,
        unit: "ms",
        rows: [...results].map(([label, values]) => ({ label, values })),
      },
      {
        title: "Other tools in a large tree",
        note: `${count(size.checked)} files to check (${source}, as often as needed) among ${count(size.others)} others, each tool once. It checks those of its kinds; hadolint and dockerfilelint look for none themselves and are given their names.${stopped}`,
        unit: "ms",
        rows: onTree.flatMap(({ name, kinds, time }) =>
          time === undefined
            ? []
            : [
                {
                  label: `${name}: ${kinds.join(" and ")}`,
                  values: new Map([["time", distributionOf([time])]]),
                },
              ],
        ),
      },
    ],
    [],
  );
}
