import type { Field, Service } from "../documents/compose/model";
import { joined } from "../documents/compose/values";
import type { DockerfileDocument, Stage } from "../documents/dockerfile/model";
import type { YamlNode } from "../documents/yaml/tree";
import { maxChain, maxResolveSteps } from "../limits";
import { type Span, spanOf } from "../text/span";

/** Things that were said of places, to be asked for by place. */
export interface Marks<T> {
  /** Those that begin in one of the ranges, each once, in order of place. */
  within(ranges: readonly Span[]): readonly T[];
}

/** @param placeOf where each of them stands */
export function createMarks<T>(marks: readonly T[], placeOf: (mark: T) => Span): Marks<T> {
  const sorted = [...marks].sort((a, b) => placeOf(a).start - placeOf(b).start);
  const firstFrom = (offset: number): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (placeOf(sorted[middle]!).start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    within: (ranges) => {
      if (sorted.length === 0) return [];
      const found = new Set<number>();
      for (const { start, end } of ranges) {
        for (let at = firstFrom(start); at < sorted.length && placeOf(sorted[at]!).start <= end; at++)
          found.add(at);
      }
      return [...found].sort((a, b) => a - b).map((at) => sorted[at]!);
    },
  };
}

/** Where a stage is written, and then where the stages are that it is built from, nearest first. */
export function rangesOfStage(document: DockerfileDocument, stage: Stage): readonly Span[] {
  const ranges: Span[] = [];
  for (let at: Stage | undefined = stage; at !== undefined && ranges.length < maxChain; at = at.parent) {
    const next = document.stages[at.index + 1];
    // The end of a range counts as within it.
    ranges.push(spanOf(at.from.span.start, (next?.from.span.start ?? document.text.length + 1) - 1));
  }
  return ranges;
}

/** Where a service is written: its own lines, and what is brought into it by merge keys, aliases and `extends`. */
export function rangesOfService(service: Service): readonly Span[] {
  const ranges: Span[] = [service.nameSpan];
  if (service.body.kind !== "alias") ranges.push(service.body.span);
  const visited = new Set<YamlNode>();
  for (const field of service.fields.values()) {
    for (const part of joined(field)) {
      if (part.origin.kind !== "own") ranges.push(rangeOfField(part));
      addAliased(part.node, ranges, visited);
    }
  }
  return ranges;
}

/** The key and the value, where these stand together; an alias puts the value elsewhere. */
function rangeOfField({ keySpan, valueSpan }: Field<unknown>): Span {
  return keySpan.start <= valueSpan.start ? spanOf(keySpan.start, valueSpan.end) : valueSpan;
}

function addAliased(from: YamlNode, ranges: Span[], visited: Set<YamlNode>): void {
  const open: YamlNode[] = [from];
  for (let node = open.pop(); node !== undefined && visited.size < maxResolveSteps; node = open.pop()) {
    if (visited.has(node)) continue;
    visited.add(node);
    if (node.kind === "sequence") for (const item of node.items) open.push(item);
    else if (node.kind === "map") for (const { value } of node.pairs) open.push(value);
    else if (node.kind === "alias" && node.target !== undefined) {
      ranges.push(node.target.span);
      open.push(node.target);
    }
  }
}
