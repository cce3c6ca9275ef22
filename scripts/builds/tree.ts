import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from "node:fs";
import path from "node:path";

/** One file, folder or link of an image. Times are left out: no two builds have the same. */
export interface Entry {
  readonly kind: string;
  /** Octal, with the bits for setuid, setgid and sticky. */
  readonly mode: string;
  /** Numeric `uid:gid`. */
  readonly owner: string;
  /** In bytes; 0 for anything but a file. */
  readonly size: number;
  /** SHA-256 of a file's content, or a link's target. */
  readonly content: string;
}

/**
 * What may differ between two builds of the same file, by name: logs, caches with times in them, what the kernel or
 * the builder lays over the image, backups of account files, and Python's compiled files, which hold their source's time.
 */
export const volatile: readonly RegExp[] = [
  /^\/(?:dev|proc|sys|run)(?:\/|$)/,
  /^\/etc\/(?:hosts|hostname|resolv\.conf)$/,
  /^\/etc\/(?:passwd|group|shadow|gshadow)-$/,
  /^\/var\/log\//,
  /^\/var\/cache\/(?:ldconfig|debconf|apt)\//,
  /^\/var\/lib\/dpkg\/(?:status|diversions|statoverride|available)-old$/,
  /\/__pycache__(?:\/|$)/,
  /^\/(?:root|tmp)\/\.(?:npm|cache)\//,
];

/** Reads the tree below a folder, without what is {@link volatile}. */
export function readTree(root: string): ReadonlyMap<string, Entry> {
  const tree = new Map<string, Entry>();
  const pending = [""];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const name of readdirSync(path.join(root, folder))) {
      const inside = `${folder}/${name}`;
      if (volatile.some((pattern) => pattern.test(inside))) continue;
      const stats = lstatSync(path.join(root, inside));
      tree.set(inside, entryOf(path.join(root, inside), inside, stats));
      if (stats.isDirectory()) pending.push(inside);
    }
  }
  return tree;
}

function entryOf(file: string, inside: string, stats: Stats): Entry {
  return {
    kind: kindOf(stats),
    mode: (stats.mode & 0o7777).toString(8).padStart(4, "0"),
    owner: `${stats.uid}:${stats.gid}`,
    size: stats.isFile() ? stats.size : 0,
    content: contentOf(file, inside, stats),
  };
}

function contentOf(file: string, inside: string, stats: Stats): string {
  if (stats.isSymbolicLink()) return readlinkSync(file);
  if (!stats.isFile()) return "";
  const key = `${inside} ${stats.size} ${stats.ctimeMs}`;
  const content = knownContents.get(key) ?? hashOf(file, inside);
  knownContents.set(key, content);
  return content;
}

/**
 * Contents by path, size and time of the last change of the inode: files of a base image, which many trees share, are
 * read once. No build can set that time.
 */
const knownContents = new Map<string, string>();

function hashOf(file: string, inside: string): string {
  const bytes = readFileSync(file);
  const hash = createHash("sha256");
  // The day on which a password was set: a build may last past midnight.
  if (inside === "/etc/shadow") hash.update(bytes.toString("latin1").replace(/:\d{5}:/g, "::"));
  else hash.update(bytes);
  return hash.digest("hex");
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "folder";
  if (stats.isSymbolicLink()) return "link";
  return stats.isFile() ? "file" : "special";
}
