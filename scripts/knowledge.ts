/**
 * Writes the tables of image knowledge anew from their public sources. Run by hand, and the result is committed after
 * somebody has looked at what changed and at the notes:
 *
 *   git clone https://github.com/endoflife-date/endoflife.date
 *   git clone https://github.com/docker-library/official-images
 *   npx tsx scripts/knowledge.ts endoflife.date official-images && npm run format
 *
 * The second needs its whole history, which tells when images were removed. The Dockerfiles of official images are fetched from
 * GitHub at the commits that it names. Texts are not taken over, only names, users, dates and version lines; what needs
 * judgement stands in `server/src/knowledge/officialImages.ts`.
 */
import path from "node:path";
import { refreshKnowledge } from "./knowledge/refresh";

const [endOfLife, officialImages] = process.argv.slice(2);
if (endOfLife === undefined || officialImages === undefined) {
  console.error("usage: tsx scripts/knowledge.ts ENDOFLIFE_CHECKOUT OFFICIAL_IMAGES_CHECKOUT");
  process.exit(2);
}
const folder = path.join(import.meta.dirname, "..", "server", "src", "knowledge");
refreshKnowledge({ endOfLife, officialImages, folder }).then(
  (notes) => {
    for (const note of notes) console.error(note);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
