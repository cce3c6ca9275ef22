import { maxBrokenYamlLength, maxTextLength, maxYamlDepth, maxYamlProblems } from "../../limits";
import { linesOf } from "../../text/lines";
import { rememberLast } from "../../text/rememberLast";
import type { Problem } from "../document";
import { readByEntry } from "./byEntry";
import { commentsOf } from "./comments";
import { parseValid, toleratedByCompose } from "./events";
import { parseBroken } from "./tolerant";
import type { YamlDocument, YamlNode, YamlTree } from "./tree";

/**
 * Parses a YAML stream, however broken. Text that YAML allows is read exactly; of other text as much is kept as can be
 * told, with problems of effect `syntax`. Text beyond the bounds gives no documents and a problem of effect `unchecked`.
 *
 * The last tree is kept: a Compose file is read again as soon as the files that it names are there.
 */
export const parseYaml: (text: string) => YamlTree = rememberLast(readTree);

function readTree(text: string): YamlTree {
  const lines = linesOf(text);
  const { documents, problems, reading }: Reading =
    text.length > maxTextLength ? unchecked(text, "The file is too long") : read(text);
  return {
    text,
    lines,
    documents,
    comments: commentsOf(text, lines, documents),
    problems: [...problems, ...duplicateKeys(documents)].slice(0, maxYamlProblems),
    reading,
  };
}

interface Reading {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Problem[];
  readonly reading?: YamlTree["reading"];
}

function read(text: string): Reading {
  const valid = parseValid(text, maxYamlDepth);
  if (valid.state === "parsed") return { ...valid, reading: "exact" };
  if (valid.state === "too-deep") return unchecked(text, tooDeep);
  const byEntry = readByEntry(text, maxYamlDepth);
  if (byEntry === "too-deep") return unchecked(text, tooDeep);
  if (byEntry !== undefined) return { ...byEntry, reading: byEntry.entries };
  if (text.length > maxBrokenYamlLength)
    return unchecked(text, "The file is too long to be read with its syntax error");
  const broken = parseBroken(text, maxYamlDepth);
  if (broken === "too-deep") return unchecked(text, tooDeep);
  if (broken.problems.length > 0 || valid.problem.message === toleratedByCompose) return broken;
  return { documents: broken.documents, problems: [valid.problem] };
}

const tooDeep = `Collections are nested deeper than ${maxYamlDepth} levels`;

function unchecked(text: string, message: string): Reading {
  return {
    documents: [],
    problems: [{ span: { start: 0, end: text.length }, message, effect: "unchecked" }],
  };
}

/** What is said of a key that stands in a map already. */
export const givenTwice = "The key is given twice in this map";

/** A map that names a key twice: Compose refuses it, and other readers keep one of the two in silence. */
export function duplicateKeys(documents: readonly YamlDocument[]): Problem[] {
  const problems: Problem[] = [];
  const waiting: YamlNode[] = documents.map((document) => document.root);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "sequence") for (const item of node.items) waiting.push(item);
    if (node.kind !== "map") continue;
    const seen = new Set<string>();
    for (const { key, value } of node.pairs) {
      waiting.push(key, value);
      if (key.kind !== "scalar" || key.value === "<<") continue;
      if (seen.has(key.value) && problems.length < maxYamlProblems)
        problems.push({ span: key.span, message: givenTwice, effect: "syntax" });
      seen.add(key.value);
    }
  }
  return problems.sort((a, b) => a.span.start - b.span.start);
}
