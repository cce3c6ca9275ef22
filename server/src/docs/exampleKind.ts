import type { AnalysisInput } from "../engine/analyse";
import type { ExampleContext, Rule } from "../engine/rule";

/** What the source of an example is. */
export function kindOfExample({ language }: Rule, context: ExampleContext): AnalysisInput["kind"] {
  if (language === "comments") return context.language ?? "dockerfile";
  return language === "project" ? "compose" : language;
}
