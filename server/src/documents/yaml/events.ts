import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from "js-yaml";
import { spanWithin } from "../../text/span";
import { firstLineOf } from "../../text/visible";
import type { Problem } from "../document";
import type { ScalarStyle, YamlAlias, YamlDocument, YamlNode, YamlPair } from "./tree";

export type ValidResult =
  | {
      readonly state: "parsed";
      readonly documents: readonly YamlDocument[];
      readonly problems: readonly Problem[];
    }
  | { readonly state: "too-deep" }
  | { readonly state: "refused"; readonly problem: Problem };

/**
 * Reads a stream that YAML allows. Linear, and the only file that imports js-yaml.
 * @param maxDepth nesting of collections that is followed
 * @param outer what aliases of the first document may stand for besides what stands in the text
 */
export function parseValid(
  text: string,
  maxDepth: number,
  outer: ReadonlyMap<string, YamlNode> = noAnchors,
): ValidResult {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth });
  } catch (error) {
    return refusal(error, text);
  }
  const anchors = new Map<string, YamlNode>();
  const builder: Builder = { text, documents: [], problems: [], open: [], anchors, outer, cursor: 0 };
  for (const event of events) take(builder, event);
  return { state: "parsed", documents: builder.documents, problems: builder.problems };
}

/**
 * A reason to refuse a text that does not count where nothing else is wrong: js-yaml wants a flow collection's closing
 * bracket to be indented; Compose's own parser does not, and real files rely on it.
 */
export const toleratedByCompose = "deficient indentation";

const noAnchors: ReadonlyMap<string, YamlNode> = new Map();

function refusal(error: unknown, text: string): ValidResult {
  const known = error instanceof YAMLException ? error : undefined;
  if (known?.reason.startsWith("nesting exceeded") === true) return { state: "too-deep" };
  const at = known?.mark?.position ?? 0;
  const reason = firstLineOf(known?.reason ?? "the text could not be read as YAML");
  return { state: "refused", problem: { span: spanWithin(text, at, at), message: reason, effect: "syntax" } };
}

interface Frame {
  readonly kind: "map" | "sequence" | "document";
  readonly start: number;
  readonly flow: boolean;
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
  readonly children: YamlNode[];
  readonly pairs: YamlPair[];
  key: YamlNode | undefined;
}

/** What is known while nodes are built from events. */
interface Builder {
  readonly text: string;
  readonly documents: YamlDocument[];
  readonly problems: Problem[];
  readonly open: Frame[];
  readonly anchors: Map<string, YamlNode>;
  readonly outer: ReadonlyMap<string, YamlNode>;
  /** The end of what was read last: where an absent scalar or a closing bracket is looked for. */
  cursor: number;
}

function take(builder: Builder, event: Event): void {
  switch (event.type) {
    case EVENT_ID.DOCUMENT:
      builder.anchors.clear();
      push(builder, "document", builder.cursor, false, undefined, undefined);
      return;
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE: {
      const kind = event.type === EVENT_ID.MAPPING ? "map" : "sequence";
      push(
        builder,
        kind,
        event.start,
        event.style === COLLECTION_STYLE.FLOW,
        tagOf(builder, event),
        anchorOf(builder, event),
      );
      builder.cursor = Math.max(builder.cursor, event.start + (bracketAt(builder, event.start) ? 1 : 0));
      return;
    }
    case EVENT_ID.ALIAS:
      attach(builder, alias(builder, event.anchorStart, event.anchorEnd));
      return;
    case EVENT_ID.SCALAR:
      attach(builder, scalar(builder, event));
      return;
    case EVENT_ID.POP:
      pop(builder);
  }
}

function push(
  builder: Builder,
  kind: Frame["kind"],
  start: number,
  flow: boolean,
  tag: string | undefined,
  anchor: string | undefined,
): void {
  builder.open.push({ kind, start, flow, tag, anchor, children: [], pairs: [], key: undefined });
}

function pop(builder: Builder): void {
  const frame = builder.open.pop();
  if (frame === undefined) return;
  if (frame.kind === "document") {
    const root = frame.children[0];
    if (root !== undefined) builder.documents.push({ root });
    return;
  }
  const end = frame.flow ? flowEnd(builder, frame) : Math.max(builder.cursor, frame.start);
  const base = { span: { start: frame.start, end }, tag: frame.tag, anchor: frame.anchor, flow: frame.flow };
  attach(
    builder,
    frame.kind === "map"
      ? { kind: "map", ...base, pairs: frame.pairs }
      : { kind: "sequence", ...base, items: frame.children },
  );
}

function attach(builder: Builder, node: YamlNode): void {
  if (node.anchor !== undefined) builder.anchors.set(node.anchor, node);
  builder.cursor = Math.max(builder.cursor, node.span.end);
  const frame = builder.open[builder.open.length - 1];
  if (frame === undefined) return;
  if (frame.kind !== "map") frame.children.push(node);
  else if (frame.key === undefined) frame.key = node;
  else {
    frame.pairs.push({ key: frame.key, value: node });
    frame.key = undefined;
  }
}

function alias(builder: Builder, start: number, end: number): YamlAlias {
  const name = builder.text.slice(start, end);
  const outer = builder.documents.length === 0 ? builder.outer.get(name) : undefined;
  const target = builder.anchors.get(name) ?? outer;
  const span = { start: start - 1, end };
  if (target === undefined)
    builder.problems.push({
      span,
      message: "No anchor of this name stands before the alias",
      effect: "syntax",
    });
  return { kind: "alias", span, tag: undefined, anchor: undefined, name, target };
}

function scalar(builder: Builder, event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>): YamlNode {
  const tag = tagOf(builder, event);
  const anchor = anchorOf(builder, event);
  const afterProperties = Math.max(builder.cursor, event.tagEnd, event.anchorEnd);
  if (event.valueStart < 0) {
    const at = tag === undefined && anchor === undefined ? absentAt(builder) : afterProperties;
    return { kind: "scalar", span: { start: at, end: at }, tag, anchor, value: "", style: "plain" };
  }
  const style = styleOf(event.style);
  const value = getScalarValue(builder.text, event);
  let { valueStart: start, valueEnd: end } = event;
  if (style === "single" || style === "double") {
    start--;
    end++;
  } else if (style !== "plain") {
    start = Math.min(skip(builder, afterProperties, ":-?"), start);
    end = contentEnd(builder, start, end);
  }
  return { kind: "scalar", span: { start, end }, tag, anchor, value, style };
}

/** An absent scalar stands right after the indicator that calls for it. */
function absentAt(builder: Builder): number {
  const frame = builder.open[builder.open.length - 1];
  const indicator = frame?.kind === "sequence" ? "-" : frame?.key === undefined ? "?" : ":";
  const at = skip(builder, builder.cursor, ",");
  return builder.text[at] === indicator ? at + 1 : builder.cursor;
}

function flowEnd(builder: Builder, frame: Frame): number {
  if (!bracketAt(builder, frame.start)) return Math.max(builder.cursor, frame.start);
  const at = skip(builder, builder.cursor, ",:?");
  const closer = frame.kind === "map" ? "}" : "]";
  return builder.text[at] === closer ? at + 1 : Math.max(builder.cursor, frame.start);
}

function bracketAt(builder: Builder, offset: number): boolean {
  return builder.text[offset] === "{" || builder.text[offset] === "[";
}

/** The first offset that is neither white space nor in a comment nor one of the given characters. */
function skip(builder: Builder, from: number, characters: string): number {
  let at = from;
  while (at < builder.text.length) {
    const char = builder.text[at]!;
    if (char === "#") {
      const lineEnd = builder.text.indexOf("\n", at);
      at = lineEnd < 0 ? builder.text.length : lineEnd;
    } else if (char === " " || char === "\n" || char === "\r" || char === "\t" || char === "\uFEFF") at++;
    else if (characters.includes(char)) at++;
    else break;
  }
  return at;
}

function contentEnd(builder: Builder, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(builder.text[at - 1]!)) at--;
  return at;
}

function tagOf(builder: Builder, event: { tagStart: number; tagEnd: number }): string | undefined {
  return event.tagStart < 0 ? undefined : builder.text.slice(event.tagStart, event.tagEnd);
}

function anchorOf(builder: Builder, event: { anchorStart: number; anchorEnd: number }): string | undefined {
  return event.anchorStart < 0 ? undefined : builder.text.slice(event.anchorStart, event.anchorEnd);
}

function styleOf(style: number): ScalarStyle {
  if (style === SCALAR_STYLE.SINGLE_QUOTED) return "single";
  if (style === SCALAR_STYLE.DOUBLE_QUOTED) return "double";
  if (style === SCALAR_STYLE.LITERAL_BLOCK) return "literal";
  if (style === SCALAR_STYLE.FOLDED_BLOCK) return "folded";
  return "plain";
}
