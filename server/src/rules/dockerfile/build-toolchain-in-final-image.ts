import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { keptInstalls, wantedPackages } from "../shared/keptPackages";
import { runsProgram } from "../shared/program";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { finalChain } from "../shared/stages";
import { isToolchainImage, isToolchainPackage, startsToolchain } from "../shared/toolchains";

export default defineRule({
  id: "build-toolchain-in-final-image",
  language: "dockerfile",
  needs: { keywords: ["CMD", "ENTRYPOINT"] },
  title: "The final image holds what runs, not what built it",
  why: `A compiler in the image that runs your program is of use to whoever breaks in: they can build their tools on the
spot. It also brings hundreds of packages, whose holes every scanner lists, and makes the image many times as large.

Build in one stage, and copy the result into a small one:

\`\`\`dockerfile
FROM golang:1.25 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
\`\`\`

Java has \`-jre\` tags, .NET \`runtime\` and \`aspnet\` images; for Python and Ruby, build the wheels or gems in the
first stage.

Reported are a final stage on the image of a compiler, SDK or JDK, and compilers that are installed and not removed again, where the
image starts a program. An image that is made to build (\`ENTRYPOINT ["mvn"]\`, a shell) is not. There is no automatic
fix, since only you know what the program needs.`,
  category: "base-image",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["docker-bench:4.3", "droast:DF011", "cis:4.3", "cwe:1104"],
  references: [
    { title: "Docker: multi-stage builds", url: "https://docs.docker.com/build/building/multi-stage/" },
    cisDocker,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  messages: {
    image: () =>
      "This image is made to build, and its compiler is there for whoever breaks into the running program",
    installed: (name: string) =>
      `${name} stays in the final image, where it serves whoever breaks into the program`,
  },
  bad: [
    {
      title: "the image of a compiler",
      source: 'FROM «golang:1.25»\nCOPY . .\nRUN go build -o /app\nCMD ["/app"]\n',
    },
    {
      title: "an SDK and a JDK, also through an earlier stage",
      source:
        'ARG V=10.0\nFROM mcr.microsoft.com/dotnet/sdk:8.0 AS other\nFROM «mcr.microsoft.com/dotnet/sdk:$V» AS base\nFROM base\nENTRYPOINT ["dotnet", "run"]\n',
    },
    {
      title: "a JDK where a JRE would do",
      source: "FROM maven:3.9 AS build\nRUN mvn package\nFROM «eclipse-temurin:21»\nCMD java -jar /app.jar\n",
    },
    {
      title: "compilers that are installed, once in each command",
      source:
        'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y curl «build-essential» cmake \\\n    git\nRUN apt-get install -y «gcc-12»\nCMD ["gunicorn", "app"]\n',
    },
  ],
  good: [
    {
      title: "two stages",
      source:
        'FROM golang:1.25 AS build\nRUN apt-get install -y gcc && go build -o /app\nFROM debian:12\nCOPY --from=build /app /app\nCMD ["/app"]\n',
    },
    {
      title: "removed again, or what a variable names is",
      source:
        "FROM alpine:3.23\nRUN apk add --no-cache --virtual .build gcc && make && apk del .build\nRUN apk add gcc && apk del $DEPS\nRUN apt-get install -y g++ && apt-get purge -y g++\nCMD /app\n",
    },
    {
      title: "a tool, and a shell",
      source: 'FROM maven:3.9\nENTRYPOINT ["mvn"]\nFROM rust:1.91\nCMD ["bash"]\n',
    },
    {
      title: "a JRE, and images without a compiler of their own",
      source: "FROM eclipse-temurin:21-jre\nCMD java -jar /a.jar\n",
    },
    { title: "nothing to start", source: "FROM golang:1.25\nRUN apt-get install -y gcc\n" },
    { title: "a variable", source: "ARG BASE\nFROM $BASE\nCMD /app\n" },
  ],
  check(document, { report }) {
    const stage = document.finalStage;
    if (stage === undefined || !startsOwnProgram(document, stage)) return;
    const { from } = finalChain(document).at(-1) ?? stage;
    const target = from.image?.target;
    if (from.image !== undefined && target?.kind === "image" && isToolchainImage(target.reference)) {
      report("image", [], { at: from.image.span });
      return;
    }
    for (const { packages } of keptInstalls(document, toolchains)) {
      const [first] = packages;
      if (first !== undefined) report("installed", [shorten(first.name, 30)], { at: first.word.span });
    }
  },
});

const toolchains = wantedPackages(isToolchainPackage);

function startsOwnProgram(document: DockerfileDocument, stage: Stage): boolean {
  const starts = [stage.entrypoint, stage.command].flatMap((start) => (start ? [start.script] : []));
  return starts.length > 0 && runsProgram(document, stage) && !starts.some(startsToolchain);
}
