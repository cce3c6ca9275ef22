const repository = "https://github.com/plimsoll-security/plimsoll";

/** Where the project lives: issues, sources, documentation. */
export const projectUrl = repository;

/** The web page of a rule, derived from its id alone. */
export function ruleUrl(id: string): string {
  return `${repository}/blob/main/docs/rules/${encodeURIComponent(id)}.md`;
}
