import { hasCommand } from "../../documents/shell/remember";
import { defineRule } from "../../engine/rule";
import { isPointless, pointlessPrograms, usesIn } from "../shared/pointlessPrograms";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "interactive-or-pointless-command",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"] },
  title: "A step runs nothing that waits for somebody or that only a running machine has a use for",
  why: `Some commands make no sense while an image is built. Editors and viewers (\`vim\`, \`less\`, \`top\`) wait for somebody to
type. Services (\`service x start\`, \`systemctl start x\`) and mounts are gone when the step ends, since only files are
kept. \`ps\`, \`free\` and \`ifconfig\` tell of the machine that builds, and \`shutdown\` has nothing to shut down. Mostly such a
step was meant for an entrypoint, or was left over from a search for an error; it also keeps a tool in the image.

Not reported: a service that is started for the commands after it in the same step, \`kill\` for a process that the step has
started, \`ssh\` with \`RUN --mount=type=ssh\`, an editor that gets its commands on the command line, \`systemctl enable\`.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3001",
    "kics:run_utilities_and_posix_commands",
    "semgrep:nonsensical-command",
    "droast:DF060",
    "cis:4.3",
    "cwe:710",
  ],
  references: [
    {
      title: "Docker: don't install unnecessary packages",
      url: "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
    },
  ],
  messages: {
    waits: (program: string) =>
      `${program} waits for somebody to type, and nobody is there while an image is built`,
    gone: (program: string) =>
      `What ${program} does here is gone when the step ends: a layer keeps files only`,
    machine: (program: string) => `${program} is about a running machine, which a step of a build is not`,
  },
  bad: [
    {
      title: "of a running machine",
      source:
        'FROM golang:1.26\nRUN «top»\nRUN [«"ps"», "-d"]\nRUN echo x && sudo «shutdown» -h now\nONBUILD RUN «/sbin/ifconfig»\n',
    },
    { title: "editors", source: "FROM debian:12\nRUN «vim» /etc/x; cat a | «less»\n" },
    {
      title: "services, mounts and signals",
      source:
        "FROM debian:12\nRUN a && «service» nginx start\nRUN «systemctl» restart x\nRUN «mount» /dev/sda /mnt\nRUN «kill» 1\nRUN «ssh» git@example.com\n",
    },
  ],
  good: [
    {
      title: "for the commands after it",
      source:
        "FROM debian:12\nRUN service postgresql start && psql -c 'x' && service postgresql stop\nRUN app & pid=$!; sleep 1; kill $pid\n",
    },
    {
      title: "only named",
      source:
        "FROM debian:12\nRUN apt-get install -y vim ssh procps mount && which ps && echo top; ssh-keyscan x\n",
    },
    {
      title: "with all that they need",
      source:
        "FROM debian:12\nRUN --mount=type=ssh ssh -T git@example.com\nRUN --security=insecure mount -t tmpfs x /y\nRUN vim +PlugInstall +qall; systemctl enable x; ssh -V\n",
    },
    { title: "at run time", source: "FROM debian:12\nCMD ps aux\nHEALTHCHECK CMD ps aux | grep x\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "RUN" || !hasCommand(instruction.script, isPointless)) continue;
      const isOfUse = usesIn(instruction);
      for (const [index, command] of instruction.script.commands.entries()) {
        const { name, program } = command.unwrapped;
        const kind = pointlessPrograms.get(program);
        if (!kind || !name || !isPointless(command) || isOfUse(command, index)) continue;
        report(kind, [program], { at: name.span });
      }
    }
  },
});
