import { defineRule } from "../../engine/rule";
import { imagePath } from "../shared/imagePaths";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { removeValue } from "../shared/removeValue";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "volume-system-dir",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["VOLUME"] },
  title: "No volume covers /dev, /proc or /sys",
  why: `The runtime fills these folders itself, read-only where that matters. A volume over \`/proc\` let an image leave its
AppArmor profile (CVE-2019-16884); today's runtimes refuse to start such a container. A volume over \`/dev\` or \`/sys\`
hides what the runtime put there behind a folder on the machine's disk, and tempts people to mount the real one of
the machine, which gives the container its devices and kernel settings.

Take the entry out. For shared memory use \`--shm-size\` or \`--tmpfs\`, for a device \`--device\`. An image that starts
systemd and asks for \`/sys/fs/cgroup\` gets what it needs from \`--cgroupns\` and \`--tmpfs\` with current versions.

The fix deletes the entry. It is not called safe, since containers lose a folder that they had.`,
  category: "mounts",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["dockle:DKL-DI-0002", "cis:5.6", "cwe:668"],
  references: [
    dockerfileReference("VOLUME", "volume"),
    { title: "CVE-2019-16884", url: "https://nvd.nist.gov/vuln/detail/CVE-2019-16884" },
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  messages: {
    system: (path: string) => `A volume over ${path} hides what the runtime protects or prepares there`,
  },
  bad: [
    {
      title: "each of them",
      source: "FROM debian:12\nVOLUME «/proc»\nVOLUME /data «/sys» «/dev/»\nUSER app\n",
      fixed: "FROM debian:12\nVOLUME /data\nUSER app\n",
    },
    {
      title: "in JSON form, below them, in a trigger",
      source:
        'FROM debian:12\nVOLUME [«"/sys/fs/cgroup"», "/data", «"/dev/shm"»]\nONBUILD VOLUME [«"/proc"»]\nUSER app\n',
      fixed: 'FROM debian:12\nVOLUME ["/data"]\nUSER app\n',
    },
    {
      title: "by a detour, by a variable, as a mount is written",
      source: "FROM debian:12\nENV V=/sys\nVOLUME «/data/../proc/sys» «$V»\nVOLUME «/dev:/dev»\n",
      fixed: "FROM debian:12\nENV V=/sys\n",
    },
  ],
  good: [
    {
      title: "folders of one's own",
      source: "FROM debian:12\nVOLUME /data /var/lib/proc /development /srv/dev\n",
    },
    { title: "a variable that is not known", source: "FROM debian:12\nVOLUME $V\nRUN ls /proc\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "VOLUME") continue;
      instruction.values.forEach((value, index) => {
        const path = imagePath(document, instruction, value);
        if (path === undefined || !/^\/(?:dev|proc|sys)(?:[/:]|$)/.test(path)) return;
        const edit = removeValue(document, instruction, index);
        report("system", [shorten(path, 40)], {
          at: value.span,
          fixes: edit ? [{ title: "Delete this volume", safety: "unsafe", edits: [edit] }] : [],
        });
      });
    }
  },
});
