import { maxReasonLength } from "../../limits";

/**
 * Why each entry of a list is there, as people say it: in a comment behind the entry, else in the lines right above it.
 * For all formats with an entry a line and `#` before a comment: YAML, TOML, plain lists.
 * @returns by entry; of one that stands there twice, what is said first
 */
export function reasonsIn(text: string): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  let above: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const trimmed = line.trim();
    if (trimmed.startsWith("#")) {
      above.push(trimmed);
      continue;
    }
    const { id, comment } = entryIn(trimmed);
    const reason = sentence(comment === undefined ? above : [comment]);
    if (id !== undefined && reason !== "" && !reasons.has(id)) reasons.set(id, reason);
    above = [];
  }
  return reasons;
}

interface Entry {
  readonly id: string | undefined;
  /** With its sign. */
  readonly comment: string | undefined;
}

function entryIn(line: string): Entry {
  const at = line.indexOf("#");
  const entry = (at < 0 ? line : line.slice(0, at)).replace(/^-/, "").trim();
  const [first = "", ...words] = entry.replaceAll(/["',]/g, "").split(" ");
  // Behind an id of Trivy's may stand when its exception ends.
  const isEntry = /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(first) && words.every((word) => word.startsWith("exp:"));
  return { id: isEntry ? first : undefined, comment: at < 0 ? undefined : line.slice(at) };
}

/** Without rulers and entries that are commented out. */
function sentence(comments: readonly string[]): string {
  const words = comments
    .map((comment) => comment.replace(/^#+/, "").trim())
    .filter((line) => /[A-Za-z]/.test(line) && !/^-?[ \t]*[A-Z0-9_-]+$/.test(line))
    .join(" ");
  return words.length > maxReasonLength ? `${words.slice(0, maxReasonLength)}…` : words;
}
