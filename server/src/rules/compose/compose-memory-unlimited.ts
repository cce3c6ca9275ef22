import { defineRule } from "../../engine/rule";
import { memoryLimit, unlimitedServices } from "../shared/composeLimits";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-memory-unlimited",
  language: "compose",
  title: "The memory of a service is limited",
  why: `A service without a limit may take all of the host's memory: a leak, a large upload or a request made for it is enough.
The kernel then ends processes of its choice, often those of other services or of the host.

See what the service uses under load (\`docker stats\`), add a half, and write \`mem_limit: 512m\` or
\`deploy.resources.limits.memory\`. A service that reaches its limit is ended and, with a restart policy, started again.

Nearly every real file lacks this, which is why the rule is in the strict profile. The fix writes 512m, which is too little
for many databases and for Java: put your figure. There is none where the service has \`deploy\`, since the limit belongs
there then.`,
  category: "resources",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:memory_not_limited",
    "docker-bench:5.11",
    "owasp:RULE#7",
    "docksec:compose-no-resource-limits",
    "cis:5.11",
    "cwe:770",
  ],
  references: [
    {
      title: "Docker: resource constraints",
      url: "https://docs.docker.com/engine/containers/resource_constraints/",
    },
    composeKey("mem_limit"),
    owaspDocker,
    cisDocker,
    cwe(770, "Allocation of resources without limits or throttling"),
  ],
  local: true,
  messages: {
    missing: (service: string) =>
      `${service} may take all of the host's memory, and have other services ended`,
    lifted: (service: string) => `${service} is told to take all of the host's memory if it wants`,
  },
  bad: [
    {
      title: "nothing said",
      source: "services:\n  «web»:\n    image: app:1\n    cpus: 1\n",
      fixed: "services:\n  web:\n    image: app:1\n    cpus: 1\n    mem_limit: 512m\n",
    },
    {
      title: "no limit written out",
      source: 'services:\n  web:\n    image: app:1\n    «mem_limit: "0"»\n',
      fixed: "services:\n  web:\n    image: app:1\n    mem_limit: 512m\n",
    },
    {
      title: "only reserved",
      source:
        "services:\n  «web»:\n    image: app:1\n    deploy:\n      resources:\n        reservations: { memory: 1G }\n        limits: { cpus: '1' }\n",
    },
  ],
  good: [
    { title: "limited", source: "services:\n  web:\n    image: app:1\n    mem_limit: ${MEMORY:-1g}\n" },
    {
      title: "under deploy",
      source: "services:\n  web:\n    image: app:1\n    deploy: { resources: { limits: { memory: 1G } } }\n",
    },
    {
      title: "inherited",
      source: "x-a: &a\n  mem_limit: 1g\nservices:\n  web:\n    <<: *a\n    image: app:1\n",
    },
    { title: "an addition to another file's service", source: "services:\n  web:\n    restart: always\n" },
  ],
  check(document, { report }) {
    for (const { service, state, at, fixes } of unlimitedServices(document, memoryLimit))
      report(state, [shorten(service.name, 40)], { at, fixes });
  },
});
