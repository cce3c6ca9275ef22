import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { busyboxOptions, offeredPackages, testImages } from "./images";

export const projectRoot = path.join(import.meta.dirname, "../..");

const seedFolder = path.join(import.meta.dirname, "seed");

/** The release of Debian that everything is made of. */
export const suite = "trixie";

/** Where the tools and test images live: an ignored folder that is made anew when its recipe changes. */
export const workshopFolder = path.join(
  projectRoot,
  ".cache/builds",
  hashOf([readFileSync(seedFile("seed.sh"), "utf8"), ...offeredPackages, ...busyboxOptions]),
);

/** The root of the Debian system that holds the builder, the registry and what they need. */
export const builderRoot = path.join(workshopFolder, "builder");

/** A freshly installed, minimal Debian, which outlives changes of the recipe. */
export const systemRoot = path.join(projectRoot, ".cache/builds", `debian-${suite}`);

/** The path of a file that the workshop is made with. */
export function seedFile(name: string): string {
  return path.join(seedFolder, name);
}

/** Changes with what the test images are built from. */
export function imagesHash(): string {
  return hashOf(
    testImages.flatMap(({ recipe, names }) => [
      ...names,
      readFileSync(seedFile(`bases/${recipe}.Dockerfile`), "utf8"),
    ]),
  );
}

function hashOf(texts: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([process.version, ...texts]))
    .digest("hex")
    .slice(0, 12);
}
