import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Candidate, plainEnvironment, type Session, startSession } from "./client";
import type { BenchDocument } from "./documents";
import { type Distribution, interleaved } from "./statistics";

/** Measurements of one thing by the name of who was measured. */
export type ByName = ReadonlyMap<string, Distribution>;

/** How often things are measured. */
export interface Rounds {
  readonly measured: number;
  readonly warmUp: number;
}

/** The milliseconds from starting a process to its answer to `initialize`; for bare Node, to its first sign of life. */
export async function measureStart(
  bareNode: string,
  candidates: readonly Candidate[],
  rounds: Rounds,
): Promise<ByName> {
  return inWorkspace(async (workspace) => {
    const all: readonly (Candidate | undefined)[] = [undefined, ...candidates];
    const times = await interleaved(all, rounds.measured, rounds.warmUp, async (candidate) => {
      if (candidate === undefined) return startBareNode(bareNode);
      const session = await startSession(candidate, workspace);
      await session.stop();
      return session.startTime;
    });
    return new Map([...times].map(([candidate, time]) => [candidate?.name ?? "bare Node", time]));
  });
}

/** The milliseconds from opening a document in a server that has seen none before to what was found in it. */
export function measureFirstOpen(
  candidates: readonly Candidate[],
  document: BenchDocument,
  rounds: Rounds,
): Promise<ByName> {
  return measureFirst(candidates, document, rounds, (_, open) => open);
}

function measureFirst(
  candidates: readonly Candidate[],
  document: BenchDocument,
  rounds: Rounds,
  timeOf: (session: Session, open: number) => number,
): Promise<ByName> {
  return inWorkspace(async (workspace) => {
    const times = await interleaved(candidates, rounds.measured, rounds.warmUp, async (candidate) => {
      const session = await startSession(candidate, workspace);
      const uri = `${workspace}/${document.fileName}`;
      const open = await session.open(uri, document.languageId, document.text);
      await session.stop();
      return timeOf(session, open);
    });
    return byName(times, (candidate) => candidate);
  });
}

/** The milliseconds from starting a process to what is found in the first document that is opened. */
export function measureStartToFindings(
  candidates: readonly Candidate[],
  document: BenchDocument,
  rounds: Rounds,
): Promise<ByName> {
  return measureFirst(candidates, document, rounds, (session, open) => session.startTime + open);
}

/** The milliseconds from typing a character to what is found then, with all servers running at the same time. */
export function measureKeystrokes(
  candidates: readonly Candidate[],
  document: BenchDocument,
  rounds: Rounds,
): Promise<{ readonly times: ByName; readonly findings: ReadonlyMap<string, number> }> {
  return inWorkspace(async (workspace) => {
    const uri = `${workspace}/${document.fileName}`;
    const sessions: Session[] = [];
    for (const candidate of candidates) {
      const session = await startSession(candidate, workspace);
      sessions.push(session);
      await session.open(uri, document.languageId, document.text);
    }
    const typed = new Map<Session, number>();
    const times = await interleaved(sessions, rounds.measured, rounds.warmUp, (session) => {
      const count = typed.get(session) ?? 0;
      typed.set(session, count + 1);
      const { line, character } = document.caret;
      return session.type(uri, "x", { line, character: character + count });
    });
    const findings = new Map(sessions.map((session) => [session.candidate.name, session.findings]));
    for (const session of sessions) await session.stop();
    return { times: byName(times, (session) => session.candidate), findings };
  });
}

/** What is opened in {@link measureMemory}. */
export interface OpenedText {
  readonly languageId: string;
  readonly fileName: string;
  readonly text: string;
}

/** The resident bytes of servers that have checked some documents and keep them open. */
export function measureMemory(
  candidates: readonly Candidate[],
  texts: readonly OpenedText[],
  rounds: Rounds,
): Promise<ByName> {
  return inWorkspace(async (workspace) => {
    const sizes = await interleaved(candidates, rounds.measured, rounds.warmUp, async (candidate) => {
      const session = await startSession(candidate, workspace);
      for (const [at, { languageId, fileName, text }] of texts.entries()) {
        await session.open(`${workspace}/${at}/${fileName}`, languageId, text);
      }
      const size = session.memory();
      await session.stop();
      return size;
    });
    return byName(sizes, (candidate) => candidate);
  });
}

async function startBareNode(file: string): Promise<number> {
  const before = performance.now();
  const child = fork(file, [], { execArgv: [], env: plainEnvironment() });
  await once(child, "message");
  const time = performance.now() - before;
  await once(child, "exit");
  return time;
}

async function inWorkspace<Result>(work: (uri: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    return await work(pathToFileURL(folder).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function byName<Key>(measured: ReadonlyMap<Key, Distribution>, candidateOf: (key: Key) => Candidate): ByName {
  return new Map([...measured].map(([key, value]) => [candidateOf(key).name, value]));
}
