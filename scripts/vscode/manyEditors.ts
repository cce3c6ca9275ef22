/** Runs the suite with many open editors on real files, and tells what memory the language server took. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { SuiteOutcome } from "./browser";
import { projectRoot, type ReleaseName } from "./install";
import { runSuiteInNodeHost } from "./nodeHost";
import { processes } from "./processes";
import { suites } from "./suites";
import { temporaryFolder } from "./temporaryFolder";

const corpus = path.join(projectRoot, "../shared/corpus");

/** How many files of a kind are opened, and what each is called in a folder of its own. */
const kinds = [
  { kind: "dockerfile", count: 140, name: "Dockerfile" },
  { kind: "compose", count: 60, name: "compose.yaml" },
] as const;

const timeoutMs = 540_000;
const pollMs = 2_000;

/** @returns undefined where there are no real files */
export async function runWithManyEditors(release: ReleaseName): Promise<SuiteOutcome | undefined> {
  if (!existsSync(corpus)) {
    console.log(`no real files to open: ${corpus} is missing`);
    return undefined;
  }
  const folder = temporaryFolder("plimsoll-many-");
  try {
    for (const { kind, count, name } of kinds) {
      const files = readdirSync(path.join(corpus, kind), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();
      for (let index = 0; index < count; index++) {
        const own = path.join(folder.path, `${kind}-${index}`);
        mkdirSync(own);
        // From all over the corpus, in which one project's files stand side by side.
        copyFileSync(files[Math.floor((index * files.length) / count)]!, path.join(own, name));
      }
    }
    let peak: number | undefined;
    // The server ends with the suite, and a process that has ended tells nothing.
    const look = setInterval(() => {
      peak = peakOfServer() ?? peak;
    }, pollMs);
    const outcome = await runSuiteInNodeHost(release, folder.path, suites.many, timeoutMs).finally(() =>
      clearInterval(look),
    );
    return {
      ...outcome,
      lines: [...outcome.lines, `INFO the language server held ${peak ?? "?"} MiB at most`],
    };
  } finally {
    folder.remove();
  }
}

/** What the language server of this project has held at most so far, as the system knows it; in MiB. */
function peakOfServer(): number | undefined {
  const script = path.join(projectRoot, "server/out/server.js");
  const server = processes().find(({ command }) => command.includes(script));
  if (server === undefined) return undefined;
  try {
    const status = readFileSync(`/proc/${server.id}/status`, "utf8");
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return peak === undefined ? undefined : Math.round(Number(peak) / 1024);
  } catch {
    return undefined;
  }
}
