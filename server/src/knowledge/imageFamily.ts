import type { ImageReference } from "../documents/imageReference";
import { rememberMany } from "../text/rememberMany";
import type { ImageFamily } from "./images";
import table from "./images.json";
import { judgedOfficialImages } from "./officialImages";
import { officialName } from "./publishers";
import { vendorImage } from "./vendorImages";

/**
 * How packages are installed and users are made in an image, judged by its tag first (`-alpine`, `-bookworm`) and
 * by its name where the tag says nothing.
 *
 * @returns undefined where neither tells
 */
export const imageFamily: (reference: ImageReference) => ImageFamily | undefined = rememberMany(
  ({ source }) => source,
  judgeFamily,
);

function judgeFamily(reference: ImageReference): ImageFamily | undefined {
  if (reference.name === "docker.io/library/scratch") return "scratch";
  const byTag = familyOfTag(reference.tag ?? "");
  const name = officialName(reference);
  const byName = (name === undefined ? vendorImage(reference)?.family : officialFamily(name)) ?? undefined;
  // A tag such as `:debian12` names what a distroless image is made of, not how it can be changed.
  if (byName === "distroless" && byTag !== "alpine")
    return (reference.tag ?? "").endsWith("-dev") ? "alpine" : byName;
  return byTag ?? byName;
}

const suites: ReadonlyMap<string, ImageFamily> = new Map<string, ImageFamily>([
  ...families("debian", "wheezy jessie stretch buster bullseye bookworm trixie forky sid slim debian ubuntu"),
  ...families(
    "debian",
    "trusty xenial bionic focal jammy noble resolute lunar mantic oracular plucky questing",
  ),
  ...families(
    "redhat",
    "al2 al2023 centos fedora oracle oraclelinux ubi rhel amazonlinux azurelinux mariner",
  ),
  ...families("windows", "nanoserver windowsservercore servercore windows"),
  ...families("busybox", "busybox"),
  ...families("suse", "leap tumbleweed"),
]);

function families(family: ImageFamily, words: string): [string, ImageFamily][] {
  return words.split(" ").map((word) => [word, family]);
}

/** Reads the words of a tag from its end, since the base comes last: `3.12-slim-bookworm`. */
function familyOfTag(tag: string): ImageFamily | undefined {
  const words = tag.split(/[-_]/).reverse();
  if (words.some((word) => word === "chiseled" || word === "distroless")) return "distroless";
  if (words.some((word) => word.startsWith("alpine"))) return "alpine";
  for (const word of words) {
    const family = suites.get(word) ?? suites.get(word.replace(/(?<![\d.])[\d.]+$/, ""));
    if (family) return family;
  }
  return undefined;
}

const suitesOfOfficial: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(table.official).flatMap(([name, image]) =>
    "suites" in image ? [[name, image.suites]] : [],
  ),
);

function officialFamily(name: string): ImageFamily | undefined {
  const judged = judgedOfficialImages.get(name)?.family;
  if (judged !== undefined) return judged ?? undefined;
  const built = (suitesOfOfficial.get(name) ?? []).map(familyOfTag);
  return built.includes("debian") ? "debian" : built[0];
}
