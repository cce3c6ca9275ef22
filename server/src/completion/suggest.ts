import type { Analysis } from "../engine/analyse";
import type { ImagePolicy } from "../engine/policy";
import type { Rule } from "../engine/rule";
import { takesIgnoreComments } from "../engine/suppress";
import { maxSuggestions } from "../limits";
import { suggestInCompose } from "./compose";
import { suggestInConfiguration } from "./configuration";
import { suggestInDockerfile } from "./dockerfile";
import { suggestInIgnoreComment } from "./ignoreComment";
import type { Suggestion } from "./suggestion";

export interface SuggestInput {
  readonly analysis: Analysis;
  readonly rules: readonly Rule[];
  readonly policy: ImagePolicy;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export interface Suggestions {
  /** The best first. */
  readonly items: readonly Suggestion[];
  /** Whether there are more than the bound let through: typing on brings others. */
  readonly truncated: boolean;
}

/**
 * What could be written at a place where security is decided. Everywhere else nothing: instructions, keys and paths are
 * for others to complete.
 *
 * @param offset of the cursor
 */
export function suggest(input: SuggestInput, offset: number): Suggestions {
  const items = suggestionsAt(input, offset);
  return { items: items.slice(0, maxSuggestions), truncated: items.length > maxSuggestions };
}

function suggestionsAt(input: SuggestInput, offset: number): readonly Suggestion[] {
  const { document } = input.analysis;
  if (takesIgnoreComments(document)) {
    const inComment = suggestInIgnoreComment(document, input.analysis.findings, input.rules, offset);
    if (inComment !== undefined) return inComment;
  }
  switch (document.language) {
    case "dockerfile":
      return suggestInDockerfile(document, input, offset);
    case "compose":
      return suggestInCompose(document, input, offset);
    case "configuration":
      return suggestInConfiguration(document, input.rules, input.today, offset);
    case "daemon":
    case "commands":
      return [];
  }
}
