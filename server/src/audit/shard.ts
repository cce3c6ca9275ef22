import { hashOf } from "../text/hash";

/** Which part of a run this is, where several machines share one. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** A part of a run, and what must be equal in all of its parts. */
export interface ShardMark extends Shard {
  /** A name for the run: the rules, the arguments, and every path that was found, whoever checked it. */
  readonly run: string;
}

/** Decides which paths belong to a shard, and remembers all that it was asked about. */
export interface Sharding {
  /** @param path as the result names it */
  owns(path: string): boolean;
  mark(): ShardMark;
}

/**
 * The number of the shard, from 1, that a path belongs to. It depends on the path alone, so that every machine comes to
 * the same, and a file stays where it is when others come and go.
 */
export function shardOf(path: string, count: number): number {
  return (mixed(Number.parseInt(hashOf(path).slice(0, 8), 16)) % count) + 1;
}

/**
 * @param settings what else must be equal in all parts, as text
 */
export function createSharding(shard: Shard, settings: string): Sharding {
  // A sum, since paths come in no particular order.
  let paths = 0;
  let found = 0;
  return {
    owns(path) {
      paths = (paths + mixed(Number.parseInt(hashOf(path).slice(8), 16))) >>> 0;
      found++;
      return shardOf(path, shard.count) === shard.index;
    },
    mark: () => ({ ...shard, run: hashOf(`${settings}\n${found}\n${paths}`) }),
  };
}

/** The finalizer of MurmurHash3 (public domain): every bit of the input reaches those that a remainder looks at. */
function mixed(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
