/** The names in an index of git. */
export interface GitIndex {
  /** Relative to the top of the work tree, with `/`. In a sparse index, folders that are left out end in `/`. */
  readonly names: ReadonlySet<string>;
}

/**
 * Reads the names from `.git/index`, versions 2 to 4 (https://git-scm.com/docs/index-format). Pure and bounded by the
 * length of what it is given.
 * @returns undefined for what is no such index, and for a split one, most of whose names stand in another file
 */
export function parseGitIndex(bytes: Uint8Array): GitIndex | undefined {
  // Which hash a repository uses is not written in its index: names in order and of the lengths that are given tell that the guess was right.
  return parseWith(bytes, 20) ?? parseWith(bytes, 32);
}

const signature = 0x44495243;
const splitIndex = 0x6c696e6b;

/** Bytes of an entry before its hash: times, device, inode, mode, owner and size. */
const statLength = 40;

/** The flags of an entry end with the length of its name, or with this number for a longer one. */
const longestNamed = 0xfff;

function parseWith(bytes: Uint8Array, hashLength: number): GitIndex | undefined {
  if (bytes.length < 12 + hashLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4);
  if (view.getUint32(0) !== signature || version < 2 || version > 4) return undefined;
  const end = bytes.length - hashLength;
  const names = new Set<string>();
  let previous: Uint8Array = new Uint8Array(0);
  let at = 12;
  for (let left = view.getUint32(8); left > 0; left--) {
    const flagsAt = at + statLength + hashLength;
    if (flagsAt + 2 > end) return undefined;
    const flags = view.getUint16(flagsAt);
    const isExtended = (flags & 0x4000) !== 0;
    if (isExtended && version === 2) return undefined;
    const nameAt = flagsAt + (isExtended ? 4 : 2);
    const read = version === 4 ? packedName(bytes, nameAt, end, previous) : plainName(bytes, nameAt, end);
    if (read === undefined || read.name.length === 0 || compare(previous, read.name) > 0) return undefined;
    if (Math.min(read.name.length, longestNamed) !== (flags & longestNamed)) return undefined;
    names.add(decoder.decode(read.name));
    previous = read.name;
    // Entries of the older versions are filled up with NULs to a multiple of eight bytes, at least one.
    at = version === 4 ? read.end + 1 : at + 8 * Math.floor((read.end - at) / 8 + 1);
  }
  return at > end || hasSplitIndex(view, at, end) ? undefined : { names };
}

interface ReadName {
  readonly name: Uint8Array;
  /** The offset of the NUL after it. */
  readonly end: number;
}

function plainName(bytes: Uint8Array, from: number, limit: number): ReadName | undefined {
  const end = bytes.indexOf(0, from);
  return end < 0 || end >= limit ? undefined : { name: bytes.subarray(from, end), end };
}

/** A number of bytes to take off the name before, then what follows. */
function packedName(
  bytes: Uint8Array,
  from: number,
  limit: number,
  previous: Uint8Array,
): ReadName | undefined {
  let at = from;
  let byte = bytes[at++] ?? 0;
  let strip = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    if (at >= limit || strip > previous.length) return undefined;
    byte = bytes[at++] ?? 0;
    strip = (strip + 1) * 128 + (byte & 0x7f);
  }
  const rest = plainName(bytes, at, limit);
  if (rest === undefined || strip > previous.length) return undefined;
  const kept = previous.length - strip;
  const name = new Uint8Array(kept + rest.name.length);
  name.set(previous.subarray(0, kept));
  name.set(rest.name, kept);
  return { name, end: rest.end };
}

/** Names are in the order of their bytes; one may come several times while a merge is not done. */
function compare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

function hasSplitIndex(view: DataView, from: number, end: number): boolean {
  for (let at = from; at + 8 <= end; at += 8 + view.getUint32(at + 4))
    if (view.getUint32(at) === splitIndex) return true;
  return false;
}

const decoder = new TextDecoder("utf-8");
