import type { MountOption } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { mayMention } from "../shared/mentions";
import { cwe, dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";
import { rootnessIn } from "../shared/users";

export default defineRule({
  id: "secret-mount-world-readable",
  language: "dockerfile",
  title: "Only the user of a build step can read the secret that it mounts",
  why: `A mounted secret can be read by the user of its step alone (mode \`0400\`, a socket \`0600\`). A mode that ends
in something else than 0 lets every process of the step read it: the install script of some package, started as a user
with few rights just to be on the safe side, has your token all the same.

Where a step runs as another user, give the file to that user: \`uid=1000\` instead of \`mode=0444\`.

The fix takes the rights of others away and leaves the rest. It is safe where the step runs as root; otherwise the
step may have read the secret by just those rights, so that it has to be tried.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["sonar:S6469", "cwe:732"],
  references: [
    dockerfileReference("RUN --mount=type=secret", "run---mounttypesecret"),
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  local: true,
  needs: { keywords: ["RUN"], words: ["mode"] },
  messages: {
    readable: (mode: string) =>
      `Mode ${mode} lets every process of this step read the secret, not only its user's`,
  },
  bad: [
    {
      title: "as root",
      source:
        "FROM debian:12\nRUN --mount=type=secret,id=t,mode=«0444» make\nRUN --mount=type=ssh,mode=«666» git pull\n",
      fixed:
        "FROM debian:12\nRUN --mount=type=secret,id=t,mode=0440 make\nRUN --mount=type=ssh,mode=660 git pull\n",
    },
    {
      title: "as another user",
      source: "FROM debian:12\nUSER 1000\nRUN --mount=type=secret,mode=«0o004»,id=t,target=/t make\n",
      fixed: "FROM debian:12\nUSER 1000\nRUN --mount=type=secret,mode=0o000,id=t,target=/t make\n",
    },
  ],
  good: [
    { title: "no mode", source: "FROM debian:12\nRUN --mount=type=secret,id=t make\n" },
    {
      title: "the user and its group",
      source:
        "FROM debian:12\nRUN --mount=type=secret,id=t,mode=0440,uid=1000 --mount=type=ssh,mode=0600 make\n",
    },
    { title: "no secret", source: "FROM debian:12\nRUN --mount=type=cache,mode=0755,target=/c make\n" },
  ],
  check(document, { report }) {
    if (!mayMention(document, ["mode="])) return;
    const rootnessOf = rootnessIn(document);
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "RUN") continue;
      for (const { type, options } of instruction.mounts) {
        const mode =
          type === "secret" || type === "ssh" ? options.find(({ key }) => key === "mode") : undefined;
        if (mode === undefined || !/^(?:0o?)?[0-7]{0,3}[1-7]$/.test(mode.value)) continue;
        const named = options.some(({ key }) => key === "uid" || key === "gid");
        const isSafe = rootnessOf(instruction) === "root" && !named;
        report("readable", [mode.value], { at: mode.valueSpan, fixes: fixesOf(mode, isSafe) });
      }
    }
  },
});

function fixesOf({ value, valueSpan }: MountOption, isSafe: boolean): readonly Fix[] {
  if (valueSpan.end - valueSpan.start !== value.length) return [];
  const last = { start: valueSpan.end - 1, end: valueSpan.end };
  return [
    {
      title: "Take the rights of others away",
      safety: isSafe ? "safe" : "unsafe",
      edits: [replaceSpan(last, "0")],
    },
  ];
}
