import { maxBrokenYamlLength, maxTextLength, maxYamlDepth, maxYamlProblems } from "../../limits";
import { linesOf } from "../../text/lines";
import { rememberLast } from "../../text/rememberLast";
import type { Problem } from "../document";
import { commentsOf } from "./comments";
import { parseValid } from "./events";
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
  const { documents, problems } =
    text.length > maxTextLength ? unchecked(text, "The file is too long") : read(text);
  return {
    text,
    lines,
    documents,
    comments: commentsOf(text, lines, documents),
    problems: [...problems, ...duplicateKeys(documents)].slice(0, maxYamlProblems),
  };
}

interface Reading {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Problem[];
}

function read(text: string): Reading {
  const valid = parseValid(text, maxYamlDepth);
  if (valid.state === "parsed") return valid;
  if (valid.state === "too-deep") return unchecked(text, tooDeep);
  if (text.length > maxBrokenYamlLength)
    return unchecked(text, "The file is too long to be read with its syntax error");
  const broken = parseBroken(text, maxYamlDepth);
  if (broken === "too-deep") return unchecked(text, tooDeep);
  if (broken.problems.length > 0 || valid.problem.message === toleratedByCompose) return broken;
  return { documents: broken.documents, problems: [valid.problem] };
}

/** js-yaml wants a flow collection's closing bracket to be indented; Compose's own parser does not, and real files rely on it. */
const toleratedByCompose = "deficient indentation";

const tooDeep = `Collections are nested deeper than ${maxYamlDepth} levels`;

function unchecked(text: string, message: string): Reading {
  return {
    documents: [],
    problems: [{ span: { start: 0, end: text.length }, message, effect: "unchecked" }],
  };
}

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
        problems.push({ span: key.span, message: "The key is given twice in this map", effect: "syntax" });
      seen.add(key.value);
    }
  }
  return problems.sort((a, b) => a.span.start - b.span.start);
}
