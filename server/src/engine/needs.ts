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

/** Tells which of some rules can have anything to say, and of which instructions. */
export interface Selection {
  /** The index of each rule's needs, which rules may share; `undefined` for a rule without. */
  readonly groupOf: readonly (number | undefined)[];
  /** By index of the needs, those of some instructions that meet them; `undefined` for none. */
  choose(instructions: readonly Instruction[], text: string): readonly (readonly Instruction[] | undefined)[];
}

/** Made once for each list of rules. */
export function selectionOf(rules: readonly Pick<Rule, "needs">[]): Selection {
  const groups = new Map<string, { readonly index: number; readonly needs: Needs }>();
  const groupOf = rules.map(({ needs }) => {
    if (needs === undefined) return undefined;
    const key = JSON.stringify([needs.keywords, needs.words]);
    const known = groups.get(key) ?? { index: groups.size, needs };
    groups.set(key, known);
    return known.index;
  });
  return { groupOf, choose: chooserOf([...groups.values()].map(({ needs }) => needs)) };
}

function chooserOf(all: readonly Needs[]): Selection["choose"] {
  /** By group, a bit for each keyword that it can do with. */
  const wanted = Int32Array.from(all, ({ keywords }) => bitsOf(keywords));
  const wordless: number[] = [];
  const byWord = new Map<string, number[]>();
  for (const [group, { words }] of all.entries()) {
    if (words === undefined) wordless.push(group);
    for (const word of words ?? []) {
      const others = byWord.get(word);
      if (others === undefined) byWord.set(word, [group]);
      else others.push(group);
    }
  }
  const lists = [...byWord.values()];
  const search = createWordSearch([...byWord.keys()]);
  /** By word, the number of the instruction that it was last met in: a word may be met often, and counts once. */
  const met = new Float64Array(lists.length);
  let number = 0;
  return (instructions, text) => {
    const chosen: (Instruction[] | undefined)[] = all.map(() => undefined);
    for (const instruction of instructions) {
      number++;
      const bits = bitsOfInstruction(instruction);
      const add = (some: readonly number[]): void => {
        for (const group of some) {
          if ((wanted[group]! & bits) === 0) continue;
          const list = chosen[group];
          if (list === undefined) chosen[group] = [instruction];
          else if (list[list.length - 1] !== instruction) list.push(instruction);
        }
      };
      add(wordless);
      const { start, end } = instruction.span;
      const isReadable = search(text, start, end, (word) => {
        if (met[word] === number) return;
        met[word] = number;
        add(lists[word]!);
      });
      if (!isReadable) for (const some of lists) add(some);
    }
    return chosen;
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
