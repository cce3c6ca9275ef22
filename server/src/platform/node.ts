import * as fs from "node:fs";
import path from "node:path";
import { writeInBatches } from "../text/batches";
import type { BytesResult, Clock, DirectoryEntry, Files, Log, ReadResult } from "./ports";

/** Files of a disk, with what only a command line needs beside {@link Files}. */
export interface NodeFiles extends Files {
  /** What stands at a path, links followed; `undefined` where nothing does. */
  kindOf(path: string): Promise<DirectoryEntry["kind"] | undefined>;
  /** {@link Files.write} for a text in pieces, which together may be longer than a string can be. */
  writeAll(path: string, chunks: Iterable<string>): Promise<void>;
}

/** The files of this machine. */
export const nodeFiles: NodeFiles = {
  read: async (file, maxBytes) => {
    const result = readFile(file, maxBytes);
    return result.state === "read" ? decodeText(result.bytes) : result;
  },
  readBytes: async (file, maxBytes) => readFile(file, maxBytes),
  list: listFolder,
  realPath: async (file) => {
    try {
      return withSlashes(fs.realpathSync.native(file));
    } catch {
      return undefined;
    }
  },
  write: (file, text) => writeTextFile(file, [text]),
  writeAll: writeTextFile,
  kindOf: async (file) => {
    const stats = await fs.promises.stat(file).catch(() => undefined);
    return stats === undefined ? undefined : kindOfStats(stats);
  },
};

export const nodeClock: Clock = {
  now: () => Date.now(),
  spent: createStopwatch(),
};

/**
 * Milliseconds for which an answer of the system stands. It is asked for with each rule, of which most take a hundredth of
 * a millisecond; an answer may take the tenth of one, and what is bounded by it may take seconds.
 */
const stopwatchStep = 20;

function createStopwatch(): () => number {
  let askedAt = Number.NEGATIVE_INFINITY;
  let spent = 0;
  return () => {
    const now = performance.now();
    if (now - askedAt < stopwatchStep) return spent;
    askedAt = now;
    const { user, system } = process.cpuUsage();
    spent = (user + system) / 1_000;
    return spent;
  };
}

/** A log that goes to standard error, so that standard output stays what a program can read. */
export const stderrLog: Log = {
  info: (message) => void process.stderr.write(`${message}\n`),
  warn: (message) => void process.stderr.write(`${message}\n`),
  error: (message) => void process.stderr.write(`${message}\n`),
};

/** An absolute path with `/` on every system. */
export function absolutePath(file: string, folder: string = process.cwd()): string {
  return withSlashes(path.resolve(folder, file));
}

/**
 * Decodes the bytes of a text file.
 * @returns the text without its byte-order mark, or why it is none
 */
export function decodeText(bytes: Uint8Array): ReadResult {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { state: "failed", reason: "it is UTF-16, only UTF-8 is read" };
  }
  if (bytes.includes(0)) return { state: "failed", reason: "it is a binary file" };
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  try {
    return { state: "read", text: decoder.decode(marked ? bytes.subarray(3) : bytes) };
  } catch {
    return { state: "failed", reason: "it is not valid UTF-8" };
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Synchronous on purpose: opening, reading and closing one small file in a row is three times faster than through
 * the thread pool. O_NONBLOCK keeps a FIFO from blocking the open for ever, and what was opened is looked at again
 * before it is read, since the path may have changed hands meanwhile.
 */
function readFile(file: string, maxBytes: number): BytesResult {
  let descriptor: number | undefined;
  try {
    const before = fs.statSync(file, { throwIfNoEntry: false });
    if (before === undefined)
      return isLink(file) ? { state: "failed", reason: "the link leads nowhere" } : { state: "absent" };
    const refused = refusal(before, maxBytes);
    if (refused !== undefined) return { state: "failed", reason: refused };
    descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    const opened = fs.fstatSync(descriptor);
    const refusedNow = refusal(opened, maxBytes);
    if (refusedNow !== undefined) return { state: "failed", reason: refusedNow };
    // One byte more than allowed shows a file that grew since.
    const bytes = readUpTo(descriptor, Math.min(maxBytes, Math.max(opened.size, 4096)) + 1);
    if (bytes.length > maxBytes) return { state: "failed", reason: tooLarge(maxBytes) };
    return { state: "read", bytes };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return { state: "absent" };
    return { state: "failed", reason: reasonOf(error) };
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function readUpTo(descriptor: number, most: number): Uint8Array {
  const buffer = Buffer.allocUnsafe(most);
  let length = 0;
  while (length < most) {
    const read = fs.readSync(descriptor, buffer, length, most - length, null);
    if (read === 0) break;
    length += read;
  }
  return buffer.subarray(0, length);
}

function refusal(stats: fs.Stats, maxBytes: number): string | undefined {
  if (stats.isDirectory()) return "it is a folder";
  if (stats.isFIFO()) return "it is a named pipe, not a regular file";
  if (stats.isSocket()) return "it is a socket, not a regular file";
  if (!stats.isFile()) return "it is a device, not a regular file";
  return stats.size > maxBytes ? tooLarge(maxBytes) : undefined;
}

function tooLarge(maxBytes: number): string {
  return `it is larger than ${maxBytes.toLocaleString("en-US")} bytes`;
}

function isLink(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

async function listFolder(folder: string): Promise<readonly DirectoryEntry[]> {
  let entries: fs.Dirent[];
  try {
    entries = await fs.promises.readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new Error(reasonOf(error));
  }
  return entries.map((entry) => {
    const kind = kindOfStats(entry);
    if (kind !== "link") return { name: entry.name, kind };
    const stats = statOrNothing(path.join(folder, entry.name));
    return { name: entry.name, kind, ...(stats && { target: kindOfStats(stats) }) };
  });
}

function statOrNothing(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function kindOfStats(
  stats: Pick<fs.Stats, "isFile" | "isDirectory" | "isSymbolicLink">,
): DirectoryEntry["kind"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  return stats.isSymbolicLink() ? "link" : "other";
}

/** Links are followed first: a rename over a link would put a file in its place and leave the real one as it was. */
async function writeTextFile(file: string, chunks: Iterable<string>): Promise<void> {
  const target = await fs.promises.realpath(file).catch(() => file);
  const old = await fs.promises.stat(target).catch(() => undefined);
  if (old !== undefined && !old.isFile()) throw new Error(`${file} is not a regular file`);
  const mark = old !== undefined && (await beginsWithMark(target)) ? "\ufeff" : "";
  await removeLeftovers(target);
  const temporary = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${process.pid}-${nextSerial()}.tmp`,
  );
  try {
    const handle = await fs.promises.open(temporary, "wx", old === undefined ? 0o666 : old.mode & 0o777);
    try {
      if (mark !== "") await handle.writeFile(mark);
      await writeInBatches(chunks, (text) => handle.writeFile(text));
      if (old !== undefined) await keepOwner(handle, old);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.promises.rename(temporary, target);
  } catch (error) {
    await fs.promises.rm(temporary, { force: true });
    throw new Error(reasonOf(error));
  }
}

/** Milliseconds after which a temporary file belongs to no write that still goes on, here or on another machine. */
const leftoverAge = 3_600_000;

/** Takes away what earlier writes of the same file have left behind because they were killed. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = path.dirname(target);
  const begin = `.${path.basename(target)}.`;
  const names = await fs.promises.readdir(folder).catch((): string[] => []);
  for (const name of names) {
    if (!name.startsWith(begin) || !/^\d{1,10}-\d{1,10}\.tmp$/.test(name.slice(begin.length))) continue;
    const leftover = path.join(folder, name);
    const stats = await fs.promises.lstat(leftover).catch(() => undefined);
    if (stats?.isFile() === true && Date.now() - stats.mtimeMs > leftoverAge)
      await fs.promises.rm(leftover, { force: true }).catch(() => undefined);
  }
}

/** A tool that runs as root must not take a user's files away. Who may not give files away keeps his own. */
async function keepOwner(handle: fs.promises.FileHandle, old: fs.Stats): Promise<void> {
  const made = await handle.stat();
  if (made.uid !== old.uid || made.gid !== old.gid)
    await handle.chown(old.uid, old.gid).catch(() => undefined);
  // After the owner, since a change of owner takes the bits of set-user-id away.
  await handle.chmod(old.mode & 0o7777);
}

async function beginsWithMark(file: string): Promise<boolean> {
  const handle = await fs.promises.open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
    return bytesRead === 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  } finally {
    await handle.close();
  }
}

let serial = 0;

function nextSerial(): number {
  serial += 1;
  return serial;
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "the system does not permit it"],
  ["ELOOP", "its links go round in a circle"],
  ["EMFILE", "too many files are open"],
  ["ENAMETOOLONG", "its path is too long"],
  ["ENOENT", "it does not exist"],
  ["ENOTDIR", "it is not a folder"],
  ["ENOSPC", "the disk is full"],
  ["EROFS", "the disk is read-only"],
]);

/** An error in words for a person, without the path, which its reader already sees. */
function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return (
    (code !== undefined && reasons.get(code)) || (error instanceof Error ? error.message : String(error))
  );
}

function withSlashes(file: string): string {
  return path.sep === "\\" ? file.replaceAll("\\", "/") : file;
}
