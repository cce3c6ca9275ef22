import { longestMarkdownText } from "../shown";
import { plainText } from "./plain";

/**
 * Text of files and paths as Markdown that shows it and does nothing else, in a table as anywhere: no markup, HTML,
 * link, formula, or mention of a person or an issue. Very long text is cut.
 */
export function markdownText(text: string): string {
  return escaped(text)
    .replaceAll("&#36;", "<span>$</span>")
    .replace(/@|&#35;|&#58;|&#46;/g, (found) => found + noSpace);
}

/** The same as code. An HTML element, as inside a code span of a table no way to write `\|` is read alike everywhere. */
export function markdownCode(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** Keeps GitHub from seeing a mention or a link, where it looks at the text after the Markdown has been read. */
const noSpace = "&#8203;";

function escaped(text: string): string {
  const shown = text.length > longestMarkdownText ? `${text.slice(0, longestMarkdownText)}…` : text;
  return plainText(shown).replace(
    /[\\`*{}[\]<>#|~&$]|(?<![a-z0-9])_|_(?![a-z0-9])|:(?=\/\/)|(?<=\bwww)\./gi,
    (char) => `&#${char.charCodeAt(0)};`,
  );
}
