import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-restart-unbounded",
  language: "compose",
  title: "A service that fails again and again stays down",
  why: `With \`always\`, \`unless-stopped\` or \`on-failure\` without a number, a service that fails at once is started again for ever,
and an attack that ends it can be tried as often as somebody likes: each try at a memory layout is free. The CIS Docker
Benchmark wants \`on-failure:5\`, after which somebody must look.

For most servers it is better to come back, also when the engine is started anew, which \`on-failure\` does not do. The engine waits longer between tries, up to a minute. So the rule is only in the profile of that benchmark. The
fix writes \`on-failure:5\`.`,
  category: "resources",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["owasp:RULE#7", "cis:5.15", "cwe:693"],
  references: [composeKey("restart"), owaspDocker, cisDocker, cwe(693, "Protection mechanism failure")],
  local: true,
  messages: {
    unbounded: (service: string) =>
      `${service} is started again for ever, so that an attack on it can be tried as often`,
  },
  bad: [
    {
      title: "always, and until stopped",
      source:
        'services:\n  a:\n    image: app:1\n    «restart: always» # server\n  b:\n    image: app:1\n    «restart: "unless-stopped"»\n',
      fixed:
        "services:\n  a:\n    image: app:1\n    restart: on-failure:5 # server\n  b:\n    image: app:1\n    restart: on-failure:5\n",
    },
    {
      title: "without a number, from an anchor, once",
      source:
        "x-r: &r\n  «restart: on-failure»\nservices:\n  a:\n    <<: *r\n    image: app:1\n  b:\n    <<: *r\n    image: app:2\n",
      fixed:
        "x-r: &r\n  restart: on-failure:5\nservices:\n  a:\n    <<: *r\n    image: app:1\n  b:\n    <<: *r\n    image: app:2\n",
    },
  ],
  good: [
    { title: "five times", source: 'services:\n  a:\n    image: app:1\n    restart: "on-failure:5"\n' },
    { title: "never", source: 'services:\n  a:\n    image: app:1\n    restart: "no"\n' },
    { title: "a variable", source: "services:\n  a:\n    image: app:1\n    restart: ${RESTART}\n" },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.restart,
      (value) => /^(?:always|unless-stopped|on-failure)$/.test(value),
    ))
      report("unbounded", [shorten(service.name, 32)], {
        at: spanOfField(field),
        fixes: unsafeFix("Start again five times", replaceSpan(field.valueSpan, "on-failure:5")),
      });
  },
});
