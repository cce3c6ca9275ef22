import type { AuditedImage, AuditResult } from "../../audit/result";
import { counted } from "../summary";
import { escapeHtml } from "./escape";

/** What registries say of the images that files name: a box for each, with all its parts. */
export function imagesSection({ images }: AuditResult): string {
  if (images === undefined || images.length === 0) return "";
  return `<h2>Images</h2>
<details class="plain"${images.length <= 10 ? " open" : ""}><summary>What registries say of ${counted(images.length, "image")}</summary>
${images.map(boxOf).join("\n")}
</details>`;
}

/** Places of one image that are named. */
const shownPlaces = 5;

function boxOf({ image, places, told, unknown }: AuditedImage): string {
  const shown = places
    .slice(0, shownPlaces)
    .map(({ path, line }) => `<code>${escapeHtml(path)}:${line}</code>`);
  if (places.length > shownPlaces) shown.push(`and ${places.length - shownPlaces} more`);
  const parts = told.map(
    ({ name, text }) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd></div>`,
  );
  const facts =
    unknown === undefined
      ? `<dl class="told">${parts.join("")}</dl>`
      : `<p class="note">Not known: ${escapeHtml(unknown)}</p>`;
  return `<div class="box"><h3><code>${escapeHtml(image)}</code></h3>
<p class="note">${shown.join(", ")}</p>${facts}</div>`;
}
