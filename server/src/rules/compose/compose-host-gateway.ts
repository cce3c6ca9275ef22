import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { composeKey } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-host-gateway",
  language: "compose",
  title: "Services do not reach into the host",
  why: `\`host-gateway\` gives a name to the host's address on the container's network. What listens on all of the host's
addresses is within reach of a container anyway; with the name, programs in it are meant to use that, and what they reach
(databases, development servers, an engine's API without TLS) then has to listen beyond 127.0.0.1.

Run what the service needs as a service of the file. Where it must be the host's, let that program listen on the bridge's
address alone and ask for a password. On a developer's machine it is the usual way, so this is info, and only in the profile
that has every rule. There is no fix.`,
  category: "network",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["cwe:668"],
  references: [composeKey("extra_hosts"), cwe(668, "Exposure of resource to wrong sphere")],
  local: true,
  messages: {
    gateway: (service: string, name: string) => `${service} reaches what listens on the host, as ${name}`,
  },
  bad: [
    {
      title: "list form, both signs",
      source:
        'services:\n  web:\n    image: app:1\n    extra_hosts:\n      - «"host.docker.internal:host-gateway"»\n      - «db=host-gateway»\n',
    },
    {
      title: "map form, inherited by two services, once",
      source:
        "x-h: &h\n  extra_hosts:\n    «host.docker.internal: host-gateway»\nservices:\n  a:\n    <<: *h\n    image: app:1\n  b:\n    <<: *h\n    image: app:2\n",
    },
  ],
  good: [
    {
      title: "an address",
      source: "services:\n  web:\n    image: app:1\n    extra_hosts: ['db.example.com:10.0.0.5']\n",
    },
    {
      title: "a variable",
      source: "services:\n  web:\n    image: app:1\n    extra_hosts: ['host:${GATEWAY}']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: named } of distinct(
      document,
      (one) => one.extraHosts,
      (one) => one.span,
    ))
      if (named.value?.value?.trim() === "host-gateway")
        report("gateway", [shorten(service.name, 32), shorten(named.name, 40)], { at: named.span });
  },
});
