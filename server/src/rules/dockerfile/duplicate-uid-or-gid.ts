import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { imageFacts } from "../../knowledge/images";
import { replaceSpan } from "../../text/edit";
import { rememberLast } from "../../text/rememberLast";
import type { Span } from "../../text/span";
import { type GivenId, givenIds, givesId } from "../shared/accountIds";
import { optionValueSpan } from "../shared/accounts";
import { commandsMentioning, runs } from "../shared/mentions";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "duplicate-uid-or-gid",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["adduser", "addgroup", "useradd", "groupadd", "usermod", "groupmod"] },
  reads: (instruction) => runs(instruction, givesId) || runs(instruction, removesAccount),
  title: "Each account has a number of its own",
  why: `The kernel keeps users apart by number only. Two users with one uid are the same user: each can read and change
the other's files and stop its processes, and logs show the name that comes first in \`/etc/passwd\`. What was to keep
a web server from a worker's keys is then gone. The same goes for two groups with one gid.

Give each account its own number. Where a uid is taken by a user of the base image (\`node\` has 1000), use that user,
rename it (\`usermod --login\`), or remove it first.

Numbers are compared within a stage, with the stages that it is built on, and with the users of a known base image,
as far as the file shows them; uid 0 has a rule of its own. Steps in which an \`if\`, a \`case\` or \`||\` chooses
between commands are left out, and so are accounts that some step removes.

The fix takes the next free number for the second account; files that were to belong to it may have the old one.`,
  category: "user",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["dockle:DKL-LI-0002", "cwe:286"],
  references: [
    {
      title: "Linux manual: useradd",
      url: "https://man7.org/linux/man-pages/man8/useradd.8.html",
    },
    cwe(286, "Incorrect user management"),
  ],
  messages: {
    user: (name: string, id: string, other: string) =>
      `${name} gets uid ${id} of ${other}, so each can change the other's files and processes`,
    group: (name: string, id: string, other: string) =>
      `Group ${name} gets gid ${id} of ${other}, so the two share all rights`,
  },
  bad: [
    {
      title: "two users and two groups",
      source:
        "FROM debian:12\nRUN groupadd -g 1000 a && groupadd -o -g «1000» b\nRUN useradd -u 1000 web && useradd -o --uid=«1000» worker\n",
      fixed:
        "FROM debian:12\nRUN groupadd -g 1000 a && groupadd -o -g 1001 b\nRUN useradd -u 1000 web && useradd -o --uid=1001 worker\n",
    },
    {
      title: "busybox's way, in a later stage, through a variable",
      source:
        "FROM alpine:3.21 AS base\nARG UID=2000\nRUN addgroup -g 2000 a && adduser -D -u $UID -G a a\nFROM base\nRUN adduser -D -u «2000» b && usermod -o -u «2000» c\n",
      fixed:
        "FROM alpine:3.21 AS base\nARG UID=2000\nRUN addgroup -g 2000 a && adduser -D -u $UID -G a a\nFROM base\nRUN adduser -D -u 2001 b && usermod -o -u 2002 c\n",
    },
    {
      title: "the number of a user of the base image",
      source: "FROM node:22\nRUN useradd -o -u «1000» app\n",
      fixed: "FROM node:22\nRUN useradd -o -u 1001 app\n",
    },
  ],
  good: [
    {
      title: "a user and a group with one number",
      source: "FROM debian:12\nRUN groupadd -g 1000 app && useradd -u 1000 -g 1000 app\n",
    },
    {
      title: "one of two, as the system has it",
      source:
        "FROM debian:12\nRUN if [ -x /sbin/apk ]; then adduser -D -u 1000 a; else useradd -u 1000 b; fi\nRUN useradd -u 5 c || useradd -u 5 d\n",
    },
    {
      title: "changed or removed in between",
      source:
        "FROM debian:12\nRUN useradd -u 1000 a && userdel a && useradd -u 1000 b && usermod -u 1001 b && useradd -u 1000 c\n",
    },
    {
      title: "only if it is free",
      source:
        "FROM node:22\nRUN getent passwd 1000 || useradd -u 1000 app\nRUN usermod -u 1001 node\nRUN useradd -u 1000 app\n",
    },
    { title: "different stages", source: "FROM a\nRUN useradd -u 1000 x\nFROM b\nRUN useradd -u 1000 y\n" },
    { title: "the same account", source: "FROM a\nRUN useradd -u 1000 x\nRUN usermod -u 1000 x\n" },
    { title: "variables", source: "FROM a\nARG UID\nRUN useradd -u $UID x && useradd -o -u $UID y\n" },
  ],
  check(document, { report }) {
    if (!/add(?:user|group)|(?:user|group)(?:add|mod)/.test(document.text)) return;
    const removed = removedNames(document);
    const accounts = new Map<number, Accounts>();
    for (const stage of document.stages) {
      const { holders, ids } = copyOf(accounts.get(stage.parent?.index ?? -1)) ?? accountsOfBase(stage);
      for (const given of givenIds(stage)) {
        if (chooses(document, given)) continue;
        const { kind, name, id, option } = given;
        const key = `${kind} ${id}`;
        const before = ids.get(`${kind} ${name}`);
        if (before !== undefined && holders.get(`${kind} ${before}`)?.name === name)
          holders.delete(`${kind} ${before}`);
        const other = holders.get(key);
        if (other !== undefined && id !== 0 && !removed.has(other.name) && option.valueWord !== undefined) {
          const span = optionValueSpan(option);
          report(kind, [shorten(name, 24), `${id}`, shorten(other.name, 24)], {
            at: span ?? option.valueWord.span,
            related: other.at ? [{ message: "The first account with this number", span: other.at }] : [],
            fixes: span ? fixesOf(span, freeIds(document)[kind]) : [],
          });
        }
        if (other === undefined || removed.has(other.name))
          holders.set(key, { name, at: given.command.span });
        ids.set(`${kind} ${name}`, id);
      }
      accounts.set(stage.index, { holders, ids });
    }
  },
});

/** What has which number, by kind and number, and the other way round, by kind and name. */
interface Accounts {
  readonly holders: Map<string, Holder>;
  readonly ids: Map<string, number>;
}

interface Holder {
  readonly name: string;
  /** Where it is made; undefined for what the base image has. */
  readonly at: Span | undefined;
}

function copyOf(accounts: Accounts | undefined): Accounts | undefined {
  return accounts && { holders: new Map(accounts.holders), ids: new Map(accounts.ids) };
}

function accountsOfBase({ base }: Stage): Accounts {
  const facts = base?.target.kind === "image" ? imageFacts(base.target.reference) : undefined;
  const users = (facts?.users ?? []).flatMap(({ name, uid }) => (uid === undefined ? [] : [{ name, uid }]));
  return {
    holders: new Map(users.map(({ name, uid }) => [`user ${uid}`, { name, at: undefined }])),
    ids: new Map(users.map(({ name, uid }) => [`user ${name}`, uid])),
  };
}

/** Whether a step picks its commands by what it finds, so that an account may not be made at all. */
function chooses({ text }: DockerfileDocument, { run }: GivenId): boolean {
  return /\|\||(?:^|[\s;(])(?:if|case)\s/.test(text.slice(run.span.start, run.span.end));
}

const removers: readonly string[] = ["userdel", "deluser", "groupdel", "delgroup"];

function removesAccount({ unwrapped }: ShellCommand): boolean {
  return removers.includes(unwrapped.program);
}

/** The accounts that some step removes. */
function removedNames(document: DockerfileDocument): ReadonlySet<string> {
  return new Set(
    commandsMentioning(document, removers, removesAccount, ["RUN"]).flatMap(({ command }) =>
      operandsOf(command.unwrapped).map(({ text }) => text),
    ),
  );
}

/** The next number that no account of a file has, for each kind. */
const freeIds: (document: DockerfileDocument) => Readonly<Record<GivenId["kind"], number>> = rememberLast(
  ({ stages }: DockerfileDocument) => {
    const most = { user: 0, group: 0 };
    for (const { kind, id } of stages.flatMap(givenIds)) most[kind] = Math.max(most[kind], id);
    return { user: most.user + 1, group: most.group + 1 };
  },
);

function fixesOf(span: Span, id: number): readonly Fix[] {
  return [{ title: `Use the number ${id}`, safety: "unsafe", edits: [replaceSpan(span, `${id}`)] }];
}
