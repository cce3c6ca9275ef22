import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellScript, ShellWord } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt, replaceSpan } from "../../text/edit";
import { rememberLast } from "../../text/rememberLast";
import { spanOf } from "../../text/span";
import { commandsMentioning } from "../shared/mentions";
import { dockerBestPractices } from "../shared/references";

export default defineRule({
  id: "apk-virtual",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["apk"] },
  title: "What a step installs only for itself has a name of its own",
  why: `A step that installs tools with \`apk add\` and deletes them with \`apk del\` lists them twice. When one list
changes and the other does not, tools stay in the image that an attacker can use, or something is deleted that the
program needs.

Give them a name, \`apk add --virtual .build-deps gcc make\`, and delete that: \`apk del .build-deps\`.

Reported are packages that a step installs and deletes by their own names. The fix writes the name in both places where the two
lists are the same; it is not called safe, since apk then keeps what another package needs.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["dockerfilelint:apkadd-missing-virtual"],
  references: [
    {
      title: "Alpine: virtual packages",
      url: "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper",
    },
    dockerBestPractices,
  ],
  messages: {
    twice: () =>
      "These packages are listed twice, so that a change to one of the lists leaves tools in the image",
  },
  bad: [
    {
      title: "the same list",
      source:
        "FROM alpine:3.21\nRUN apk add --no-cache gcc make \\\n    && make install \\\n    && «apk del make gcc»\n",
      fixed:
        "FROM alpine:3.21\nRUN apk add --virtual .build-deps --no-cache gcc make \\\n    && make install \\\n    && apk del .build-deps\n",
    },
    {
      title: "a part of it, without a fix",
      source: "FROM alpine:3.21\nRUN apk add curl tar gcc; make; «apk del --purge gcc curl»\n",
    },
  ],
  good: [
    {
      title: "with a name",
      source: "FROM alpine:3.21\nRUN apk add -t .deps gcc && make && apk del .deps\n",
    },
    { title: "what was there before", source: "FROM alpine:3.21\nRUN apk add git && apk del openssl\n" },
    { title: "kept", source: "FROM alpine:3.21\nRUN apk add git\nRUN apk del git\n" },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["apk"], deletes, ["RUN"])) {
      if (instruction.keyword !== "RUN" || !command.unwrapped.name) continue;
      const deleted = packagesOf(command);
      const added = installationBefore(instruction, command, deleted);
      if (added === undefined) continue;
      const at = spanOf(command.unwrapped.name.span.start, command.span.end);
      report("twice", [], { at, fixes: fixesOf(document, added, deleted) });
    }
  },
});

function deletes({ unwrapped }: ShellCommand): boolean {
  return unwrapped.program === "apk" && operandsOf(unwrapped)[0]?.value === "del";
}

function packagesOf({ unwrapped }: ShellCommand): readonly ShellWord[] {
  return operandsOf(unwrapped).slice(1);
}

/** The first command that installs all of some packages, without a name for them. */
function installationBefore(
  { script }: RunInstruction,
  deletion: ShellCommand,
  deleted: readonly ShellWord[],
): ShellCommand | undefined {
  const found = installationsIn(script).get(deleted[0]?.value);
  if (found === undefined || found.command.span.start > deletion.span.start) return undefined;
  return deleted.every(({ value }) => found.names.has(value)) ? found.command : undefined;
}

interface Installation {
  readonly command: ShellCommand;
  readonly names: ReadonlySet<string | undefined>;
}

/** What a script installs without a name for it, by the names of the packages. */
const installationsIn = rememberLast(({ commands }: ShellScript) => {
  const installations = new Map<string | undefined, Installation>();
  for (const command of commands) {
    const { unwrapped } = command;
    if (unwrapped.program !== "apk" || operandsOf(unwrapped)[0]?.value !== "add") continue;
    if (hasFlag(unwrapped, "t", "virtual")) continue;
    const names = new Set(packagesOf(command).map(nameOf));
    names.delete(undefined);
    for (const name of names) if (!installations.has(name)) installations.set(name, { command, names });
  }
  return installations;
});

function nameOf({ value }: ShellWord): string | undefined {
  return value?.split(/[=<>~@]/)[0];
}

function fixesOf(
  document: DockerfileDocument,
  added: ShellCommand,
  deleted: readonly ShellWord[],
): readonly Fix[] {
  const subcommand = operandsOf(added.unwrapped)[0];
  const [first, last] = [deleted[0], deleted.at(-1)];
  if (!subcommand?.exact || !first?.exact || !last?.exact) return [];
  if (packagesOf(added).length !== deleted.length) return [];
  const list = spanOf(first.span.start, last.span.end);
  if (/[#\n]/.test(document.text.slice(list.start, list.end))) return [];
  const edits = [insertAt(subcommand.span.end, " --virtual .build-deps"), replaceSpan(list, ".build-deps")];
  return [{ title: "Name the packages .build-deps", safety: "unsafe", edits }];
}
