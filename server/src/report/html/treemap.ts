import { type Severity, severities } from "../../engine/severity";
import type { FolderGroup } from "../folders";
import { counted } from "../summary";
import { escapeHtml } from "./escape";
import { type Rectangle, squarify } from "./squarify";

const width = 1040;
const height = 300;
const gap = 3;
const labelHeight = 20;
/** About the width of a character of the labels, in units of the picture. */
const characterWidth = 7;

/** The findings of each folder by severity: as a picture, and as the same in a table. */
export function folderSection(folders: readonly FolderGroup[]): string {
  const withFindings = folders
    .map((folder, index) => ({ folder, index, counts: countsOf(folder) }))
    .filter(({ counts }) => counts.total > 0);
  if (withFindings.length === 0) return "";
  const rows = withFindings.map(({ folder, counts }) => row(folder, counts));
  const head = severities.map((severity) => `<th scope="col" class="number">${severity}</th>`).join("");
  const table = `<div class="scroll" tabindex="0" role="region" aria-label="Findings by folder"><table>
<thead><tr><th scope="col">Folder</th><th scope="col" class="number">files</th>${head}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
  // One folder is no map.
  if (withFindings.length === 1) return `<h2>Where</h2>\n${table}`;
  return `<h2>Where</h2>
${picture(withFindings)}
<details class="plain"><summary>The same as a table</summary>${table}</details>`;
}

interface Counts {
  readonly total: number;
  readonly of: Readonly<Record<Severity, number>>;
}

function countsOf({ files }: FolderGroup): Counts {
  const of: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  let total = 0;
  for (const file of files)
    for (const { severity } of file.findings) {
      of[severity]++;
      total++;
    }
  return { total, of };
}

function row(folder: FolderGroup, { of }: Counts): string {
  const cells = severities.map((severity) =>
    of[severity] === 0
      ? '<td class="number">·</td>'
      : `<td class="number some ${severity}">${of[severity]}</td>`,
  );
  return `<tr><th scope="row"><code>${escapeHtml(folder.name)}</code></th><td class="number">${folder.files.length}</td>${cells.join("")}</tr>`;
}

interface CountedFolder {
  readonly folder: FolderGroup;
  /** Among all folders, as the filters number them. */
  readonly index: number;
  readonly counts: Counts;
}

function picture(folders: readonly CountedFolder[]): string {
  const places = squarify(
    folders.map(({ counts }) => counts.total),
    { x: 0, y: 0, width, height },
  );
  const groups = folders.map((counted, at) => folderShape(counted, places[at]!));
  return `<svg class="treemap" viewBox="0 0 ${width} ${height}" role="group" aria-label="A map of the findings: each folder as large as its findings are many, by severity. The table below says the same.">
${groups.join("\n")}
</svg>`;
}

/** The script makes a button of it, which leads to the folder's findings. */
function folderShape({ folder, index, counts }: CountedFolder, place: Rectangle): string {
  const inner = shrunk(place, gap);
  const hasLabel = inner.height > labelHeight * 2 && inner.width > characterWidth * 6;
  const body = hasLabel ? { ...inner, y: inner.y + labelHeight, height: inner.height - labelHeight } : inner;
  const present = severities
    .filter((severity) => counts.of[severity] > 0)
    .sort((a, b) => counts.of[b] - counts.of[a]);
  const parts = squarify(
    present.map((severity) => counts.of[severity]),
    body,
  );
  const shapes = present.map((severity, index) =>
    severityShape(severity, counts.of[severity], parts[index]!),
  );
  const title = `${folder.name}: ${present.map((severity) => `${counts.of[severity]} ${severity}`).join(", ")}, ${counted(folder.files.length, "file")}`;
  const room = Math.floor(inner.width / characterWidth);
  const label = hasLabel
    ? `<text aria-hidden="true" x="${inner.x.toFixed(1)}" y="${(inner.y + 14).toFixed(1)}">${escapeHtml(cut(folder.name, room))}</text>`
    : "";
  const whole = rectangle(inner, "whole");
  return `<g role="img" data-folder="${index}"><title>${escapeHtml(title)}</title>${whole}${label}${shapes.join("")}</g>`;
}

function severityShape(severity: Severity, count: number, place: Rectangle): string {
  const text =
    place.width > 30 && place.height > 20
      ? `<text class="count" aria-hidden="true" x="${(place.x + 6).toFixed(1)}" y="${(place.y + 16).toFixed(1)}">${count}</text>`
      : "";
  return `<g class="${severity}">${rectangle(shrunk(place, 1), "part")}${text}</g>`;
}

function rectangle({ x, y, width: w, height: h }: Rectangle, name: "whole" | "part"): string {
  return `<rect class="${name}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}"/>`;
}

/** The end of a path tells more than its beginning. */
function cut(name: string, room: number): string {
  return name.length <= room ? name : `…${name.slice(name.length - Math.max(1, room - 1))}`;
}

function shrunk({ x, y, width: w, height: h }: Rectangle, by: number): Rectangle {
  return { x, y, width: Math.max(0.5, w - by), height: Math.max(0.5, h - by) };
}
