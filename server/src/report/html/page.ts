import { escapeHtml } from "./escape";
import { sha256Base64 } from "./sha256";
import { style } from "./style";

export interface PageParts {
  readonly title: string;
  readonly body: string;
  /** The only script that may run; none where it is missing. */
  readonly script?: string;
}

/**
 * One page that needs nothing else: no network, no script but the one that is given. The policy names the hashes of the
 * style and the script, so that nothing else can run whatever stands in the body.
 */
export function htmlPage({ title, body, script }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${sha256Base64(style)}'`,
    script === undefined ? "script-src 'none'" : `script-src 'sha256-${sha256Base64(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}${script === undefined ? "" : `\n<script>${script}</script>`}
</body>
</html>
`;
}

/** The mark of the project beside a heading; `lines` are HTML. */
export function pageHeader(heading: string, lines: readonly string[]): string {
  return `<header>
<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.5" aria-hidden="true"><circle cx="16" cy="16" r="9"/><path d="M2 16h28"/></svg>
<div><h1>${escapeHtml(heading)}</h1>${lines.map((line) => `<p>${line}</p>`).join("")}</div>
</header>`;
}

export function pageFooter(version: string): string {
  return `<footer>Made by Plimsoll ${escapeHtml(version)}. Secrets are shown as •••. Nothing in this page is sent anywhere.</footer>`;
}
