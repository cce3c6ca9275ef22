import * as fs from "node:fs";
import { maxCacheBytes, maxCacheHeaderBytes } from "../limits";

/** Where the value of an entry stands in its file, in bytes. */
export interface Entry {
  readonly start: number;
  readonly length: number;
}

/** One file of a cache: blocks of entries, each block with a seal. */
export interface Segment {
  readonly file: string;
  /** Open for reading, or -1. */
  readonly descriptor: number;
  readonly bytes: number;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Whether something in it was left out: not ours, changed, or cut off. */
  readonly damaged: boolean;
}

export function isSegment(name: string): boolean {
  return /^[0-9a-f]{16}\.results$/.test(name);
}

/** A line of a block. */
export function entryText(key: string, value: string): string {
  return `${key} ${value}\n`;
}

/** A block as it is written: its length in bytes and its seal, then its lines. */
export function sealed(lines: string, seal: (bytes: Uint8Array) => string): Buffer {
  const payload = Buffer.from(lines, "utf8");
  return Buffer.concat([Buffer.from(`plimsoll 1 ${payload.length} ${seal(payload)}\n`), payload]);
}

/** Reads the keys of a file as far as its seals hold. Never throws. */
export function readSegment(file: string, seal: (bytes: Uint8Array) => string): Segment {
  const entries = new Map<string, Entry>();
  let descriptor = -1;
  let at = 0;
  let bytes = 0;
  try {
    descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
    const stats = fs.fstatSync(descriptor);
    bytes = stats.size;
    if (!stats.isFile() || bytes > maxCacheBytes) return { file, descriptor, bytes, entries, damaged: true };
    while (at < bytes) {
      const block = readBlock(descriptor, at, bytes, seal);
      if (block === undefined) break;
      addEntries(block.payload, block.start, entries);
      at = block.start + block.payload.length;
    }
  } catch {
    return { file, descriptor, bytes, entries, damaged: true };
  }
  return { file, descriptor, bytes, entries, damaged: at < bytes };
}

function readBlock(
  descriptor: number,
  at: number,
  end: number,
  seal: (bytes: Uint8Array) => string,
): { readonly start: number; readonly payload: Buffer } | undefined {
  const head = Buffer.alloc(Math.min(maxCacheHeaderBytes, end - at));
  fs.readSync(descriptor, head, 0, head.length, at);
  const line = head.toString("latin1", 0, Math.max(0, head.indexOf(10)));
  const [, length, wanted] = /^plimsoll 1 (\d{1,10}) ([0-9a-f]{64})$/.exec(line) ?? [];
  const start = at + line.length + 1;
  if (length === undefined || start + Number(length) > end) return undefined;
  const payload = Buffer.allocUnsafe(Number(length));
  const read = fs.readSync(descriptor, payload, 0, payload.length, start);
  return read === payload.length && seal(payload) === wanted ? { start, payload } : undefined;
}

const keyLength = 32;

function addEntries(payload: Buffer, start: number, entries: Map<string, Entry>): void {
  for (let at = 0; at < payload.length; ) {
    const end = payload.indexOf(10, at);
    if (end < 0) return;
    const key = payload.toString("latin1", at, at + keyLength);
    const value = at + keyLength + 1;
    entries.set(key, { start: start + value, length: end - value });
    at = end + 1;
  }
}
