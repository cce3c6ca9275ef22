import { defineRule } from "../../engine/rule";
import { isWhole } from "../shared/composeHardening";
import { composeKey } from "../shared/composeReferences";
import { readOnlyFix } from "../shared/hardenFixes";
import { hardenFixes } from "../shared/hardenService";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-readonly-rootfs-missing",
  language: "compose",
  title: "The container's own files are read-only",
  why: `Without \`read_only: true\` whoever breaks into the service can put programs into the container and change those
that it runs: a miner, a web shell, a changed login page that stays until the container is made anew.

Write \`read_only: true\` with a \`tmpfs\` for the places where the service writes for a moment (\`/tmp\`, \`/run\`,
\`/var/cache/nginx\`), and volumes for what it keeps. Try it: many images write to places of their own. The fix
adds the places of those images that are known, and \`/tmp\` alone for others, which breaks some of them; it is never
applied in bulk. There is none for images that are known to change their own files when they start (Keycloak, Kafka,
Elasticsearch, GitLab): build one that has been configured, or leave them as they are.

Nearly every real file lacks this, which is why the rule is in the strict profile. \`read_only: false\` is taken for a
decision and not reported.`,
  category: "privilege",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: [
    "semgrep:writable-filesystem-service",
    "docker-bench:5.13",
    "owasp:RULE#8",
    "docksec:compose-writable-root-fs",
    "cis:5.13",
    "cwe:732",
  ],
  references: [
    composeKey("read_only"),
    owaspDocker,
    cisDocker,
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  local: true,
  messages: {
    writable: (service: string) => `Whoever breaks into ${service} can change the programs that it runs`,
  },
  bad: [
    {
      title: "nothing said",
      source: "services:\n  «web»:\n    image: app:1\n",
      fixed: "services:\n  web:\n    image: app:1\n    read_only: true\n    tmpfs:\n      - /tmp\n",
    },
    {
      title: "a place to write already, in flow style",
      source: "services: { «web»: { image: 'app:1', tmpfs: /run } }\n",
      fixed: "services: { web: { image: 'app:1', tmpfs: /run, read_only: true } }\n",
    },
    {
      title: "the places of a known image",
      source: "services:\n  «web»:\n    image: nginx:1.29\n    tmpfs:\n      - /var/run\n",
      fixed:
        "services:\n  web:\n    image: nginx:1.29\n    tmpfs:\n      - /var/run\n      - /var/cache/nginx\n    read_only: true\n",
    },
    {
      title: "an image that changes its own files, so that there is no fix",
      source: "services:\n  «broker»:\n    image: apache/kafka:4\n",
    },
    { title: "a shared body, which no fix touches", source: "x-a: &a\n  build: .\nservices:\n  «web»: *a\n" },
  ],
  good: [
    { title: "read-only", source: "services:\n  web:\n    image: app:1\n    read_only: true\n" },
    {
      title: "inherited",
      source: "x-a: &a\n  read_only: true\nservices:\n  web:\n    <<: *a\n    image: app:1\n",
    },
    { title: "a decision", source: "services:\n  web:\n    image: app:1\n    read_only: false\n" },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    read_only: ${RO}\n" },
    { title: "an addition to another file's service", source: "services:\n  web:\n    restart: always\n" },
  ],
  check(document, { report }) {
    for (const service of document.services) {
      if (!isWhole(service) || service.fields.has("read_only")) continue;
      report("writable", [shorten(service.name, 40)], {
        at: service.nameSpan,
        fixes: [...readOnlyFix(document, service), ...hardenFixes(document, service, "read_only")],
      });
    }
  },
});
