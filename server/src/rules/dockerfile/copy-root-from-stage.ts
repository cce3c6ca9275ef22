import type {
  CopyInstruction,
  CopySource,
  DockerfileDocument,
  ImageUse,
} from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { fillIn } from "../shared/fillIn";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { instructionsOf, stateBefore } from "../shared/stages";

export default defineRule({
  id: "copy-root-from-stage",
  language: "dockerfile",
  title: "Only what is needed is copied from another stage",
  why: `\`COPY --from=build / /\` takes the whole file system of another stage or image: compilers, package caches, shell
histories, sources, and whatever credentials the build has left in it. The small final image, which is what stages are
for, is lost, and so is the line between what is for the build and what is shipped.

Copy what the program needs by name (\`COPY --from=build /app/bin/server /usr/bin/\`), or install into a folder of its
own first (\`make install DESTDIR=/out\`) and copy that.

A stage or image that itself starts from \`scratch\` and holds only what was put there is not reported. On top of
\`FROM scratch\` this is a known way to make one layer of many. It is still reported, as low: the user, the
environment and the entrypoint of the stage are lost, and everything in it is kept. The fix leaves a place for one
folder: which files are needed is for you to say.`,
  category: "hygiene",
  severity: "medium",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3067", "droast:DF026", "cis:4.10", "cwe:538"],
  references: [
    { title: "Docker: multi-stage builds", url: "https://docs.docker.com/build/building/multi-stage/" },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  messages: {
    stage: (from: string) => `Everything in ${from} gets into the image, with what the build has left there`,
    image: (from: string) =>
      `Everything in ${from} is laid over this image, whatever its publisher puts there`,
  },
  bad: [
    {
      title: "onto another image",
      source: "FROM golang:1.26 AS build\nFROM debian:12\nCOPY --from=build «/» /\n",
      fixed: "FROM golang:1.26 AS build\nFROM debian:12\nCOPY --from=build /FOLDER /FOLDER\n",
    },
    {
      title: "quoted, in exec form, and with a pattern",
      source:
        'FROM golang:1.26 AS build\nFROM debian:12\nCOPY --from=build «"/"» "/"\nCOPY --from=0 [«"/"», "/"]\nCOPY --from=build «/*» /\n',
      fixed:
        'FROM golang:1.26 AS build\nFROM debian:12\nCOPY --from=build "/FOLDER" "/FOLDER"\nCOPY --from=0 ["/FOLDER", "/FOLDER"]\nCOPY --from=build /FOLDER /FOLDER\n',
    },
    {
      title: "to the working directory, from an image",
      source: "FROM debian:12\nWORKDIR /\nCOPY --link --from=alpine:3.21 «/.» ./\n",
      fixed: "FROM debian:12\nWORKDIR /\nCOPY --link --from=alpine:3.21 /FOLDER /FOLDER\n",
    },
    {
      title: "onto nothing, which is less",
      source: "FROM debian:12 AS build\nFROM scratch\nCOPY --from=build «/» /\n",
      fixed: "FROM debian:12 AS build\nFROM scratch\nCOPY --from=build /FOLDER /FOLDER\n",
    },
    {
      title: "by a relative path, which begins at the root as well",
      source: "FROM golang:1.26 AS build\nWORKDIR /src\nFROM debian:12\nCOPY --from=build «.» /\n",
      fixed: "FROM golang:1.26 AS build\nWORKDIR /src\nFROM debian:12\nCOPY --from=build /FOLDER /FOLDER\n",
    },
    {
      title: "in the builds of other images",
      source: "FROM debian:12\nONBUILD COPY --from=build «/» /\n",
      fixed: "FROM debian:12\nONBUILD COPY --from=build /FOLDER /FOLDER\n",
    },
  ],
  good: [
    { title: "one folder", source: "FROM a:1 AS build\nFROM scratch\nCOPY --from=build /rootfs /\n" },
    { title: "into a folder", source: "FROM a:1 AS build\nFROM b:1\nCOPY --from=build / /rootfs\n" },
    {
      title: "into a working directory",
      source: "FROM a:1 AS build\nFROM b:1\nWORKDIR /srv\nCOPY --from=build / .\n",
    },
    { title: "from the context", source: "FROM b:1\nCOPY / /\n" },
    {
      title: "a stage that holds only what was put there",
      source:
        "FROM a:1 AS build\nFROM scratch AS out\nCOPY --from=build /x /\nFROM b:1\nCOPY --from=out / /\n",
    },
  ],
  local: true,
  needs: { keywords: ["COPY"], words: ["from"] },
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "COPY" || instruction.from === undefined) continue;
      const source = instruction.sources.find((one) => isAll(knownValue(one)));
      if (source === undefined) continue;
      const workdir = stateBefore(document, instruction)?.workdir;
      if (!isRootTarget(instruction, workdir?.state === "known" ? workdir.value : undefined)) continue;
      if (isBundle(document, instruction.from)) continue;
      const base = document.stages[instruction.stageIndex]?.from.image?.target.kind;
      report(instruction.from.target.kind === "image" ? "image" : "stage", [shorten(instruction.from.text)], {
        at: source.span,
        fixes: oneFolderFixes(document, instruction, source),
        ...(base === "scratch" ? { severity: "low" as const } : {}),
      });
    }
  },
});

/** One folder, at the same place in both, in the place of everything. */
function oneFolderFixes(
  { text }: DockerfileDocument,
  { sources, destination }: CopyInstruction,
  source: CopySource,
): readonly Fix[] {
  const replaced = [source, destination].map((part) => {
    const quote = part && /^["']/.exec(text[part.span.start] ?? "")?.[0];
    return part && replaceSpan(part.span, `${quote ?? ""}/FOLDER${quote ?? ""}`);
  });
  return sources.length > 1 ? [] : fillIn("Name the folder that is meant", ["FOLDER"], ...replaced);
}

/** Whether something holds only what was put there on purpose, so that taking all of it is what it is for. */
function isBundle({ stages }: DockerfileDocument, { target }: ImageUse): boolean {
  const base = target.kind === "stage" ? stages[target.index]?.base?.target : target;
  // Scripts for cross compilation, made to be copied so: https://github.com/tonistiigi/xx
  return base?.kind === "scratch" || (base?.kind === "image" && base.reference.path === "tonistiigi/xx");
}

function isRootTarget({ destination }: CopyInstruction, workdir: string | undefined): boolean {
  const target = destination && knownValue(destination);
  return isRoot(target) || (target !== undefined && /^\.\/?$/.test(target) && isRoot(workdir));
}

function knownValue({ expanded }: CopySource): string | undefined {
  return expanded.state === "known" ? expanded.value : undefined;
}

/** Paths in another stage begin at its root, whatever its working directory is. */
function isAll(path: string | undefined): boolean {
  return isRoot(path?.replace(/\*$/, "").replace(/^(?:\.\/?)?$/, "/"));
}

function isRoot(path: string | undefined): boolean {
  return path !== undefined && /^\/[/.]{0,9}$/.test(path) && !path.includes("..");
}
