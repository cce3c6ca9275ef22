import type { AuditedFile } from "../audit/result";
import { deepestFolder, mostFolders } from "../shown";

/** Files by folder, not too many folders for a person to compare. */
export interface FolderGroup {
  /** Relative, with `/`; `.` for the top folder. */
  readonly name: string;
  readonly files: readonly AuditedFile[];
}

export const otherFolders = "other folders";

/** Groups files by their folders as deep as {@link mostFolders} allows; the ones with most findings first. */
export function foldersOf(files: readonly AuditedFile[]): readonly FolderGroup[] {
  for (let depth = deepestFolder; depth >= 1; depth--) {
    const groups = groupsAt(files, depth);
    if (groups.length <= mostFolders) return groups;
    if (depth > 1) continue;
    const rest = groups.slice(mostFolders - 1).flatMap((group) => group.files);
    return [...groups.slice(0, mostFolders - 1), { name: otherFolders, files: rest }];
  }
  return [];
}

function groupsAt(files: readonly AuditedFile[], depth: number): readonly FolderGroup[] {
  const groups = new Map<string, AuditedFile[]>();
  for (const file of files) {
    const parts = file.path.split("/").slice(0, -1);
    // What stands before the first folder's name in an absolute path is no folder of its own.
    const name = parts.slice(0, parts[0] === "" ? depth + 1 : depth).join("/") || ".";
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [file]);
    else group.push(file);
  }
  return [...groups]
    .map(([name, members]): FolderGroup => ({ name, files: members }))
    .sort((a, b) => findingsIn(b) - findingsIn(a) || (a.name < b.name ? -1 : 1));
}

function findingsIn({ files }: FolderGroup): number {
  return files.reduce((sum, file) => sum + file.findings.length, 0);
}
