import { escapeHtml } from "./escape";

/**
 * The Markdown that rules are explained in, as HTML: paragraphs, lists, headings, fenced code, code spans, bold text
 * and https links. Anything else stays text, and everything is escaped.
 */
export function markdownToHtml(markdown: string): string {
  const html: string[] = [];
  const lines = markdown.trim().split(/\r?\n/);
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const block = fence(lines, at) ?? list(lines, at) ?? heading(line) ?? paragraph(lines, at);
    if (block.html !== "") html.push(block.html);
    at += block.lines;
  }
  return html.join("\n");
}

interface Block {
  readonly html: string;
  /** How many lines it takes; at least one. */
  readonly lines: number;
}

const itemStart = /^ {0,3}(?:[-*]|\d{1,3}\.) /;

function fence(lines: readonly string[], at: number): Block | undefined {
  if (!lines[at]!.startsWith("```")) return undefined;
  let end = at + 1;
  while (end < lines.length && !lines[end]!.startsWith("```")) end++;
  return { html: `<pre><code>${escapeLines(lines.slice(at + 1, end))}</code></pre>`, lines: end - at + 1 };
}

function list(lines: readonly string[], at: number): Block | undefined {
  if (!itemStart.test(lines[at]!)) return undefined;
  const ordered = /^ {0,3}\d/.test(lines[at]!);
  const items: string[] = [];
  let end = at;
  for (; end < lines.length && lines[end]!.trim() !== ""; end++) {
    const line = lines[end]!;
    if (itemStart.test(line)) items.push(line.replace(itemStart, ""));
    else items.push(`${items.pop() ?? ""} ${line.trim()}`);
  }
  const tag = ordered ? "ol" : "ul";
  return {
    html: `<${tag}>${items.map((item) => `<li>${inline(item)}</li>`).join("")}</${tag}>`,
    lines: end - at,
  };
}

function heading(line: string): Block | undefined {
  const text = /^#{1,6} (.{1,200})$/.exec(line)?.[1];
  return text === undefined ? undefined : { html: `<h4>${inline(text)}</h4>`, lines: 1 };
}

function paragraph(lines: readonly string[], at: number): Block {
  let end = at;
  while (end < lines.length && lines[end]!.trim() !== "" && !lines[end]!.startsWith("```")) {
    if (end > at && itemStart.test(lines[end]!)) break;
    end++;
  }
  const text = lines.slice(at, end).join(" ").trim();
  return { html: text === "" ? "" : `<p>${inline(text)}</p>`, lines: Math.max(1, end - at) };
}

function escapeLines(lines: readonly string[]): string {
  return lines.map(escapeHtml).join("\n");
}

/** Code spans first: what is in them is not looked at again. */
function inline(text: string): string {
  const parts = text.split("`");
  // An odd number of backticks leaves one that opens nothing.
  const closed = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  return parts
    .map((part, index) => {
      if (index >= closed) return `\`${emphasis(part)}`;
      return index % 2 === 1 ? `<code>${escapeHtml(part)}</code>` : emphasis(part);
    })
    .join("");
}

function emphasis(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*([^*]{1,300})\*\*/g, "<strong>$1</strong>")
    .replace(/\[([^[\]]{1,200})\]\((https:\/\/[^\s()<>"]{1,500})\)/g, '<a href="$2" rel="noreferrer">$1</a>');
}
