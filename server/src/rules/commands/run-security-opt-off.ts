import { optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { capabilityName } from "../shared/capabilities";
import { seccompProfiles } from "../shared/composeReferences";
import {
  dockerRun,
  severityHere,
  startedContainers,
  subjectOf,
  withoutOption,
} from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

/** Values of `--security-opt` that switch something off; Docker takes `:` for `=`. */
const switchedOff: readonly (readonly [pattern: RegExp, means: string])[] = [
  [/^seccomp\s?[:=]\s?unconfined$/i, "may make every system call, those of kernel exploits included"],
  [/^apparmor\s?[:=]\s?unconfined$/i, "is held back by no AppArmor profile"],
  [/^label\s?[:=]\s?(?:disabled?|type:spc_t)$/i, "is held back by no SELinux label"],
  [/^(?:systempaths\s?[:=]\s?unconfined|unmask\s?[:=]\s?all)$/i, "can read and write all of /proc and /sys"],
  [/^no-new-privileges\s?[:=]\s?false$/i, "may gain rights by setuid programs"],
];

export default defineRule({
  id: "run-security-opt-off",
  language: "commands",
  title: "No container is started with the engine's protection switched off",
  why: `The engine's seccomp profile keeps containers from about forty system calls that ordinary programs never make, and
AppArmor or SELinux from the host's files and devices. Many holes in the kernel are reached through exactly these, so
\`--security-opt seccomp=unconfined\` turns a bug in the kernel into a way out of the container.

Remove the option; where the program then fails with "operation not permitted", write a profile that allows the one call
it needs, and name its file.

Debuggers, which also add SYS_PTRACE, are medium: since Docker 19.03 on kernel 4.8 tracing works with the default
profile. Pipelines and tools that remove themselves (\`--rm\`) are one step milder,
development containers and documentation two. The fix removes the option.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "docker-bench:5.2",
    "docker-bench:5.3",
    "docker-bench:5.22",
    "owasp:RULE#6",
    "cis:5.2",
    "cis:5.3",
    "cis:5.22",
    "cwe:269",
  ],
  references: [seccompProfiles, dockerRun, owaspDocker, cisDocker, cwe(269, "Improper privilege management")],
  messages: {
    off: (name: string, means: string) => `With this option, ${name} ${means}`,
  },
  bad: [
    {
      title: "system calls and profiles",
      source:
        "docker run -d «--security-opt seccomp=unconfined» «--security-opt=apparmor:unconfined» app:1\ndocker run -d «--security-opt label=disable» «--security-opt systempaths=unconfined» app:1\n",
      fixed: "docker run -d app:1\ndocker run -d app:1\n",
    },
    {
      title: "for a debugger, medium",
      source: "docker run -d --cap-add=SYS_PTRACE «--security-opt seccomp=unconfined» app:1\n",
      fixed: "docker run -d --cap-add=SYS_PTRACE app:1\n",
    },
    {
      title: "a development container",
      source:
        '{\n  "runArgs": ["--cap-add=SYS_PTRACE", «"--security-opt", "seccomp=unconfined"»],\n  "securityOpt": [«"label=disable"»]\n}\n',
      fixed: '{\n  "runArgs": ["--cap-add=SYS_PTRACE"],\n  "securityOpt": []\n}\n',
      context: { format: "devcontainer" },
    },
  ],
  good: [
    {
      title: "profiles, and more protection",
      source:
        "docker run --security-opt seccomp=./profile.json --security-opt no-new-privileges --security-opt label=type:x_t app:1\n",
    },
    { title: "a variable", source: 'docker run --security-opt "seccomp=$PROFILE" app:1\n' },
  ],
  check(document, { report }) {
    for (const command of startedContainers(document)) {
      const traces = optionsNamed(command, "cap-add").some(
        ({ value }) => capabilityName(value?.value ?? "") === "SYS_PTRACE",
      );
      for (const option of optionsNamed(command, "security-opt")) {
        const value = option.value?.value?.trim() ?? "";
        const means = switchedOff.find(([pattern]) => pattern.test(value))?.[1];
        if (means === undefined) continue;
        const isMild = (traces && /^seccomp/i.test(value)) || /^no-new/i.test(value);
        report("off", [subjectOf(command), means], {
          at: option.span,
          severity: severityHere(document, command, isMild ? "medium" : "high"),
          fixes: withoutOption("Keep the engine's default", option),
        });
      }
    }
  },
});
