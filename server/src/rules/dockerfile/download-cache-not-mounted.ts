import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt } from "../../text/edit";
import { unmountedDownloads } from "../shared/downloadCaches";
import { instructionsOf } from "../shared/stages";
import { rootnessIn } from "../shared/users";

export default defineRule({
  id: "download-cache-not-mounted",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN"],
    words: ["npm", "cargo", "go", "mvn", "gradle", "composer", "dotnet", "nuget", "mix", "gem", "bundle"],
  },
  title: "Steps that download packages keep them in a cache mount",
  why: `A changed line in a lock file makes the builder run the step again, and all packages are downloaded again. With
\`RUN --mount=type=cache,target=…\` the builder keeps them between builds, out of the image. That is a matter of speed
more than of safety: fewer downloads also mean fewer builds that fail or take something else because a registry is
away.

It is wrong where builds run on machines that keep nothing, and where several projects of different trust share one
builder: whoever can write to a cache mount decides what the next build finds in it. What is in a mount is not in the
image, so do not mount a folder that the program needs at run time.

By hand: add a mount with the folder in which the tool keeps its downloads (\`npm config get cache\`, \`go env
GOMODCACHE\`). The fix writes the folder that is used by root in the official images. It is not called safe, since a
later step may count on what was in the folder.

Looked at are npm, pnpm, cargo, go, Maven, Gradle, Composer, .NET, Mix and Ruby's gem and Bundler; apt, apk, dnf, yum,
zypper, pip and yarn have rules about what they leave in the image. The fix mounts root's folder, so there is none for another
user.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    ...["hadolint:DL3068", "hadolint:DL3069", "hadolint:DL3070", "hadolint:DL3071", "hadolint:DL3072"],
    ...["hadolint:DL3073", "hadolint:DL3074", "hadolint:DL3075", "hadolint:DL3076", "hadolint:DL3077"],
  ],
  references: [
    {
      title: "Docker: cache mounts",
      url: "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
    },
    { title: "hadolint: its rules", url: "https://github.com/hadolint/hadolint#rules" },
  ],
  messages: {
    again: (program: string) =>
      `What ${program} downloads here is downloaded again whenever this step changes`,
  },
  bad: [
    {
      title: "npm",
      source: "FROM node:24\nRUN «npm» ci\n",
      fixed: "FROM node:24\nRUN --mount=type=cache,target=/root/.npm npm ci\n",
    },
    {
      title: "two folders, beside another mount",
      source: "FROM golang:1.26\nRUN --mount=type=bind,target=. «go» build -o /app ./cmd/app\n",
      fixed:
        "FROM golang:1.26\nRUN --mount=type=cache,target=/root/.cache/go-build --mount=type=cache,target=/go/pkg/mod --mount=type=bind,target=. go build -o /app ./cmd/app\n",
    },
    {
      title: "in a script, and a wrapper in the project",
      source: "FROM eclipse-temurin:21\nRUN <<EOF\n./«gradlew» build\nEOF\n",
      fixed:
        "FROM eclipse-temurin:21\nRUN --mount=type=cache,target=/root/.gradle <<EOF\n./gradlew build\nEOF\n",
    },
    {
      title: "Rust, PHP, .NET, Elixir, Ruby, Maven, pnpm",
      source:
        "FROM debian:13\nRUN «cargo» build --release\nRUN «composer» install --no-dev\nRUN «dotnet» restore\nRUN «mix» deps.get\nRUN «bundle» install\nRUN «mvn» -B package\nRUN «pnpm» i\n",
      fixed:
        "FROM debian:13\nRUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/usr/local/cargo/git cargo build --release\nRUN --mount=type=cache,target=/root/.composer/cache composer install --no-dev\nRUN --mount=type=cache,target=/root/.nuget/packages dotnet restore\nRUN --mount=type=cache,target=/root/.hex mix deps.get\nRUN --mount=type=cache,target=/usr/local/bundle/cache bundle install\nRUN --mount=type=cache,target=/root/.m2 mvn -B package\nRUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm i\n",
    },
    {
      title: "as another user, whose home is not known: without a fix",
      source: 'FROM node:24\nRUN su node -c "«npm» ci"\nUSER node\nRUN «npm» ci\n',
    },
  ],
  good: [
    {
      title: "mounted",
      source:
        "FROM node:24\nRUN --mount=type=cache,target=/root/.npm npm ci\nRUN --mount=type=cache,id=x,dst=/home/node/.npm npm ci\nRUN --mount=type=tmpfs,target=/root/.cargo cargo fetch\nRUN --mount=type=cache,target=/go/pkg/mod go build\n",
    },
    {
      title: "nothing that downloads",
      source:
        "FROM node:24\nRUN npm run build && go version && cargo --version && dotnet --info && gem list\n",
    },
    {
      title: "told to take what is there",
      source:
        "FROM debian:13\nRUN dotnet publish --no-restore -o /out && mvn -o package && cargo build --frozen && go build -mod=vendor\n",
    },
  ],
  check(document, { report }) {
    for (const run of instructionsOf(document)) {
      if (run.keyword !== "RUN") continue;
      for (const { command, folders } of unmountedDownloads(run)) {
        const { name, program } = command.unwrapped;
        if (name === undefined) continue;
        report("again", [program], {
          at: nameSpan(name.span, program),
          fixes: isAnothers(document, run, command) ? [] : fixesOf(document, run, folders),
        });
      }
    }
  },
});

/** The program's name without its path. */
function nameSpan({ start, end }: { readonly start: number; readonly end: number }, program: string) {
  return end - start > program.length ? { start: end - program.length, end } : { start, end };
}

/** Whether a command runs as another user than root, whose downloads lie in a home folder that is not known. */
function isAnothers(document: DockerfileDocument, run: RunInstruction, command: ShellCommand): boolean {
  const { runBy, unwrapped } = command;
  const switches = [runBy?.unwrapped.program ?? "", ...unwrapped.wrappers.map(({ text }) => text)];
  return (
    switches.some((program) => /^(?:su|sudo|gosu|su-exec|runuser)$/.test(program)) ||
    rootnessIn(document)(run) === "other"
  );
}

function fixesOf(
  { text }: DockerfileDocument,
  { keywordSpan }: RunInstruction,
  folders: readonly string[],
): readonly Fix[] {
  if (text[keywordSpan.end] !== " ") return [];
  const mounts = folders.map((folder) => ` --mount=type=cache,target=${folder}`).join("");
  return [
    {
      title: "Keep the downloads in a cache mount",
      safety: "unsafe",
      edits: [insertAt(keywordSpan.end, mounts)],
    },
  ];
}
