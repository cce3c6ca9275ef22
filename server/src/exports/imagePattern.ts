/** Whether a pattern of the policy says something about the tag. */
export function hasTag(pattern: string): boolean {
  return pattern.slice(pattern.lastIndexOf("/") + 1).includes(":");
}

/** A pattern as a regular expression of Go (RE2), without anchors: it matches what the policy's globs match. */
export function regexOf(pattern: string): string {
  const parts = pattern.split("/");
  return parts
    .map((part, index) => {
      const isLast = index === parts.length - 1;
      if (part === "**") return isLast ? ".+" : "(?:[^/]+/)*";
      return partRegex(part) + (isLast ? "" : "/");
    })
    .join("");
}

function partRegex(part: string): string {
  let regex = "";
  for (let i = 0; i < part.length; i++) {
    const char = part[i]!;
    const close = char === "[" ? part.indexOf("]", i + 2) : -1;
    if (char === "*") regex += "[^/]*";
    else if (char === "?") regex += "[^/]";
    else if (close > 0) {
      regex += `[${part
        .slice(i + 1, close)
        .replace(/^!/, "^")
        .replace(/[\\[]/g, "\\$&")}]`;
      i = close;
    } else if (char === "\\" && i + 1 < part.length) regex += escaped(part[++i]!);
    else regex += escaped(char);
  }
  return regex;
}

function escaped(char: string): string {
  return /[\w/:@-]/.test(char) ? char : `\\${char}`;
}
