import type { CopyInstruction, CopySource, DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { finalStages, instructionsOf } from "../shared/stages";
import { withBlanksAfter } from "../shared/words";

export default defineRule({
  id: "leftover-files-in-image",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["COPY", "ADD"] },
  title: "Nothing gets into the image that only its makers need",
  why: `The history of a repository, the settings of an editor, caches of package managers and the Dockerfile itself are of no
use to the program, yet of great use to an attacker: \`.git\` holds every secret that was ever committed and the
addresses of remotes, often with a token; settings and Compose files name machines, users and paths.

Copy what the program needs, and write the rest into \`.dockerignore\`. For the name of a version use an ARG, or a mount:
\`RUN --mount=type=bind,source=.git,target=.git git describe\`.

Reported are files and folders that are copied by their own names into the final image; \`.git\` is low, the others are
advice. A Dockerfile or Compose file that is copied alone is meant, and not reported. The fix takes the name out where others are copied with it; it is not called safe, since a build may rely on it.`,
  category: "hygiene",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["dockle:DKL-LI-0003", "cis:4.10", "cwe:538"],
  references: [
    {
      title: "Docker: .dockerignore files",
      url: "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally accessible file"),
  ],
  messages: {
    history: () => "The whole history of the repository gets into the image, with every secret it ever held",
    leftover: (name: string) =>
      `${name} is of no use to the program in the image, only to those who look into it`,
  },
  bad: [
    {
      title: "the history and an editor's settings",
      source:
        "FROM node:22\nCOPY package.json «.git» src /app/\nCOPY «./.git/» /app/.git\nCOPY «.vscode» /app/.vscode\n",
      fixed: "FROM node:22\nCOPY package.json src /app/\nCOPY ./.git/ /app/.git\nCOPY .vscode /app/.vscode\n",
    },
    {
      title: "the build's own files, in JSON form",
      source: 'FROM node:22\nCOPY [«"Dockerfile"», "a", "/app/"]\nADD «docker-compose.yml» a /app/\n',
      fixed: 'FROM node:22\nCOPY ["Dockerfile", "a", "/app/"]\nADD a /app/\n',
    },
  ],
  good: [
    {
      title: "in a stage that is thrown away, or mounted",
      source:
        "FROM node:22 AS build\nCOPY .git .git\nFROM node:22\nRUN --mount=type=bind,source=.git,target=.git git describe\n",
    },
    {
      title: "of another stage",
      source: "FROM node:22 AS a\nFROM node:22\nCOPY --from=a /root/.npm /root/.npm\n",
    },
    {
      title: "other names, and a part",
      source:
        "FROM node:22\nCOPY .git/HEAD .gitconfig Dockerfile.md docker-entrypoint.sh /app/\nCOPY docker-compose.yml /usr/share/app/\n",
    },
  ],
  check(document, { report }) {
    const final = finalStages(document);
    for (const copy of instructionsOf(document)) {
      if (copy.keyword !== "COPY" && copy.keyword !== "ADD") continue;
      if (copy.from || !final.has(copy.stageIndex)) continue;
      for (const [index, source] of copy.sources.entries()) {
        const name = nameOf(source);
        if (name === undefined || (isBuildFile.test(name) && copy.sources.length < 2)) continue;
        const fixes = fixesOf(document, copy, index);
        if (/^\.(?:git|hg|svn)$/.test(name)) report("history", [], { at: source.span, fixes });
        else report("leftover", [shorten(name)], { at: source.span, fixes, severity: "info" });
      }
    }
  },
});

/** The last part of a path that names something that is not for the image. */
function nameOf({ expanded }: CopySource): string | undefined {
  if (expanded.state === "unknown") return undefined;
  const name =
    expanded.value
      .slice(-200)
      .replace(/(?<!\/)\/+$/, "")
      .split("/")
      .at(-1) ?? "";
  return leftovers.test(name) || isBuildFile.test(name) ? name : undefined;
}

const leftovers = /^(?:\.(?:git|hg|svn|github|gitlab-ci\.yml|vscode|idea|npm|cache|dockerignore|DS_Store))$/;

const isBuildFile =
  /^(?:(?:Docker|Container)file(?:\.(?:dev|prod|test|base|build))?|(?:docker-)?compose(?:\.[\w-]{1,20})?\.ya?ml)$/;

function fixesOf(document: DockerfileDocument, copy: CopyInstruction, index: number): readonly Fix[] {
  const [source, next] = [copy.sources[index], copy.sources[index + 1] ?? copy.destination];
  if (!source || !next || copy.sources.length < 2 || copy.exec) return [];
  const span = withBlanksAfter(document, source.span, next.span);
  return span
    ? [
        {
          title: `Copy the rest without ${shorten(source.text)}`,
          safety: "unsafe",
          edits: [deleteSpan(span)],
        },
      ]
    : [];
}
