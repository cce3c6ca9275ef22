import { createHash, createHmac, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import path from "node:path";
import { maxCacheBuilds, maxCacheBytes, maxCacheSegments } from "../limits";
import { type Entry, entryText, isSegment, readSegment, type Segment, sealed } from "./nodeCacheSegment";
import type { ResultCache } from "./ports";

export interface CacheSetup {
  /** Absolute; made where it does not exist. */
  readonly folder: string;
  /** Names the program: what another one has kept here is not looked at. */
  readonly build: string;
  /** With it, only what was written with the same key is believed. */
  readonly key: string | undefined;
  /** Called with a sentence where something is wrong with the cache, which is then done without. */
  warn(message: string): void;
}

/** A cache that must be closed when the run has ended. */
export interface NodeCache extends ResultCache {
  close(): void;
}

/** Bytes of results that are written at once: what a run that is killed loses at most. */
const batchBytes = 1_000_000;

/**
 * Opens a cache on the disk. Each run only adds a file of its own, in whole blocks that carry a seal, so that several
 * runs may share a folder, and one that is killed leaves what it had written for the next.
 */
export function openCache(setup: CacheSetup): NodeCache | undefined {
  const folder = path.join(setup.folder, nameOfBuild(setup.build));
  try {
    prepare(setup.folder, folder);
    return createCache(folder, setup);
  } catch (error) {
    setup.warn(`the cache is not used: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function createCache(folder: string, { key, warn }: CacheSetup): NodeCache {
  const seal = (bytes: Uint8Array): string =>
    (key === undefined ? createHash("sha256") : createHmac("sha256", key)).update(bytes).digest("hex");
  const segments = segmentsIn(folder).map((file) => readSegment(file, seal));
  const unread = segments.filter((segment) => segment.damaged).length;
  if (unread > 0) warn(`${unread} of ${segments.length} parts of the cache cannot be read and are left out`);
  // Newer ones win; they say the same in any case.
  const index = new Map<string, { readonly segment: Segment; readonly entry: Entry }>();
  for (const segment of segments)
    for (const [name, entry] of segment.entries) index.set(name, { segment, entry });

  let descriptor: number | undefined;
  let batch: string[] = [];
  let length = 0;
  let failed = false;
  const flush = (): void => {
    if (batch.length === 0 || failed) return;
    try {
      descriptor ??= fs.openSync(path.join(folder, newName()), "ax", 0o600);
      fs.appendFileSync(descriptor, sealed(batch.join(""), seal));
    } catch (error) {
      failed = true;
      warn(`the cache cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    batch = [];
    length = 0;
  };
  const textAt = ({ segment, entry }: { readonly segment: Segment; readonly entry: Entry }): string => {
    const bytes = Buffer.allocUnsafe(entry.length);
    const read = fs.readSync(segment.descriptor, bytes, 0, entry.length, entry.start);
    return bytes.toString("utf8", 0, read);
  };
  return {
    keyOf(parts) {
      const hash = createHash("sha256");
      // Lengths tell parts apart that would read alike in a row.
      for (const part of parts) hash.update(`${part.length}\n`).update(part);
      return hash.digest("hex").slice(0, 32);
    },
    get(name) {
      const found = index.get(name);
      return found && textAt(found);
    },
    put(name, value) {
      const line = entryText(name, value);
      batch.push(line);
      length += line.length;
      if (length >= batchBytes) flush();
    },
    close() {
      flush();
      if (descriptor !== undefined) fs.closeSync(descriptor);
      const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
      if (unread > 0 || segments.length >= maxCacheSegments || bytes > maxCacheBytes)
        compact(folder, segments, seal, textAt);
      for (const segment of segments) if (segment.descriptor >= 0) fs.closeSync(segment.descriptor);
    },
  };
}

/** Puts what this run found here into one file, the newest first, half of what is allowed at most. */
function compact(
  folder: string,
  segments: readonly Segment[],
  seal: (bytes: Uint8Array) => string,
  textAt: (found: { readonly segment: Segment; readonly entry: Entry }) => string,
): void {
  const target = path.join(folder, newName());
  const temporary = `${target}.tmp`;
  try {
    const descriptor = fs.openSync(temporary, "wx", 0o600);
    try {
      const written = new Set<string>();
      let bytes = 0;
      for (const segment of segments.toReversed()) {
        const lines: string[] = [];
        for (const [name, entry] of segment.entries) {
          if (written.has(name) || bytes + entry.length > maxCacheBytes / 2) continue;
          written.add(name);
          bytes += entry.length;
          lines.push(entryText(name, textAt({ segment, entry })));
        }
        if (lines.length > 0) fs.appendFileSync(descriptor, sealed(lines.join(""), seal));
      }
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, target);
    for (const { file } of segments) fs.rmSync(file, { force: true });
  } catch {
    // The old files still stand, and the next run tries again.
    fs.rmSync(temporary, { force: true });
  }
}

/** In order of age, the newest last. */
function segmentsIn(folder: string): readonly string[] {
  return fs
    .readdirSync(folder)
    .filter(isSegment)
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, time: fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.time - b.time || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file);
}

function newName(): string {
  return `${randomBytes(8).toString("hex")}.results`;
}

function nameOfBuild(build: string): string {
  return createHash("sha256").update(build).digest("hex").slice(0, 16);
}

/** Makes the folders, says to backup programs and to Git what they are, and removes what older programs left. */
function prepare(top: string, folder: string): void {
  if (fs.existsSync(folder)) return;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(
    path.join(top, "CACHEDIR.TAG"),
    "Signature: 8a477f597d28d172789f06886806bc55\n# Made by Plimsoll; may be removed at any time.\n",
  );
  fs.writeFileSync(path.join(top, ".gitignore"), "*\n");
  const builds = fs
    .readdirSync(top, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name))
    .map(({ name }) => ({ name, time: fs.statSync(path.join(top, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { name } of builds.slice(maxCacheBuilds)) removeBuild(path.join(top, name));
}

/** Removes our own files alone, and the folder where nothing else is in it. */
function removeBuild(folder: string): void {
  for (const name of fs.readdirSync(folder))
    if (isSegment(name)) fs.rmSync(path.join(folder, name), { force: true });
  try {
    fs.rmdirSync(folder);
  } catch {
    // Something that is not ours lies in it: it stays.
  }
}
