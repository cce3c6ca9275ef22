import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { fillIn } from "../shared/fillIn";
import { imagePath } from "../shared/imagePaths";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "workdir-system-dir",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["WORKDIR"] },
  title: "The working directory is a folder of the program's own",
  why: `Up to runc 1.1.11 a working directory such as \`/proc/self/fd/8\` was a file of the machine that runc had left
open: the container started outside of its own file system, with the machine's disk before it (CVE-2024-21626). An
honest image has no reason to start there, so such a line is an attack or a copy of one, whatever the runtime.

The other folders belong to the kernel or to the machine: what is in \`/proc\`, \`/sys\` and \`/dev\` is made anew for
each container, so that files which the build leaves there are gone, and \`/boot\` is read when a machine starts.

Use a folder of your own, such as \`/app\`. The fix writes that, for you to change.`,
  category: "mounts",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["trivy:DS-0030", "cis:5.6", "cwe:403", "cwe:668"],
  references: [
    dockerfileReference("WORKDIR", "workdir"),
    {
      title: "runc: container breakouts by leaked file descriptors",
      url: "https://github.com/opencontainers/runc/security/advisories/GHSA-xr7r-f8xq-vfvv",
    },
    cisDocker,
    cwe(403, "Exposure of file descriptor to unintended control sphere"),
  ],
  messages: {
    descriptor: () =>
      "On an older runc this working directory is a file of the machine, outside of the container",
    system: (path: string) =>
      `${path} belongs to the kernel or the machine, so what is put there is lost or harmful`,
  },
  bad: [
    {
      title: "a leaked file",
      source: 'FROM debian:12\nWORKDIR «/proc/self/fd/8»\nWORKDIR «"/proc/1/fd/7/../.."»\n',
      fixed: "FROM debian:12\nWORKDIR /app\nWORKDIR /app\n",
    },
    {
      title: "in a trigger, by a variable, by a detour, relative",
      source:
        "FROM debian:12\nONBUILD WORKDIR «/proc/self/fd/1»\nENV D=/dev\nWORKDIR «$D/shm»\nWORKDIR «/app/../boot»\nWORKDIR /\nWORKDIR «sys/fs»\n",
      fixed:
        "FROM debian:12\nONBUILD WORKDIR /app\nENV D=/dev\nWORKDIR /app\nWORKDIR /app\nWORKDIR /\nWORKDIR /app\n",
    },
  ],
  good: [
    {
      title: "folders of one's own",
      source:
        'FROM debian:12\nWORKDIR /development\nWORKDIR /app/proc\nWORKDIR dev\nWORKDIR "/path/to/workdir"\nWORKDIR /run\n',
    },
    { title: "not known", source: "FROM debian:12\nWORKDIR $D/proc\nWORKDIR proc\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      const value = instruction.keyword === "WORKDIR" ? instruction.values[0] : undefined;
      if (value === undefined) continue;
      const path = imagePath(document, instruction, value);
      const written = value.expanded.state === "known" ? value.expanded.value : "";
      if (isDescriptor(written) || (path !== undefined && isDescriptor(path)))
        report("descriptor", [], { at: value.span, fixes: ownFolderFixes(value.span) });
      else if (path !== undefined && /^\/(?:boot|dev|initrd|lost\+found|proc|sys)(?:\/|$)/.test(path))
        report("system", [shorten(path, 32)], {
          at: value.span,
          severity: "medium",
          fixes: ownFolderFixes(value.span),
        });
    }
  },
});

const ownFolder = "/app";

function ownFolderFixes(span: Span): readonly Fix[] {
  return fillIn(`Use ${ownFolder}`, ["app"], replaceSpan(span, ownFolder));
}

/** A `..` behind the descriptor leads on from the file that it stands for, so it takes nothing back. */
function isDescriptor(path: string): boolean {
  return /^\/proc\/[^/]{1,20}\/(?:fd|cwd|root)(?:\/|$)/.test(path);
}
