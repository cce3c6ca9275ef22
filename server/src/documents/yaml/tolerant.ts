import {
  Composer,
  CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  Parser,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { type Span, spanWithin } from "../../text/span";
import { firstLineOf } from "../../text/visible";
import type { Problem } from "../document";
import type { ScalarStyle, YamlDocument, YamlNode, YamlPair } from "./tree";

/**
 * Reads as much as it can of a text with syntax errors: the only file that imports `yaml`.
 *
 * Its composer recurses, and a stack overflow inside it can abort the process, so that the depth is measured on the
 * token tree first, which is built without recursion.
 * @param outer what aliases may stand for besides what stands in the text
 */
export function parseBroken(
  text: string,
  maxDepth: number,
  outer?: ReadonlyMap<string, YamlNode>,
): { readonly documents: readonly YamlDocument[]; readonly problems: readonly Problem[] } | "too-deep" {
  try {
    const tokens = [...new Parser().parse(text)];
    if (tokens.some((token) => isDeeper(token, maxDepth))) return "too-deep";
    return compose(text, tokens, outer);
  } catch (error) {
    const message =
      error instanceof Error ? firstLineOf(error.message) : "the text could not be read as YAML";
    return {
      documents: [],
      problems: [{ span: { start: 0, end: text.length }, message, effect: "unchecked" }],
    };
  }
}

function isDeeper(token: CST.Token, maxDepth: number): boolean {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = [{ token, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.token.type === "document" && next.token.value !== undefined)
      waiting.push({ token: next.token.value, depth: next.depth });
    if (!CST.isCollection(next.token)) continue;
    const depth = next.depth + 1;
    if (depth > maxDepth) return true;
    for (const { key, value } of next.token.items) {
      if (key) waiting.push({ token: key, depth });
      if (value) waiting.push({ token: value, depth });
    }
  }
  return false;
}

function compose(
  text: string,
  tokens: readonly CST.Token[],
  outer: ReadonlyMap<string, YamlNode> | undefined,
): { readonly documents: readonly YamlDocument[]; readonly problems: readonly Problem[] } {
  // The failsafe schema reads every scalar as the string that stands there.
  const composer = new Composer({
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents: YamlDocument[] = [];
  const problems: Problem[] = [];
  for (const document of composer.compose(tokens, false, text.length)) {
    const builder: Builder = { text, anchors: new Map(), outer, problems };
    for (const error of document.errors) {
      const [start, end] = error.pos;
      problems.push({
        span: spanWithin(text, start, end),
        message: firstLineOf(error.message),
        effect: "syntax",
      });
    }
    if (document.contents) documents.push({ root: convert(builder, document.contents) });
  }
  return { documents, problems };
}

interface Builder {
  readonly text: string;
  readonly anchors: Map<string, YamlNode>;
  readonly outer: ReadonlyMap<string, YamlNode> | undefined;
  readonly problems: Problem[];
}

/** Recursion is bounded by the depth that was measured before. */
function convert(builder: Builder, node: ParsedNode | Node): YamlNode {
  const converted = convertContent(builder, node);
  if (converted.anchor !== undefined) builder.anchors.set(converted.anchor, converted);
  return converted;
}

function convertContent(builder: Builder, node: ParsedNode | Node): YamlNode {
  const [start, end] = node.range ?? [0, 0, 0];
  const span = spanWithin(builder.text, start, end);
  const tag = node.tag?.replace("tag:yaml.org,2002:", "!!");
  if (isAlias(node)) {
    const target = builder.anchors.get(node.source) ?? builder.outer?.get(node.source);
    if (target === undefined)
      builder.problems.push({
        span,
        message: "No anchor of this name stands before the alias",
        effect: "syntax",
      });
    return { kind: "alias", span, tag, anchor: undefined, name: node.source, target };
  }
  if (isMap(node)) {
    const pairs: YamlPair[] = [];
    for (const pair of node.items) {
      const key = child(builder, pair.key, span.start);
      pairs.push({ key, value: child(builder, pair.value, key.span.end) });
    }
    const last = pairs[pairs.length - 1]?.value;
    return { kind: "map", ...collection(node, span, last), tag, pairs };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => child(builder, item, span.start));
    return { kind: "sequence", ...collection(node, span, items[items.length - 1]), tag, items };
  }
  const anchor = isScalar(node) ? node.anchor : undefined;
  const value = isScalar(node) && typeof node.value === "string" ? node.value : "";
  const style = isScalar(node) ? styleOf(node.type) : "plain";
  return { kind: "scalar", span: withoutBlankEnd(builder.text, span, style), tag, anchor, value, style };
}

/** A block collection ends with its last part: here, the range that the parser gives it includes the line break. */
function collection(
  node: YAMLMap | YAMLSeq,
  span: Span,
  last: YamlNode | undefined,
): { readonly span: Span; readonly anchor: string | undefined; readonly flow: boolean } {
  const flow = node.flow === true;
  const end = flow || last === undefined ? span.end : Math.max(span.start, last.span.end);
  return { span: { start: span.start, end }, anchor: node.anchor, flow };
}

/** A pair's part; where there is none, an absent scalar at the given offset. */
function child(builder: Builder, part: unknown, at: number): YamlNode {
  if (isNodeOrPair(part)) return convert(builder, part);
  return {
    kind: "scalar",
    span: { start: at, end: at },
    tag: undefined,
    anchor: undefined,
    value: "",
    style: "plain",
  };
}

function isNodeOrPair(part: unknown): part is Node {
  return isAlias(part) || isMap(part) || isSeq(part) || isScalar(part);
}

function withoutBlankEnd(text: string, span: Span, style: ScalarStyle): Span {
  let { start, end } = span;
  if (style === "literal" || style === "folded") while (end > start && /\s/.test(text[end - 1]!)) end--;
  return { start, end };
}

function styleOf(type: string | undefined | null): ScalarStyle {
  if (type === "QUOTE_SINGLE") return "single";
  if (type === "QUOTE_DOUBLE") return "double";
  if (type === "BLOCK_LITERAL") return "literal";
  if (type === "BLOCK_FOLDED") return "folded";
  return "plain";
}
