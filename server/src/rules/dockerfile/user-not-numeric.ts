import type { DockerfileDocument, UserInstruction, UserValue } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { givesId, uidOfUser } from "../shared/accountIds";
import { runs } from "../shared/mentions";
import { cisDocker, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "user-not-numeric",
  language: "dockerfile",
  needs: { keywords: ["USER"] },
  reads: (instruction) => runs(instruction, givesId),
  title: "The final USER is a number",
  why: `Kubernetes knows the user of an image only as USER spells it. With \`runAsNonRoot: true\` it refuses to start an
image whose user is a name, since it cannot look into \`/etc/passwd\` to tell that \`app\` is not root; the usual
answer to that error is to take \`runAsNonRoot\` away. A number also says who owns files in a bind mount, and does not
change when a package takes the next free uid.

Give the user a fixed uid when it is made (\`useradd --uid 10001 app\`) and write \`USER 10001\`. Keep the entry in
\`/etc/passwd\`: the runtime still finds the home folder and the group there.

Root by name is reported by another rule. Values that the file does not show are not reported.

The fix writes the uid where the file gives the user one, or where the base image is known. It is not called safe:
programs that read the image's configuration may look for the name.`,
  category: "user",
  severity: "info",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["hadolint:DL3066", "cis:4.1"],
  references: [
    dockerfileReference("USER", "user"),
    {
      title: "Kubernetes: configure a security context",
      url: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    },
    cisDocker,
  ],
  messages: {
    name: (user: string) => `USER ${user} is a name, so Kubernetes cannot verify that it is not root`,
  },
  bad: [
    {
      title: "a user that the file makes",
      source: "FROM debian:12\nRUN useradd --uid 10001 app\nUSER «app»\n",
      fixed: "FROM debian:12\nRUN useradd --uid 10001 app\nUSER 10001\n",
    },
    {
      title: "with a group, made in busybox's way, through a variable",
      source: "FROM alpine:3.21\nARG UID=10001\nRUN adduser -D -u $UID app\nUSER «app:app»\n",
      fixed: "FROM alpine:3.21\nARG UID=10001\nRUN adduser -D -u $UID app\nUSER 10001:app\n",
    },
    {
      title: "a user of the base image",
      source: "FROM node:22\nUSER «node»\n",
      fixed: "FROM node:22\nUSER 1000\n",
    },
    {
      title: "a name from a variable, and one whose uid nothing tells",
      source: "FROM debian:12\nENV RUN_AS=app\nRUN useradd app\nUSER «$RUN_AS»\n",
    },
  ],
  good: [
    { title: "numbers", source: "FROM debian:12\nUSER 10001\n" },
    { title: "numbers with a group", source: "FROM debian:12\nUSER 1234:5678\n" },
    { title: "a variable", source: "ARG APP_UID\nFROM debian:12\nARG APP_UID\nUSER ${APP_UID}\n" },
    { title: "root", source: "FROM debian:12\nUSER root\n" },
    { title: "a name on the way", source: "FROM debian:12\nUSER app\nRUN make\nUSER 10001\n" },
    {
      title: "Windows",
      source: "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nUSER ContainerUser\n",
    },
  ],
  check(document, { report }) {
    const { finalStage: stage } = document;
    if (stage?.os === "windows") return;
    const last = stage === undefined ? lastUser(document) : stage.effectiveUser;
    const user = last !== undefined && "user" in last ? last.user : undefined;
    if (user?.name.state !== "known" || !/^[A-Za-z_]/.test(user.name.value)) return;
    if (isRootUser(user.name.value)) return;
    report("name", [shorten(user.text, 32)], {
      at: user.span,
      fixes: fixesOf(document, user, user.name.value),
    });
  },
});

/** In a text without a FROM, the USER that would hold at its end. */
function lastUser({ instructions }: DockerfileDocument): UserInstruction | undefined {
  return instructions.findLast((instruction) => instruction.keyword === "USER");
}

function fixesOf(document: DockerfileDocument, { text, span }: UserValue, name: string): readonly Fix[] {
  const written = text.split(":")[0] ?? "";
  const uid = uidOfUser(document, name);
  if (uid === undefined || !document.text.startsWith(written, span.start)) return [];
  const edits = [replaceSpan({ start: span.start, end: span.start + written.length }, `${uid}`)];
  return [{ title: `Write the uid, ${uid}`, safety: "unsafe", edits }];
}
