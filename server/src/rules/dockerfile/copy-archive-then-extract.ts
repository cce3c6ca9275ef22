import type { CopyInstruction, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import { defineRule } from "../../engine/rule";
import { isArchiveName } from "../shared/archiveNames";
import { runs } from "../shared/mentions";
import { dockerfileReference } from "../shared/references";
import { finalChain } from "../shared/stages";
import { unpacksInput } from "../shared/unpacking";

export default defineRule({
  id: "copy-archive-then-extract",
  language: "dockerfile",
  needs: { keywords: ["COPY"] },
  reads: (instruction) => instruction.keyword === "COPY" || runs(instruction, unpacksInput),
  title: "An archive is unpacked without a copy of it in the image",
  why: `COPY puts the archive into a layer, and the next step unpacks it into another: the image holds everything twice.
Deleting the archive in that step only hides it.

Let the step see the archive without copying it, \`RUN --mount=type=bind,source=app.tar.gz,target=/tmp/app.tar.gz tar
-xzf /tmp/app.tar.gz -C /app\`, or let ADD unpack a tar file that you trust: \`ADD app.tar.gz /app/\`.

Stages that are thrown away are not reported. There is no fix, since both instructions have to change.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3010"],
  references: [
    dockerfileReference("RUN --mount=type=bind", "run---mounttypebind"),
    {
      title: "Docker: ADD or COPY",
      url: "https://docs.docker.com/build/building/best-practices/#add-or-copy",
    },
  ],
  messages: {
    twice: () =>
      "This archive stays in the image beside what a later step unpacks from it, so it is there twice",
  },
  bad: [
    {
      title: "into a folder",
      source:
        "FROM debian:12\n«COPY» packaged-app.tar /usr/src/app/\nRUN tar -xf /usr/src/app/packaged-app.tar\n",
    },
    {
      title: "under another name, with a pattern and a variable, from another stage",
      source:
        "FROM debian:12\nARG V\n«COPY» dist/app-*.tgz /tmp/app.tgz\n«COPY» --from=build /out/x-$V.zip /opt\nRUN cd /tmp && tar xzf app.tgz && rm app.tgz\nRUN unzip -q /opt/x-$V.zip\n",
    },
    {
      title: "in a stage that the final one is built on, in exec form",
      source:
        'FROM debian:12 AS base\n«COPY» ["a.tar.gz", "/a.tar.gz"]\nFROM base\nRUN ["tar", "-x", "-f", "/a.tar.gz"]\n',
    },
  ],
  good: [
    {
      title: "another archive",
      source:
        "FROM debian:12\nCOPY app.tar.gz /app/\nRUN curl -fO https://example.com/b.tar.gz && tar xf b.tar.gz\n",
    },
    {
      title: "mounted or added",
      source:
        "FROM debian:12\nRUN --mount=type=bind,source=a.tgz,target=/a.tgz tar xf /a.tgz\nADD b.tgz /b/\nRUN tar xf /b.tgz\n",
    },
    { title: "unpacked before", source: "FROM debian:12\nRUN tar xf a.tar\nCOPY a.tar /\n" },
    {
      title: "in a stage that is thrown away, or only packed",
      source:
        "FROM debian:12 AS build\nCOPY a.tar /\nRUN tar xf /a.tar\nFROM debian:12\nCOPY a.jar /\nRUN echo a.tar; cp a.jar b\n",
    },
  ],
  check(document, { report }) {
    const instructions = [...finalChain(document)].reverse().flatMap((stage) => stage.instructions);
    if (!instructions.some((copy) => copy.keyword === "COPY" && archivesOf(copy).length > 0)) return;
    const unpacked = unpackedIn(instructions);
    for (const [index, copy] of instructions.entries()) {
      if (copy.keyword !== "COPY") continue;
      const command = archivesOf(copy)
        .map((name) => unpacked.get(name))
        .find((found) => found !== undefined && found.index > index)?.command;
      if (!command) continue;
      report("twice", [], {
        at: copy.keywordSpan,
        related: [{ span: command.span, message: "Unpacked here" }],
      });
    }
  },
});

/** The names that the copied archives have in the image, as written. */
function archivesOf({ sources, destination }: CopyInstruction): readonly string[] {
  const target = destination?.text ?? "";
  const renamed = lastPart(target);
  return sources.flatMap(({ text }) => {
    const name = lastPart(text);
    if (sources.length === 1 && isArchiveName(renamed)) return [renamed];
    return isArchiveName(name) && !/[*?[]/.test(name) ? [name] : [];
  });
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The last command that unpacks a file, by the file's name as written, with the index of its instruction. */
function unpackedIn(
  instructions: readonly Instruction[],
): ReadonlyMap<string, { readonly index: number; readonly command: ShellCommand }> {
  const unpacked = new Map<string, { readonly index: number; readonly command: ShellCommand }>();
  for (const [index, instruction] of instructions.entries()) {
    if (instruction.keyword !== "RUN" || !hasCommand(instruction.script, unpacksInput)) continue;
    for (const command of instruction.script.commands.filter(unpacksInput)) {
      for (const { text, value } of command.unwrapped.arguments)
        unpacked.set(lastPart(value ?? text.replace(/^["']|["']$/g, "")), { index, command });
    }
  }
  return unpacked;
}
