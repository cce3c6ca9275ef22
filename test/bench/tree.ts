import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OpenedText } from "./measureServers";

export interface TreeSize {
  /** Dockerfiles and Compose files. */
  readonly checked: number;
  /** Files that are none of ours; half of them lie in `node_modules`. */
  readonly others: number;
}

/** How a large organisation's folder looks: so many files to check in each of its projects. */
const checkedInProject = 5;

const sourceFolders = ["src", "src/api", "src/db", "src/web", "tests", "docs"] as const;
const moduleFolders = ["node_modules/a/lib", "node_modules/b/lib", "node_modules/c/dist"] as const;

/**
 * Makes a tree of projects with real files among many others.
 * @param texts taken in turn, as often as needed
 * @returns the paths of the files to check, in the order of their texts
 */
export function makeTree(folder: string, texts: readonly OpenedText[], size: TreeSize): readonly string[] {
  const files: string[] = [];
  const projects = Math.ceil(size.checked / checkedInProject);
  const othersInProject = Math.round(size.others / projects);
  let at = 0;
  for (let project = 0; project < projects; project++) {
    const root = join(folder, `team-${project % 40}`, `project-${project}`);
    for (const name of [...sourceFolders, ...moduleFolders]) mkdirSync(join(root, name), { recursive: true });
    for (let i = 0; i < checkedInProject && at < size.checked; i++, at++) {
      const { fileName, text } = texts[at % texts.length]!;
      const service = join(root, "services", String(i));
      mkdirSync(service, { recursive: true });
      const file = join(service, fileName);
      writeFileSync(file, text);
      files.push(file);
    }
    for (let i = 0; i < othersInProject; i++) {
      const folders = i % 2 === 0 ? sourceFolders : moduleFolders;
      writeFileSync(join(root, folders[i % folders.length]!, `file${i}.js`), "export {};\n");
    }
  }
  return files;
}
