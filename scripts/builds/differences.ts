import type { BuiltImage } from "./buildImage";
import type { Entry } from "./tree";

/**
 * What differs between two images, one line each, sorted: `+ /path` and `- /path` for what came and went,
 * `~ /path mode 0777 -> 0755`, and for the configuration `User "" -> "app"`.
 */
export function differencesOf(before: BuiltImage, after: BuiltImage): readonly string[] {
  return [
    ...treeDifferences(before.tree, after.tree),
    ...tableDifferences(before.configuration, after.configuration),
    ...tableDifferences(before.leaks, after.leaks),
    ...tableDifferences(before.started, after.started),
  ].sort();
}

function treeDifferences(
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
): readonly string[] {
  const lines: string[] = [];
  for (const [path, entry] of before) {
    const other = after.get(path);
    if (other === undefined) lines.push(`- ${path}`);
    else if (other.kind !== entry.kind) lines.push(`~ ${path} ${entry.kind} -> ${other.kind}`);
    else {
      if (other.mode !== entry.mode) lines.push(`~ ${path} mode ${entry.mode} -> ${other.mode}`);
      if (other.owner !== entry.owner) lines.push(`~ ${path} owner ${entry.owner} -> ${other.owner}`);
      if (other.content !== entry.content || other.size !== entry.size) lines.push(`~ ${path} content`);
    }
  }
  for (const path of after.keys()) if (!before.has(path)) lines.push(`+ ${path}`);
  return lines;
}

function tableDifferences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const [old, now] = [before.get(name) ?? "none", after.get(name) ?? "none"];
    return old === now ? [] : [`${name} ${old} -> ${now}`];
  });
}
