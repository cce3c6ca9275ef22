import { parseYaml } from "../documents/yaml/parse";
import { entriesOf, isNull, type YamlNode } from "../documents/yaml/tree";
import { applyEdits, insertAt, type TextEdit } from "../text/edit";
import { lineBreakOf } from "../text/lines";
import type { IgnoreNote } from "./ignoreEdits";

/** What is to be silenced: a rule, everywhere or in the files of one path. */
export interface Silencing {
  readonly rule: string;
  /** Relative to the folder of `plimsoll.yaml`, with `/`, see {@link canBePath}. */
  readonly path?: string;
  readonly note?: IgnoreNote;
}

/** Whether a path means itself where a glob is wanted, and needs no more than quotes in YAML. */
export function canBePath(path: string): boolean {
  return /^[^*?[\]{}!\\"\p{Cc}]+$/u.test(path);
}

/** A `plimsoll.yaml` that does nothing but silence one rule, for a repository that has none. */
export function newRepositoryIgnore(silencing: Silencing): string {
  return `ignore:\n  - ${blockEntry(silencing, "    ", "\n")}\n`;
}

function blockEntry(silencing: Silencing, indent: string, lineBreak: string): string {
  return fieldsOf(silencing).join(`${lineBreak}${indent}`);
}

function flowEntry(silencing: Silencing): string {
  return `{ ${fieldsOf(silencing).join(", ")} }`;
}

function fieldsOf({ rule, path, note = {} }: Silencing): readonly string[] {
  return [
    `rule: ${rule}`,
    ...(path === undefined ? [] : [`path: "${path}"`]),
    // What JSON writes is a text in quotes to YAML, too.
    ...(note.reason ? [`reason: ${JSON.stringify(note.reason)}`] : []),
    ...(note.until === undefined ? [] : [`until: ${note.until}`]),
  ];
}

/**
 * The edit that adds an entry to `ignore:` of a `plimsoll.yaml`, in the layout that is there.
 * @returns `undefined` where the file has no place for it: broken YAML, several documents, or another shape
 */
export function repositoryIgnoreEdit(text: string, silencing: Silencing): TextEdit | undefined {
  const tree = parseYaml(text);
  const root = tree.documents[0]?.root;
  if (tree.problems.length > 0 || tree.documents.length > 1) return undefined;
  if (root !== undefined && root.kind !== "map" && !isNull(root)) return undefined;
  const edit = addEntry(text, root, silencing);
  if (edit === undefined || parseYaml(applyEdits(text, [edit])).problems.length > 0) return undefined;
  return edit;
}

function addEntry(text: string, root: YamlNode | undefined, silencing: Silencing): TextEdit | undefined {
  const lineBreak = lineBreakOf(text);
  const block = blockEntry(silencing, "    ", lineBreak);
  const entry = entriesOf(root).find(({ key }) => key === "ignore");
  if (entry === undefined) {
    if (root?.kind === "map" && root.flow) return undefined;
    const ended = text === "" || /[\r\n]$/.test(text);
    return insertAt(text.length, `${ended ? "" : lineBreak}ignore:${lineBreak}  - ${block}${lineBreak}`);
  }
  const value = entry.pair.value;
  if (isNull(value)) {
    const colon = text.indexOf(":", entry.keySpan.end);
    if (colon < 0 || value.span.end > value.span.start) return undefined;
    return insertAt(colon + 1, `${lineBreak}  - ${block}`);
  }
  if (value.kind !== "sequence") return undefined;
  if (value.flow)
    return insertAt(
      value.span.start + 1,
      value.items.length === 0 ? flowEntry(silencing) : `${flowEntry(silencing)}, `,
    );
  const lineStart =
    Math.max(text.lastIndexOf("\n", value.span.start - 1), text.lastIndexOf("\r", value.span.start - 1)) + 1;
  const indentation = text.slice(lineStart, value.span.start);
  if (indentation.trim() !== "") return undefined;
  const own = blockEntry(silencing, `${indentation}  `, lineBreak);
  return insertAt(endOfLastLine(text, value.span.end), `${lineBreak}${indentation}- ${own}`);
}

/** The end of the line on which a block ends, a comment behind it included. */
function endOfLastLine(text: string, blockEnd: number): number {
  let end = blockEnd;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}
