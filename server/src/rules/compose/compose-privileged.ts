import { removeField } from "../../documents/compose/edits";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { readsKernel } from "../shared/composeAgents";
import { programOf, spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-privileged",
  language: "compose",
  title: "No service is privileged",
  why: `\`privileged: true\` gives the container every capability and every device of the host, and takes seccomp and
AppArmor away. Whoever runs code in it mounts the host's disk and owns the machine: there is no exploit to find.

Say what the service needs instead: \`devices:\` for hardware, \`cap_add:\` for single capabilities, \`sysctls:\` for
kernel settings, \`tmpfs:\` or a volume for a path.

A container engine within a container (\`docker:dind\`, BuildKit) hardly works otherwise; it is reported as high. Its
rootless variant needs less. \`privileged: false\` and a variable without a default are not reported. The fix removes
the key, and the service may then miss something.`,
  category: "privilege",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:privileged_containers_enabled",
    "semgrep:privileged-service",
    "docker-bench:5.5",
    "owasp:RULE#3",
    "docksec:compose-privileged",
    "cis:5.5",
    "cwe:250",
  ],
  references: [
    composeKey("privileged"),
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    privileged: (service: string) =>
      `Whoever runs code in ${service} owns the host: it has all devices and capabilities`,
    engine: (service: string) =>
      `${service} runs a container engine with all rights of the host; the rootless one needs fewer`,
  },
  bad: [
    {
      title: "written out",
      source:
        "services:\n  web:\n    image: app:1\n    «privileged: true» # for the camera\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "in words that Compose takes for true",
      source: 'services:\n  web:\n    image: app:1\n    «privileged: "yes"»\n',
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "inherited by two services, once",
      source:
        "x-base: &base\n  «privileged: true»\n  restart: always\nservices:\n  a:\n    <<: *base\n    image: app:1\n  b:\n    <<: *base\n    image: app:2\n",
      fixed:
        "x-base: &base\n  restart: always\nservices:\n  a:\n    <<: *base\n    image: app:1\n  b:\n    <<: *base\n    image: app:2\n",
    },
    {
      title: "an addition to another file's service",
      source: "services:\n  web:\n    restart: always\n    «privileged: true»\n",
      fixed: "services:\n  web:\n    restart: always\n",
    },
    {
      title: "an engine in a container",
      source: "services:\n  engine: { image: 'docker:28-dind', «privileged: true» }\n",
      fixed: "services:\n  engine: { image: 'docker:28-dind' }\n",
    },
    {
      title: "a program that watches the kernel, medium",
      source: "services:\n  falco: { image: 'falcosecurity/falco:0.41.0', «privileged: true» }\n",
      fixed: "services:\n  falco: { image: 'falcosecurity/falco:0.41.0' }\n",
    },
    {
      title: "the default of a variable",
      source: "services:\n  web:\n    image: app:1\n    «privileged: ${PRIVILEGED:-true}»\n",
      fixed: "services:\n  web:\n    image: app:1\n",
    },
  ],
  good: [
    { title: "false written out", source: "services:\n  web:\n    image: app:1\n    privileged: false\n" },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    privileged: ${PRIVILEGED}\n" },
    {
      title: "a label of that name",
      source: "services:\n  web:\n    image: app:1\n    labels:\n      privileged: 'true'\n",
    },
    {
      title: "overruled",
      source:
        "x-a: &a\n  privileged: true\nservices:\n  web:\n    <<: *a\n    image: app:1\n    privileged: false\n",
    },
    { title: "another tool's file", source: "privileged: true\njobs:\n  build:\n    privileged: true\n" },
  ],
  check(document, { report }) {
    const fields = distinct(
      document,
      (service) => [service.privileged],
      (field) => field.keySpan,
    );
    for (const { service, part: field } of fields) {
      if (field.value !== true) continue;
      const isEngine = /(?:^|\/)(?:docker|dind|buildkit|podman|kind|k3s)$|dind/.test(programOf(service));
      report(isEngine ? "engine" : "privileged", [shorten(service.name, 40)], {
        at: spanOfField(field),
        severity: isEngine ? "high" : readsKernel(service) ? "medium" : "critical",
        fixes: unsafeFix("Remove privileged", removeField(document, field)),
      });
    }
  },
});
