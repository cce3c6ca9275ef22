import { parseCompose } from "../documents/compose/parse";
import { isCheckedKind, kindOfContent, kindOfPath } from "../documents/kind";
import { maxFileBytes, maxProjectFiles } from "../limits";
import type { Files } from "../platform/ports";
import type { ConfigFiles } from "./configFiles";
import { readContained } from "./contained";
import type { FoundFile } from "./discover";
import { absolute } from "./neighbours";
import { parentOf } from "./paths";

/**
 * The files that Compose files name with `extends:` and `include:` and whose own names do not say what they are
 * (`common.yml`, `infra/db.yaml`): what a service takes from there is said of them, so that somebody has to look. Those that
 * lie beyond the boundary, that are excluded, or that hold no services are left out; of one Compose file at most
 * {@link maxProjectFiles} are taken.
 * @param from Compose files that were found
 * @param known real paths that were found, to which those of the result are added
 */
export async function composePartsOf(
  from: readonly FoundFile[],
  boundary: string,
  files: Files,
  configs: ConfigFiles,
  known: Set<string>,
): Promise<readonly FoundFile[]> {
  const parts: FoundFile[] = [];
  for (const file of from) {
    const open = [file];
    for (let taken = 0; open.length > 0 && taken < maxProjectFiles; taken++) {
      const at = open.pop();
      for (const path of at === undefined ? [] : await namedBy(at, boundary, files)) {
        const part = await partAt(path, boundary, files, configs, known);
        if (part === undefined) continue;
        known.add(part.realPath);
        parts.push(part);
        open.push(part);
      }
    }
  }
  return parts;
}

/** The paths that a Compose file names, absolute, with names that do not say what they are. */
async function namedBy(
  { path, realPath }: FoundFile,
  boundary: string,
  files: Files,
): Promise<readonly string[]> {
  const read = await readContained(files, realPath, boundary, maxFileBytes);
  if (read.state !== "read" || !/\b(?:extends|include)\b/.test(read.text)) return [];
  const folder = parentOf(path) ?? "/";
  const { asked } = parseCompose(read.text).project;
  return [...asked]
    .filter((name) => /\.(?:ya?ml|json)$/i.test(name) && !isCheckedKind(kindOfPath(name)))
    .map((name) => absolute(folder, name));
}

async function partAt(
  path: string,
  boundary: string,
  files: Files,
  configs: ConfigFiles,
  known: ReadonlySet<string>,
): Promise<FoundFile | undefined> {
  const realPath = await files.realPath(path);
  if (realPath === undefined || known.has(realPath)) return undefined;
  const read = await readContained(files, path, boundary, maxFileBytes);
  if (read.state !== "read" || kindOfContent(read.text) !== "compose") return undefined;
  const configured = await configs.of(parentOf(path) ?? path, boundary);
  if (configured.isExcluded(path) || configured.kindOf(path) !== undefined) return undefined;
  return { path, realPath, kind: "compose", configured };
}
