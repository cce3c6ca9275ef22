const light = `
    --paper: #f4f6f8; --card: #ffffff; --ink: #15202c; --soft: #506070; --line: #d3dbe3; --link: #0b6478;
    --code: #f0f3f6; --critical: #b3182a; --high: #b04c08; --medium: #785c00; --low: #17629c; --info: #506070;
    --good: #1b6e3c; --added: #dcf3e3; --removed: #fbe1e3; --on-badge: #ffffff;`;

const dark = `
    --paper: #10161e; --card: #18212c; --ink: #e6ebf2; --soft: #9fadbd; --line: #2f3d4c; --link: #6cc4d8;
    --code: #0c1219; --critical: #ff7b7b; --high: #ff9f5a; --medium: #e6c34c; --low: #62b6f0; --info: #a4b0bf;
    --good: #6fcf8f; --added: #143523; --removed: #43191d; --on-badge: #10161e;`;

/**
 * One sheet for all pages: on screens in light and dark, in an editor's webview with its theme (high contrast
 * included), where the system forces its colours, and on paper.
 */
export const style = `
:root {
  color-scheme: light dark;${light}
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Code", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) { :root {${dark} } }
body:where(.vscode-light, .vscode-high-contrast-light) { color-scheme: light;${light} }
body:where(.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)) { color-scheme: dark;${dark} }
body.vscode-light, body.vscode-dark {
  --paper: var(--vscode-editor-background); --ink: var(--vscode-editor-foreground);
  --link: var(--vscode-textLink-foreground); --card: var(--vscode-editorWidget-background);
  --code: var(--vscode-textCodeBlock-background); --line: var(--vscode-editorWidget-border, var(--vscode-panel-border, #8886));
}
body.vscode-high-contrast, body.vscode-high-contrast-light {
  --paper: var(--vscode-editor-background); --card: var(--vscode-editor-background); --code: var(--vscode-editor-background);
  --ink: var(--vscode-editor-foreground); --soft: var(--vscode-editor-foreground); --link: var(--vscode-textLink-foreground);
  --line: var(--vscode-contrastBorder); --added: transparent; --removed: transparent;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
body {
  margin: 0; padding: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
.page { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0; }
h1 { font-size: 1.35rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; scroll-margin-top: 1rem; }
h4 { font-size: .95rem; margin: 1rem 0 .25rem; }
code, pre { font-family: var(--mono); font-size: .85em; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
header { display: flex; align-items: center; gap: .9rem; }
header svg { width: 2.6rem; height: 2.6rem; flex: none; color: var(--link); }
header p { margin: .1rem 0 0; color: var(--soft); }
.verdict { margin: 1.4rem 0 0; font-size: 1.45rem; line-height: 1.3; font-weight: 650; }
.counts { display: grid; grid-template-columns: repeat(5, 1fr); gap: .6rem; margin: 1.2rem 0 0; padding: 0; list-style: none; }
.counts li { background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--tone, var(--line)); border-radius: 8px; padding: .5rem .8rem; }
.counts strong { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.counts span { color: var(--soft); }
.critical { --tone: var(--critical); } .high { --tone: var(--high); } .medium { --tone: var(--medium); }
.low { --tone: var(--low); } .info { --tone: var(--info); }
.box { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 8px; margin: 1rem 0 0; padding: .75rem 1rem; }
.box.fault { border-left-color: var(--critical); }
.box ul, .plain ul { margin: .5rem 0 0; padding-left: 1.2rem; }
.told { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .4rem 1.2rem; margin: .5rem 0 0; }
.told div:first-child { grid-column: 1 / -1; }
.told dt { color: var(--soft); font-size: .85rem; }
.told dd { margin: 0; overflow-wrap: anywhere; }
.box h3 { font-size: 1rem; }
.box h3 + .note { margin: .2rem 0 0; }
li { overflow-wrap: anywhere; }
summary { cursor: pointer; font-weight: 600; }
.plain > summary { margin: .6rem 0; }
.top { margin: 0; padding: 0; list-style: none; }
.top li { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: baseline; padding: .45rem 0; border-bottom: 1px solid var(--line); }
.top .badge { min-width: 4.6rem; margin: 0; text-align: center; }
.worst { flex: 1 1 18rem; font-weight: 600; }
.treemap { display: block; width: 100%; height: auto; overflow: visible; }
.treemap .part { fill: var(--tone); }
.treemap .whole { fill: transparent; }
.treemap text { fill: var(--ink); font: 12px var(--mono); }
.treemap .count { fill: var(--on-badge); font-weight: 700; }
.treemap [role="button"] { cursor: pointer; }
.treemap [role="button"]:hover .part { filter: brightness(1.15); }
.treemap [role="button"]:focus-visible { outline: 3px solid var(--link); outline-offset: -1px; }
.matrix td, .matrix thead th { text-align: center; padding: .3rem .35rem; vertical-align: middle; }
.matrix thead th { vertical-align: bottom; }
.matrix thead th:first-child { text-align: left; }
.matrix thead span { display: inline-block; writing-mode: vertical-rl; transform: rotate(180deg); max-height: 10rem; white-space: normal; text-align: left; }
.matrix tbody th { font-weight: 600; min-width: 9rem; }
.matrix tbody th code { display: block; color: var(--soft); font-weight: 400; }
.state { font-weight: 700; }
.state button { min-width: 2.2rem; font-weight: 700; }
.fail, .fail button { color: var(--tone, var(--critical)); }
.fail button { border-color: currentColor; }
.pass { color: var(--good); } .accepted, .notApplicable, .notChecked, .cannotTell { color: var(--soft); }
.legend span { margin-right: 1rem; white-space: nowrap; }
.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; padding: .7rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
.filters label { display: flex; gap: .4rem; align-items: center; color: var(--soft); }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; }
button, input, select { font: inherit; font-size: .88rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .6rem; }
button { cursor: pointer; }
button:disabled { cursor: default; border-color: transparent; background: none; padding-inline: 0; }
button[aria-pressed] { border-color: var(--tone); }
button[aria-pressed="true"] { background: var(--tone); color: var(--on-badge); }
button[aria-pressed="false"] { color: var(--soft); text-decoration: line-through; }
select { max-width: 11rem; }
#filter-text { width: 10rem; }
#shown { color: var(--soft); margin-left: auto; }
.more { text-align: center; margin: 1.25rem 0 0; }
.scroll { position: relative; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin-top: .5rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .4rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-weight: 600; font-size: .85rem; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.some { color: var(--tone); font-weight: 700; }
tbody th { font-weight: 400; overflow-wrap: anywhere; }
article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; margin-top: .75rem; padding: .8rem 1rem; content-visibility: auto; contain-intrinsic-size: auto 14rem; }
.message { margin: 0; font-size: 1em; font-weight: 600; overflow-wrap: anywhere; }
.badge { display: inline-block; margin-right: .3rem; padding: 0 .5rem; border-radius: 999px; background: var(--tone); color: var(--on-badge); font-size: .78rem; line-height: 1.5rem; }
.place { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: baseline; margin: .3rem 0 0; color: var(--soft); font-size: .88rem; }
.why { border: 0; background: none; padding: 0; color: var(--link); text-decoration: underline; font-family: var(--mono); overflow-wrap: anywhere; }
.good { margin: .5rem 0 0; color: var(--soft); font-size: .9rem; }
pre { margin: .6rem 0 0; padding: .5rem 0; background: var(--code); border-radius: 6px; overflow-x: auto; line-height: 1.5; tab-size: 4; }
article pre:not(.diff) { display: flex; }
pre code { background: none; color: inherit; font-size: 1em; flex: 1 0 max-content; padding: 0 .75rem; overflow-wrap: normal; }
.rule pre code { display: block; }
.numbers { flex: none; min-width: 3.2rem; padding-left: .75rem; text-align: right; color: var(--soft); user-select: none; }
mark { background: none; color: inherit; text-decoration: underline wavy var(--tone); text-decoration-skip-ink: none; text-underline-offset: .2em; font-weight: 600; }
.diff ins, .diff del { display: block; padding: 0 .75rem; text-decoration: none; }
.diff ins { background: var(--added); } .diff del { background: var(--removed); }
details.fix { margin-top: .6rem; font-size: .9rem; }
.note { color: var(--soft); font-weight: 400; font-size: .9rem; margin: .5rem 0 0; }
.rule { max-width: 44rem; max-height: 85vh; overflow: auto; padding: 1.25rem 1.5rem; background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: 10px; }
.rule::backdrop { background: rgb(0 0 0 / .45); }
.rule p { margin: .6rem 0 0; }
.rule .close { float: right; }
.nothing { margin: 1rem 0 0; padding: 1.5rem; text-align: center; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
footer { margin-top: 3rem; color: var(--soft); font-size: .88rem; }
@media (max-width: 40rem) {
  .page { padding: 1.25rem .75rem 3rem; }
  .verdict { font-size: 1.2rem; }
  .counts { gap: .3rem; }
  .counts li { padding: .35rem .4rem; text-align: center; }
  .counts strong { font-size: 1.2rem; } .counts span { font-size: .75rem; }
  .counts li { overflow-wrap: normal; }
  .filters { position: static; }
  article { padding: .7rem .75rem; }
}
@media (prefers-contrast: more) { :root { --soft: var(--ink); --line: currentColor; } }
@media (forced-colors: active) {
  .treemap .part { fill: Canvas; stroke: CanvasText; }
  .treemap text, .treemap .count { fill: CanvasText; }
  .badge { border: 1px solid; background: Canvas; color: CanvasText; }
  button[aria-pressed="true"] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
}
@media print {
  :root {
    color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #999; --link: #000; --code: #f4f4f4;
    --critical: #b3182a; --high: #b04c08; --medium: #785c00; --low: #17629c; --info: #506070; --good: #1b6e3c;
    --added: #dcf3e3; --removed: #fbe1e3; --on-badge: #fff;
  }
  * { print-color-adjust: exact; }
  body { background: none; font-size: 10pt; }
  .page { max-width: none; padding: 0; }
  .filters, .more, .skip, .rule .close { display: none; }
  .scroll { overflow: visible; }
  article { content-visibility: visible; }
  article, tr, .treemap, .top li { break-inside: avoid; }
  h2 { break-after: avoid; }
  pre, pre code { white-space: pre-wrap; overflow-wrap: anywhere; }
  pre code { flex: 1 1 auto; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .rule { display: block; position: static; max-width: none; max-height: none; margin: 1rem 0; border-width: 1px 0 0; border-radius: 0; break-inside: avoid; }
}
`;
