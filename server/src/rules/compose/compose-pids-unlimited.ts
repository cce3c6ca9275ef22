import { defineRule } from "../../engine/rule";
import { pidsLimit, unlimitedServices } from "../shared/composeLimits";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-pids-unlimited",
  language: "compose",
  title: "The number of processes of a service is limited",
  why: `All containers take process ids from one store of the host. A service without a limit can use it up, with a fork bomb of
one line or a program that forgets its children, and then nobody can log in to the host to end it.

Write \`pids_limit: 200\` or \`deploy.resources.limits.pids\`. Threads count as well: Java, Elasticsearch and browsers need
some thousand. 0 and -1 mean no limit, and are medium.

Nearly every real file lacks this, which is why the rule is in the strict profile. There is no fix where the service has
\`deploy\`, since the limit belongs there then.`,
  category: "resources",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["kics:pids_limit_not_set", "docker-bench:5.29", "owasp:RULE#7", "cis:5.29", "cwe:770"],
  references: [
    composeKey("pids_limit"),
    owaspDocker,
    cisDocker,
    cwe(770, "Allocation of resources without limits or throttling"),
  ],
  local: true,
  messages: {
    missing: (service: string) => `${service} may start processes until the host cannot start any`,
    lifted: (service: string) => `${service} is allowed to start processes until the host cannot start any`,
  },
  bad: [
    {
      title: "nothing said",
      source: "services:\n  «web»:\n    image: app:1\n    restart: on-failure\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: on-failure\n    pids_limit: 200\n",
    },
    {
      title: "no limit written out",
      source:
        "services:\n  a:\n    image: app:1\n    «pids_limit: -1»\n  b:\n    image: app:1\n    «pids_limit: 0»\n",
      fixed:
        "services:\n  a:\n    image: app:1\n    pids_limit: 200\n  b:\n    image: app:1\n    pids_limit: 200\n",
    },
    {
      title: "under deploy",
      source: "services:\n  web:\n    image: app:1\n    deploy: { resources: { limits: { «pids: 0» } } }\n",
      fixed: "services:\n  web:\n    image: app:1\n    deploy: { resources: { limits: { pids: 200 } } }\n",
    },
  ],
  good: [
    { title: "limited", source: "services:\n  web:\n    image: app:1\n    pids_limit: 10\n" },
    {
      title: "under deploy",
      source: "services:\n  web:\n    image: app:1\n    deploy: { resources: { limits: { pids: 100 } } }\n",
    },
    { title: "an addition to another file's service", source: "services:\n  web:\n    restart: always\n" },
  ],
  check(document, { report }) {
    for (const { service, state, at, fixes } of unlimitedServices(document, pidsLimit))
      report(state, [shorten(service.name, 40)], {
        at,
        fixes,
        severity: state === "lifted" ? "medium" : "low",
      });
  },
});
