import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "./folders";

/** A folder with a Dockerfile, the files that it copies, and a `case.json`. */
export interface BuildCase {
  /** The folder's name. */
  readonly name: string;
  readonly folder: string;
  /** What it shows, without a full stop. */
  readonly title: string;
  /** Rules whose first fix is applied after the safe fixes of all rules, safe or not. */
  readonly unsafe: readonly string[];
  /** Rules of which a fix must have been applied; others may be. */
  readonly applied: readonly string[];
  /** What a user writes for the words that fixes leave open: `SHA256`, `VERSION`. */
  readonly fills: Readonly<Record<string, string>>;
  readonly arguments: Readonly<Record<string, string>>;
  /** Build secrets by id. Whether their values stay in the image is compared too. */
  readonly secrets: Readonly<Record<string, string>>;
  /**
   * What the image prints when it is started, without blanks around it. Where it is given, both images are started,
   * and their output and exit status are compared; what they start must end by itself.
   */
  readonly prints: string | undefined;
  /** A text in the log of a build that must fail. */
  readonly fails: { readonly before?: string; readonly after?: string };
  /** What may and must differ, as `differencesOf` words it. */
  readonly differences: readonly string[];
}

export const casesFolder = path.join(projectRoot, "test/builds/cases");

/**
 * Reads the cases in the order of their names.
 * @throws Error where a `case.json` is not as it should be
 */
export function readCases(): readonly BuildCase[] {
  return readdirSync(casesFolder).sort().map(readCase);
}

const fields: ReadonlySet<string> = new Set(
  "title unsafe applied fills arguments secrets prints fails differences".split(" "),
);

function readCase(name: string): BuildCase {
  const folder = path.join(casesFolder, name);
  const file = path.join(folder, "case.json");
  if (!existsSync(file) || !existsSync(path.join(folder, "Dockerfile")))
    throw new Error(`${name}: a case is a folder with a Dockerfile and a case.json`);
  const read: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isRecord(read) || typeof read.title !== "string") throw new Error(`${name}: case.json has no title`);
  const unknown = Object.keys(read).find((key) => !fields.has(key));
  if (unknown !== undefined) throw new Error(`${name}: case.json has no field ${unknown}`);
  const texts = (key: string): readonly string[] => {
    const value = read[key] ?? [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === "string"))
      throw new Error(`${name}: ${key} must be a list of texts`);
    return value;
  };
  const table = (key: string): Readonly<Record<string, string>> => {
    const value = read[key] ?? {};
    if (!isRecord(value) || !Object.values(value).every((item) => typeof item === "string"))
      throw new Error(`${name}: ${key} must be a table of texts`);
    return value as Readonly<Record<string, string>>;
  };
  return {
    name,
    folder,
    title: read.title,
    unsafe: texts("unsafe"),
    applied: texts("applied"),
    fills: table("fills"),
    arguments: table("arguments"),
    secrets: table("secrets"),
    prints: typeof read.prints === "string" ? read.prints : undefined,
    fails: table("fails"),
    differences: texts("differences"),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
