import { defineRule } from "../../engine/rule";
import { canJudgeAbsence, dropsAll } from "../shared/composeHardening";
import { composeKey, dockerSecurity } from "../shared/composeReferences";
import { dropCapabilitiesFix } from "../shared/hardenFixes";
import { hardenFixes } from "../shared/hardenService";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-cap-drop-missing",
  language: "compose",
  title: "A service starts from no capability at all",
  why: `A container gets fourteen Linux capabilities by default. Few services need one of them, but an intruder can use
several: CAP_NET_RAW to forge packets to the neighbours, CAP_DAC_OVERRIDE to read every file of a mounted volume,
CAP_SETUID and CAP_MKNOD as a first step out.

Write \`cap_drop: [ALL]\`, start the service, and add back what it misses under \`cap_add\`. Images that start as root
and step down (postgres, redis, mysql, nginx) need CHOWN, SETUID, SETGID and often DAC_OVERRIDE; a server below port
1024 needs NET_BIND_SERVICE. The fix adds back what some seventy images are known to need. Of others nobody knows, so
that it breaks some, and it is never applied in bulk.

Nearly every real file lacks this, which is why the rule is in the strict profile and not shown by default: there,
\`compose-no-new-privileges-missing\` stands for all missing hardening. Services without image and build, and those
that are privileged, are not reported.`,
  category: "privilege",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:container_capabilities_unrestricted",
    "docker-bench:5.4",
    "owasp:RULE#3",
    "cis:5.4",
    "cwe:250",
    "cwe:272",
  ],
  references: [
    composeKey("cap_drop"),
    dockerSecurity,
    owaspDocker,
    cisDocker,
    cwe(272, "Least privilege violation"),
  ],
  local: true,
  messages: {
    missing: (service: string) => `${service} keeps all default capabilities, such as raw sockets and setuid`,
    partial: (service: string) => `${service} drops some capabilities and keeps the other default ones`,
  },
  bad: [
    {
      title: "nothing is dropped",
      source: "services:\n  «web»:\n    image: app:1\n",
      fixed: "services:\n  web:\n    image: app:1\n    cap_drop:\n      - ALL\n",
    },
    {
      title: "added, not dropped",
      source: "services:\n  «web»:\n    build: .\n    cap_add: [NET_BIND_SERVICE]\n",
      fixed: "services:\n  web:\n    build: .\n    cap_add: [NET_BIND_SERVICE]\n    cap_drop:\n      - ALL\n",
    },
    {
      title: "what the image needs comes back",
      source: "services:\n  «db»:\n    image: postgres:17\n    cap_add: [CHOWN]\n",
      fixed:
        "services:\n  db:\n    image: postgres:17\n    cap_add: [CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID]\n    cap_drop:\n      - ALL\n",
    },
    {
      title: "some are dropped",
      source: "services:\n  web:\n    image: app:1\n    «cap_drop»: [NET_RAW]\n",
      fixed: "services:\n  web:\n    image: app:1\n    cap_drop: [NET_RAW, ALL]\n",
    },
  ],
  good: [
    { title: "all", source: "services:\n  web:\n    image: app:1\n    cap_drop:\n      - all\n" },
    { title: "an addition to another file's service", source: "services:\n  web:\n    restart: always\n" },
    {
      title: "privileged, which is said elsewhere",
      source: "services:\n  web:\n    image: app:1\n    privileged: true\n",
    },
    { title: "in a variable", source: "services:\n  web:\n    image: app:1\n    cap_drop: ['${DROP}']\n" },
    {
      title: "the first format, inherited",
      source: "base: &base\n  image: app:1\n  cap_drop: [ALL]\nweb:\n  <<: *base\n",
    },
  ],
  check(document, { report }) {
    for (const service of document.services) {
      if (!canJudgeAbsence(service) || dropsAll(service) !== false) continue;
      const field = service.capDrop;
      const isPartial = field !== undefined && field.value.length > 0;
      report(isPartial ? "partial" : "missing", [shorten(service.name, 40)], {
        at: isPartial && field.origin.kind === "own" ? field.keySpan : service.nameSpan,
        fixes: [...dropCapabilitiesFix(document, service), ...hardenFixes(document, service, "cap_drop")],
      });
    }
  },
});
