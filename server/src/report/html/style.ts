const dark = `
    --paper: #10161e; --card: #18212c; --ink: #e6ebf2; --soft: #9aa8b8; --line: #2b3846; --link: #6cc4d8;
    --code: #0c1219; --critical: #ff6b6b; --high: #ff9f5a; --medium: #e6c34c; --low: #62b6f0; --info: #a4b0bf;
    --added: #143523; --removed: #43191d; --on-badge: #10161e;`;

/** The report's style: one sheet for screens in light and dark, for an editor's webview, and for paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f4f6f8; --card: #ffffff; --ink: #15202c; --soft: #566473; --line: #d6dde4; --link: #0b6478;
  --code: #f0f3f6; --critical: #b3182a; --high: #b4500a; --medium: #7f6000; --low: #17629c; --info: #566473;
  --added: #dcf3e3; --removed: #fbe1e3; --on-badge: #ffffff;
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Code", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) { :root {${dark} } }
body.vscode-light { color-scheme: light; }
body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light) { color-scheme: dark;${dark} }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; padding: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
.page { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px;
}
h1, h2, h3, h4 { line-height: 1.25; margin: 0; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
h3 { font: 600 .95rem/1.4 var(--mono); overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 1rem 0 .25rem; }
code, pre { font-family: var(--mono); font-size: .85em; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
header { display: flex; align-items: center; gap: .9rem; }
header svg { width: 2.6rem; height: 2.6rem; flex: none; color: var(--link); }
header p { margin: .1rem 0 0; color: var(--soft); }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.counts li { background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--tone, var(--line)); border-radius: 8px; padding: .6rem .9rem; }
.counts strong { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.counts span { color: var(--soft); }
.critical { --tone: var(--critical); } .high { --tone: var(--high); } .medium { --tone: var(--medium); }
.low { --tone: var(--low); } .info { --tone: var(--info); }
.box { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 8px; margin: 1rem 0 0; padding: .75rem 1rem; }
.box.fault { border-left-color: var(--critical); }
.box ul { margin: .5rem 0 0; padding-left: 1.2rem; }
.box li { overflow-wrap: anywhere; }
summary { cursor: pointer; font-weight: 600; }
.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; margin-top: 1.5rem; padding: .7rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
.filters label { display: flex; gap: .4rem; align-items: center; color: var(--soft); }
button, input, select { font: inherit; font-size: .88rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .6rem; }
button { cursor: pointer; }
button[aria-pressed] { border-color: var(--tone); }
button[aria-pressed="true"] { background: var(--tone); color: var(--on-badge); }
button[aria-pressed="false"] { color: var(--soft); text-decoration: line-through; }
select { max-width: 12rem; }
#filter-text { width: 11rem; }
#shown { color: var(--soft); margin-left: auto; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .4rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-weight: 600; font-size: .85rem; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.some { color: var(--tone); font-weight: 700; }
tbody th { font-weight: 400; overflow-wrap: anywhere; }
section.file { margin-top: 1.75rem; scroll-margin-top: 4rem; }
article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; margin-top: .75rem; padding: .8rem 1rem; content-visibility: auto; contain-intrinsic-size: auto 13rem; }
.message { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.badge { display: inline-block; margin-right: .5rem; padding: 0 .5rem; border-radius: 999px; background: var(--tone); color: var(--on-badge); font-size: .78rem; line-height: 1.5rem; }
.place { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: baseline; margin: .3rem 0 0; color: var(--soft); font-size: .88rem; }
.why { border: 0; background: none; padding: 0; color: var(--link); text-decoration: underline; font-family: var(--mono); }
.good { margin: .5rem 0 0; color: var(--soft); font-size: .9rem; }
pre { margin: .6rem 0 0; padding: .5rem 0; background: var(--code); border-radius: 6px; overflow-x: auto; line-height: 1.5; tab-size: 4; }
article pre:not(.diff) { display: flex; }
pre code { background: none; color: inherit; font-size: 1em; flex: 1 0 max-content; padding: 0 .75rem; }
.rule pre code { display: block; }
.numbers { flex: none; min-width: 3.2rem; padding-left: .75rem; text-align: right; color: var(--soft); user-select: none; }
mark { background: none; color: inherit; text-decoration: underline wavy var(--tone); text-decoration-skip-ink: none; text-underline-offset: .2em; font-weight: 600; }
.diff ins, .diff del { display: block; padding: 0 .75rem; text-decoration: none; }
.diff ins { background: var(--added); } .diff del { background: var(--removed); }
details.fix { margin-top: .6rem; font-size: .9rem; }
.note { color: var(--soft); font-weight: 400; }
.rule { max-width: 44rem; max-height: 85vh; overflow: auto; padding: 1.25rem 1.5rem; background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: 10px; }
.rule::backdrop { background: rgb(0 0 0 / .45); }
.rule p { margin: .6rem 0 0; }
.rule .close { float: right; }
.nothing { margin-top: 2rem; padding: 2rem; text-align: center; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
footer { margin-top: 3rem; color: var(--soft); font-size: .88rem; }
@media print {
  body { background: none; font-size: 10pt; }
  .page { max-width: none; padding: 0; }
  .filters, .skip, .rule .close { display: none; }
  article { content-visibility: visible; break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; }
  .rule { display: block; position: static; max-width: none; max-height: none; margin: 1rem 0; break-inside: avoid; }
}
`;
