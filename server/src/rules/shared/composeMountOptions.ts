import type { ComposeDocument, VolumeMount } from "../../documents/compose/model";
import { placesOf } from "../../documents/yaml/places";
import { entriesOf, scalarOf, spanInScalar, type YamlEntry } from "../../documents/yaml/tree";
import { deleteSpan, insertAt, replaceSpan, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import type { Span } from "../../text/span";

/** An option of a mount in short form, or the value of a key under `bind` in long form. */
export interface MountOption {
  readonly name: string;
  readonly span: Span;
}

/** The words that the engine takes behind the last colon of a short form. */
const words =
  /^(?:ro|rw|z|Z|nocopy|consistent|cached|delegated|r?shared|r?slave|r?private|U|O|noexec|exec|nosuid|suid|nodev|dev)$/;

/** The options of a mount, in both forms; none in a variable. */
export function optionsOf(document: ComposeDocument, mount: VolumeMount): readonly MountOption[] {
  if (mount.form === "long")
    return bindEntries(mount).flatMap(({ key, value }): MountOption[] => {
      const scalar = scalarOf(value);
      return scalar !== undefined && (key === "propagation" || key === "selinux")
        ? [{ name: scalar.value, span: scalar.span }]
        : [];
    });
  const scalar = scalarOf(mount.node);
  const found = scalar === undefined ? undefined : optionList(scalar.value);
  if (scalar === undefined || found === undefined) return [];
  let at = found.from;
  return found.names.map((name) => {
    const from = at;
    at += name.length + 1;
    return { name, span: spanInScalar(document.text, scalar, from, from + name.length) };
  });
}

function optionList(raw: string): { readonly from: number; readonly names: readonly string[] } | undefined {
  const colon = raw.lastIndexOf(":");
  const names = raw.slice(colon + 1).split(",");
  // One colon at least stands before that of the options: between source and target.
  if (raw.indexOf(":") === colon || !names.every((name) => words.test(name))) return undefined;
  return { from: colon + 1, names };
}

function bindEntries(mount: VolumeMount): readonly YamlEntry[] {
  return entriesOf(entriesOf(mount.node).find((entry) => entry.key === "bind")?.value);
}

/**
 * Takes an option of a short form away.
 * @returns undefined for a long form, and where the scalar is not written as it reads
 */
export function removeOption(
  document: ComposeDocument,
  mount: VolumeMount,
  option: MountOption,
): TextEdit | undefined {
  const { start, end } = option.span;
  if (mount.form === "long" || document.text.slice(start, end) !== option.name) return undefined;
  return removeWord(document, option.span);
}

/** Takes a word of a list away with the comma behind it; the last one with the comma or colon before it. */
export function removeWord(document: ComposeDocument, { start, end }: Span): TextEdit {
  return document.text[end] === ","
    ? deleteSpan({ start, end: end + 1 })
    : deleteSpan({ start: start - 1, end });
}

/**
 * Makes a mount read-only.
 * @returns undefined where a short form is not written as it reads, or a long form stands in an unusual way
 */
export function makeReadOnly(document: ComposeDocument, mount: VolumeMount): TextEdit | undefined {
  return mount.form === "long" ? addReadOnlyKey(document, mount) : addReadOnlyOption(document, mount);
}

function addReadOnlyOption(document: ComposeDocument, mount: VolumeMount): TextEdit | undefined {
  const scalar = scalarOf(mount.node);
  if (scalar === undefined || scalar.style === "literal" || scalar.style === "folded") return undefined;
  const options = optionsOf(document, mount);
  const written = options.find((option) => option.name === "rw");
  if (written !== undefined) return replaceSpan(written.span, "ro");
  const quote = scalar.style === "plain" ? 0 : 1;
  return insertAt(scalar.span.end - quote, options.length > 0 ? ",ro" : ":ro");
}

function addReadOnlyKey(document: ComposeDocument, { node }: VolumeMount): TextEdit | undefined {
  const written = entriesOf(node).find((entry) => entry.key === "read_only");
  if (written !== undefined) return replaceSpan(written.value.span, "true");
  const target = entriesOf(node).find((entry) => entry.key === "target");
  if (node.kind !== "map" || target === undefined || target.pair.value.kind !== "scalar") return undefined;
  const { end } = target.pair.value.span;
  if (node.flow) return insertAt(end, ", read_only: true");
  if (placesOf(document.tree).pairAt(target.keySpan) === undefined) return undefined;
  const { column } = document.lines.at(node.span.start);
  const { line } = document.lines.at(end);
  return insertAt(
    document.lines.contentOf(line).end,
    `${lineBreakOf(document.text)}${" ".repeat(column)}read_only: true`,
  );
}
