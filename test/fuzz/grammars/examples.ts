import { rules } from "../../../server/src/rules/index";
import { parseMarks } from "../../../server/src/text/marks";
import { corpusFiles } from "../../support/corpus";
import type { TextTarget } from "../input";

const languages: Readonly<Record<TextTarget, string>> = {
  dockerfile: "dockerfile",
  compose: "compose",
  daemon: "daemon",
  dockerignore: "dockerfile",
  configuration: "configuration",
  commands: "commands",
};

const texts = new Map<TextTarget, readonly string[]>();

/** Whole texts of a kind: the examples of all rules, and real files where they are at hand. */
export function knownTexts(target: TextTarget): readonly string[] {
  let known = texts.get(target);
  if (known === undefined) {
    const examples = rules
      .filter((rule) => rule.language === languages[target])
      .flatMap((rule) => [...rule.bad, ...rule.good])
      .map((example) => parseMarks(example.source).text);
    known = [...examples, ...realTexts(target)];
    texts.set(target, known);
  }
  return known;
}

/** The longest real text that is used: changes to longer ones cost time and find nothing else. */
const longestReal = 12_000;

function realTexts(target: TextTarget): readonly string[] {
  const files =
    target === "commands"
      ? [...corpusFiles("script"), ...corpusFiles("workflow"), ...corpusFiles("devcontainer")]
      : target === "dockerfile" || target === "compose" || target === "daemon"
        ? corpusFiles(target)
        : [];
  return files.map(({ text }) => text).filter((text) => text.length <= longestReal);
}

const lines = new Map<TextTarget, readonly string[]>();

/** The lines of the examples and real files, each once. */
export function knownLines(target: TextTarget): readonly string[] {
  let known = lines.get(target);
  if (known === undefined) {
    known = [...new Set(knownTexts(target).flatMap((text) => text.split(/\r?\n/)))];
    lines.set(target, known);
  }
  return known;
}
