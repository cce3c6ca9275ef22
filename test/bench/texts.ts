import { corpusFiles, corpusMissing } from "../support/corpus";
import { composeOf, dockerfileOf } from "./documents";
import type { OpenedText } from "./measureServers";

/** Files to open or check, and where they come from, for the reader of the results. */
export interface Texts {
  readonly dockerfiles: readonly OpenedText[];
  readonly composeFiles: readonly OpenedText[];
  readonly source: string;
}

/** Real files where they are there, generated ones otherwise. */
export function benchTexts(): Texts {
  if (corpusMissing !== undefined) {
    const lengths = Array.from({ length: 50 }, (_, at) => 50 + at);
    return {
      dockerfiles: lengths.map(dockerfileOf),
      composeFiles: lengths.map(composeOf),
      source: "generated files",
    };
  }
  return {
    dockerfiles: corpusFiles("dockerfile").map(({ text }) => ({
      languageId: "dockerfile",
      fileName: "Dockerfile",
      text,
    })),
    composeFiles: corpusFiles("compose").map(({ text }) => ({
      languageId: "dockercompose",
      fileName: "compose.yaml",
      text,
    })),
    source: "real files of public repositories",
  };
}

/** So many of the texts, evenly from beginning to end. */
export function spread(texts: readonly OpenedText[], count: number): readonly OpenedText[] {
  if (texts.length <= count) return texts;
  return Array.from({ length: count }, (_, at) => texts[Math.floor((at * texts.length) / count)]!);
}
