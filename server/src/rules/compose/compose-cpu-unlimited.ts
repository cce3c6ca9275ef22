import { defineRule } from "../../engine/rule";
import { cpuLimit, unlimitedServices } from "../shared/composeLimits";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-cpu-unlimited",
  language: "compose",
  title: "The processor time of a service is limited",
  why: `A service without a limit may take all processors of the host: an endless loop, a slow regular expression or a miner that
somebody planted slows down every other service.

Write \`cpus: 1\` or \`deploy.resources.limits.cpus\`. A service at its limit gets slower, and nothing else happens to it.
\`cpuset\` and \`cpu_shares\` count as well.

Nearly every real file lacks this, which is why the rule is in the strict profile. The fix writes one processor: put your
figure. There is none where the service has \`deploy\`, since the limit belongs there then.`,
  category: "resources",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:cpus_not_limited",
    "docker-bench:5.12",
    "owasp:RULE#7",
    "docksec:compose-no-resource-limits",
    "cis:5.12",
    "cwe:400",
  ],
  references: [
    {
      title: "Docker: resource constraints",
      url: "https://docs.docker.com/engine/containers/resource_constraints/",
    },
    composeKey("cpus"),
    owaspDocker,
    cisDocker,
    cwe(400, "Uncontrolled resource consumption"),
  ],
  local: true,
  messages: {
    missing: (service: string) =>
      `${service} may take all processors of the host, and slow every other service down`,
    lifted: (service: string) => `${service} is told to take all processors of the host if it wants`,
  },
  bad: [
    {
      title: "nothing said",
      source: "services:\n  «web»:\n    image: app:1\n    mem_limit: 1g\n",
      fixed: "services:\n  web:\n    image: app:1\n    mem_limit: 1g\n    cpus: 1\n",
    },
    {
      title: "no limit written out, in flow style",
      source: "services: { web: { image: 'app:1', «cpus: 0.0» } }\n",
      fixed: "services: { web: { image: 'app:1', cpus: 1 } }\n",
    },
  ],
  good: [
    { title: "limited", source: "services:\n  web:\n    image: app:1\n    cpus: 0.5\n" },
    {
      title: "under deploy",
      source: "services:\n  web:\n    image: app:1\n    deploy: { resources: { limits: { cpus: '0.5' } } }\n",
    },
    { title: "by other means", source: "services:\n  web:\n    image: app:1\n    cpu_shares: 512\n" },
    { title: "an addition to another file's service", source: "services:\n  web:\n    restart: always\n" },
  ],
  check(document, { report }) {
    for (const { service, state, at, fixes } of unlimitedServices(document, cpuLimit))
      report(state, [shorten(service.name, 32)], { at, fixes });
  },
});
