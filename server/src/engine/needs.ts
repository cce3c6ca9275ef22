import type { Instruction } from "../documents/dockerfile/model";
import type { Rule } from "./rule";
import { createWordSearch } from "./wordSearch";

/**
 * What an instruction of a Dockerfile must be and hold for a rule to have anything to say. A rule that is `local` meets
 * it in each instruction that it reports at, any other in one at least; what stands after ONBUILD counts.
 */
export interface Needs {
  /** One of these instructions; any where they are missing. */
  readonly keywords?: readonly Instruction["keyword"][];
  /**
   * One of these words in its text as written, here-documents included: in small letters, without blanks, quotes or
   * backslashes. They are found in any case, within longer words, and across quotes, escapes and continuations; in the
   * value of a variable they are not.
   */
  readonly words?: readonly string[];
}

/** Tells which of some rules can have anything to say. */
export interface Selection {
  /** Rules without needs, to begin with: one for each rule, by its index, 1 where it is to run. */
  start(): Uint8Array;
  /** Adds the rules of which one of some instructions meets the needs. */
  add(to: Uint8Array, instructions: readonly Instruction[], text: string): void;
}

/** Made once for each list of rules. */
export function selectionOf(rules: readonly Pick<Rule, "needs">[]): Selection {
  const needless = Uint8Array.from(rules, ({ needs }) => (needs === undefined ? 1 : 0));
  /** By rule, a bit for each keyword that it can do with. */
  const wanted = Int32Array.from(rules, ({ needs }) => bitsOf(needs?.keywords));
  /** The rules that need no words, and those that need each word. */
  const wordless: number[] = [];
  const byWord = new Map<string, number[]>();
  for (const [rule, { needs }] of rules.entries()) {
    if (needs === undefined) continue;
    if (needs.words === undefined) wordless.push(rule);
    for (const word of needs.words ?? []) {
      const others = byWord.get(word);
      if (others === undefined) byWord.set(word, [rule]);
      else others.push(rule);
    }
  }
  const lists = [...byWord.values()];
  const search = createWordSearch([...byWord.keys()]);
  const addAll = (to: Uint8Array, some: readonly number[], bits: number): void => {
    for (const rule of some) if ((wanted[rule]! & bits) !== 0) to[rule] = 1;
  };
  return {
    start: () => needless.slice(),
    add(to, instructions, text) {
      for (const instruction of instructions) {
        const bits = bitsOfInstruction(instruction);
        addAll(to, wordless, bits);
        const { start, end } = instruction.span;
        const isReadable = search(text, start, end, (word) => addAll(to, lists[word]!, bits));
        if (!isReadable) for (const some of lists) addAll(to, some, bits);
      }
    },
  };
}

function bitsOfInstruction(instruction: Instruction): number {
  const own = bitOf(instruction.keyword);
  const trigger = instruction.keyword === "ONBUILD" ? instruction.trigger : undefined;
  return trigger === undefined ? own : own | bitOf(trigger.keyword);
}

function bitsOf(keywords: Needs["keywords"]): number {
  return keywords === undefined ? -1 : keywords.reduce((bits, keyword) => bits | bitOf(keyword), 0);
}

function bitOf(keyword: Instruction["keyword"]): number {
  return 1 << places[keyword];
}

const places: Readonly<Record<Instruction["keyword"], number>> = {
  FROM: 0,
  RUN: 1,
  CMD: 2,
  ENTRYPOINT: 3,
  SHELL: 4,
  HEALTHCHECK: 5,
  COPY: 6,
  ADD: 7,
  ENV: 8,
  LABEL: 9,
  ARG: 10,
  USER: 11,
  ONBUILD: 12,
  EXPOSE: 13,
  VOLUME: 14,
  WORKDIR: 15,
  STOPSIGNAL: 16,
  MAINTAINER: 17,
  UNKNOWN: 18,
};
