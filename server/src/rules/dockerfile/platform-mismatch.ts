import type { ImageReference } from "../../documents/imageReference";
import { defineRule } from "../../engine/rule";
import { imageFamily } from "../../knowledge/imageFamily";
import { baseImages } from "../shared/imageUses";
import { type Platform, parsePlatform } from "../shared/platforms";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "platform-mismatch",
  language: "dockerfile",
  title: "The base image is one for the platform that FROM asks for",
  why: `\`arm64v8/node\` holds programs for one processor only, and \`mcr.microsoft.com/windows/…\` only those of Windows. With
\`--platform\` for another one the build fails, or it warns and gives an image whose programs do not start
("exec format error") where it is used.

Take the image without the processor in its name (\`node\`): it exists for many platforms, and the builder picks the
right one. Or correct \`--platform\`.

Only what names tell is judged: the namespaces of Docker's official images for one processor each, and images of
Windows. Which platforms another image exists for is known only to its registry. What is right depends on what the
image is for, so there is no fix.`,
  category: "hygiene",
  severity: "medium",
  profiles: [],
  since: "0.1.0",
  aliases: ["buildkit:InvalidBaseImagePlatform"],
  references: [
    {
      title: "Docker build check: InvalidBaseImagePlatform",
      url: "https://docs.docker.com/reference/build-checks/invalid-base-image-platform/",
    },
    {
      title: "Docker official images: architectures other than amd64",
      url: "https://github.com/docker-library/official-images#architectures-other-than-amd64",
    },
    dockerfileReference("FROM", "from"),
  ],
  messages: {
    mismatch: (image: string, own: string, asked: string) =>
      `${image} holds programs for ${own}, but FROM asks for ${asked}`,
  },
  bad: [
    {
      title: "another processor",
      source:
        "FROM --platform=linux/amd64 «arm64v8/node:22»\nFROM --platform=linux/arm64 «docker.io/i386/debian:12»\n",
    },
    {
      title: "another system",
      source:
        "FROM --platform=linux/amd64 «mcr.microsoft.com/windows/nanoserver:ltsc2022»\nFROM --platform=windows/amd64 «alpine:3.21»\n",
    },
    {
      title: "an older kind of the same processor cannot run it",
      source: "FROM --platform=linux/arm/v6 «arm32v7/debian:12»\n",
    },
  ],
  good: [
    { title: "the same", source: "FROM --platform=linux/arm64/v8 arm64v8/node:22\n" },
    { title: "any platform", source: "FROM arm64v8/node:22\nFROM --platform=linux/arm64 node:22\n" },
    { title: "a variable", source: "FROM --platform=$TARGETPLATFORM arm64v8/node:22\n" },
    {
      title: "a processor that also runs the older kind",
      source:
        "FROM --platform=linux/arm64 arm32v7/debian:12\nFROM --platform=linux/amd64 i386/debian:12\nFROM --platform=linux/arm/v7 arm32v6/alpine:3.21\n",
    },
    {
      title: "Windows for Windows",
      source: "FROM --platform=windows/amd64 mcr.microsoft.com/windows/nanoserver:ltsc2022\n",
    },
  ],
  local: true,
  needs: { keywords: ["FROM"], words: ["platform"] },
  check(document, { report }) {
    for (const { by, use, reference, related } of baseImages(document)) {
      const written = by.keyword === "FROM" ? by.platform?.value : undefined;
      const asked =
        written === undefined ? undefined : parsePlatform(written.replace(/^(["'])(.*)\1$/, "$2"));
      const own = asked && platformOf(reference);
      if (!asked || !own || fits(own, asked)) continue;
      report("mismatch", [shorten(reference.source), shown(own), shorten(shown(asked), 30)], {
        at: use.span,
        related,
      });
    }
  },
});

/** https://github.com/docker-library/official-images#architectures-other-than-amd64 */
const namespaces: ReadonlyMap<string, string> = new Map([
  ["amd64", "linux/amd64"],
  ["arm32v5", "linux/arm/v5"],
  ["arm32v6", "linux/arm/v6"],
  ["arm32v7", "linux/arm/v7"],
  ["arm64v8", "linux/arm64"],
  ["i386", "linux/386"],
  ["mips64le", "linux/mips64le"],
  ["ppc64le", "linux/ppc64le"],
  ["riscv64", "linux/riscv64"],
  ["s390x", "linux/s390x"],
  ["winamd64", "windows/amd64"],
]);

/** What an image's name tells of its platform; an empty architecture stands for any. */
function platformOf(reference: ImageReference): Platform | undefined {
  const [namespace = "", ...rest] = reference.path.split("/");
  if (reference.domain === "docker.io" && rest.length === 1 && namespaces.has(namespace))
    return parsePlatform(namespaces.get(namespace) ?? "");
  if (reference.name.startsWith("mcr.microsoft.com/windows/")) return parsePlatform("windows");
  const family = imageFamily(reference);
  if (family === undefined || family === "scratch") return undefined;
  return parsePlatform(family === "windows" ? "windows" : "linux");
}

/** Whether a machine of the asked platform runs what the image holds: 64-bit processors also run their 32-bit kind. */
function fits(own: Platform, asked: Platform): boolean {
  if (own.os !== asked.os) return false;
  if (own.architecture === "" || asked.architecture === "") return true;
  if (own.architecture !== asked.architecture)
    return (
      (own.architecture === "386" && asked.architecture === "amd64") ||
      (own.architecture === "arm" && asked.architecture === "arm64")
    );
  return own.architecture !== "arm" || (own.variant ?? "") <= (asked.variant ?? "");
}

function shown({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined && part !== "").join("/");
}
