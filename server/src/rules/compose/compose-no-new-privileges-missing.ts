import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { canJudgeAbsence, forbidNewPrivileges, newPrivilegesOf } from "../shared/composeHardening";
import { composeKey } from "../shared/composeReferences";
import { hardenFixes } from "../shared/hardenService";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-no-new-privileges-missing",
  language: "compose",
  title: "No process of a service can gain privileges",
  why: `An attacker who runs code in the container as an ordinary user looks for a setuid program next: \`su\`,
\`mount\` or a forgotten helper of the base image that turns a small hole into root. With
\`security_opt: [no-new-privileges:true]\` the kernel ignores setuid and setgid bits and file capabilities, for every
process of the container and for good.

Most services never notice: programs that start as root and step down (gosu, su-exec, nginx's workers) still can.
What breaks is the opposite direction: an entrypoint that calls \`sudo\`, \`ping\` with file capabilities, cron jobs
through setuid helpers. So the fix is not applied in bulk; try the service once.

This is the one mark that a service without any hardening gets by default. \`compose-cap-drop-missing\`, which is about
capabilities, is in the strict profile. *Harden service* does all that is known to work at once. Privileged services are left to
\`compose-privileged\`, and services without image and build, which only add to those of another file, to that file.`,
  category: "privilege",
  severity: "low",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:no_new_privileges_not_set",
    "semgrep:no-new-privileges",
    "docker-bench:5.26",
    "owasp:RULE#4",
    "docksec:compose-no-new-privileges",
    "cis:5.26",
    "cwe:250",
  ],
  references: [
    composeKey("security_opt"),
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    missing: (service: string) => `A process of ${service} can gain privileges through setuid programs`,
    allowed: (service: string) => `${service} switches no-new-privileges off, so setuid programs work in it`,
  },
  bad: [
    {
      title: "no hardening at all",
      source: "services:\n  «web»:\n    image: nginx:1.29 # front\n    ports:\n      - 127.0.0.1:80:80\n",
      fixed:
        "services:\n  web:\n    image: nginx:1.29 # front\n    ports:\n      - 127.0.0.1:80:80\n    security_opt:\n      - no-new-privileges:true\n",
    },
    {
      title: "the file's own list style",
      source: "services:\n    «web»:\n        build: .\n        ports:\n        - 127.0.0.1:80:80\n    # end",
      fixed:
        "services:\n    web:\n        build: .\n        ports:\n        - 127.0.0.1:80:80\n        security_opt:\n        - no-new-privileges:true\n    # end",
    },
    {
      title: "other options",
      source: "services:\n  web:\n    image: app:1\n    «security_opt»:\n      - apparmor:web\n",
      fixed:
        "services:\n  web:\n    image: app:1\n    security_opt:\n      - apparmor:web\n      - no-new-privileges:true\n",
    },
    {
      title: "switched off",
      source: "services:\n  web:\n    image: app:1\n    «security_opt»: [no-new-privileges:false]\n",
      fixed: "services:\n  web:\n    image: app:1\n    security_opt: [no-new-privileges:true]\n",
    },
    {
      title: "flow style",
      source: "services: { «web»: { image: app:1 } }\n",
      fixed: "services: { web: { image: app:1, security_opt: [no-new-privileges:true] } }\n",
    },
    {
      title: "a shared body, which no fix touches",
      source: "x-a: &a\n  image: app:1\nservices:\n  «web»: *a\n",
    },
  ],
  good: [
    {
      title: "set",
      source: "services:\n  web:\n    image: app:1\n    security_opt:\n      - no-new-privileges:true\n",
    },
    {
      title: "other spellings",
      source:
        "services:\n  a:\n    image: b:1\n    security_opt: [no-new-privileges]\n  c:\n    image: b:1\n    security_opt: ['no-new-privileges=true']\n",
    },
    {
      title: "inherited",
      source:
        "x-safe: &safe\n  security_opt: [no-new-privileges:true]\nservices:\n  web:\n    <<: *safe\n    image: app:1\n",
    },
    {
      title: "through extends",
      source:
        "services:\n  base:\n    image: app:1\n    security_opt: [no-new-privileges:true]\n  web:\n    extends: base\n",
    },
    {
      title: "an addition to another file's service",
      source: "services:\n  web:\n    ports:\n      - 127.0.0.1:80:80\n",
    },
    {
      title: "a service of another file",
      source: "services:\n  web:\n    extends:\n      file: common.yaml\n      service: base\n",
    },
    {
      title: "privileged, which is said elsewhere",
      source: "services:\n  web:\n    image: app:1\n    privileged: true\n",
    },
    { title: "in a variable", source: "services:\n  web:\n    image: app:1\n    security_opt: ['${OPT}']\n" },
  ],
  check(document, { report }) {
    for (const service of document.services) {
      const { state } = newPrivilegesOf(service);
      if (!canJudgeAbsence(service) || state === "forbidden" || state === "unknown") continue;
      const name = shorten(service.name, 40);
      const field = service.securityOpt;
      report(state === "allowed" ? "allowed" : "missing", [name], {
        at: field?.origin.kind === "own" ? field.keySpan : service.nameSpan,
        fixes: [
          ...unsafeFix("Forbid new privileges", forbidNewPrivileges(document, service)),
          ...hardenFixes(document, service, "no-new-privileges"),
        ],
      });
    }
  },
});
