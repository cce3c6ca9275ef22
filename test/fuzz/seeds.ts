import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FuzzInput } from "./input";

const folder = join(__dirname, "seeds");

/** An input that has once found something. */
export interface Seed {
  readonly name: string;
  readonly input: FuzzInput;
}

/** All inputs that have ever failed, in order of their names. */
export function keptSeeds(): readonly Seed[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, input: JSON.parse(readFileSync(join(folder, name), "utf8")) as FuzzInput }));
}

/** Keeps an input, once. Gives its name. */
export function keepSeed(input: FuzzInput): string {
  const text = `${JSON.stringify(input, null, 1)}\n`;
  const name = `${input.target}-${createHash("sha256").update(text).digest("hex").slice(0, 12)}.json`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
}
