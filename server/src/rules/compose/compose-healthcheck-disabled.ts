import { removeField } from "../../documents/compose/edits";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-healthcheck-disabled",
  language: "compose",
  title: "The healthcheck of an image stays on",
  why: `\`disable: true\` and \`test: ["NONE"]\` switch off the check that the image brings. Then a service that hangs, or that
somebody has brought down, goes on to be called running, and what depends on it is started all the same.

Where the image's check does not fit, write another one. The fix removes the key, so that the image's own check is in force
again; it is not safe, since that check may fail here.`,
  category: "hygiene",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["kics:healthcheck_not_set", "docker-bench:5.27", "cis:5.27", "cwe:703"],
  references: [
    composeKey("healthcheck"),
    cisDocker,
    cwe(703, "Improper check or handling of exceptional conditions"),
  ],
  local: true,
  messages: {
    disabled: (service: string) => `The check of ${service} is switched off, so nobody notices when it hangs`,
  },
  bad: [
    {
      title: "disable",
      source:
        "services:\n  web:\n    image: app:1\n    «healthcheck:\n      disable: true» # slow\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "NONE, as a list and in flow style",
      source:
        'services:\n  a:\n    image: x:1\n    «healthcheck:\n      test: ["NONE"]»\n  b: { image: x:1, «healthcheck: { test: NONE }» }\n',
      fixed: "services:\n  a:\n    image: x:1\n  b: { image: x:1 }\n",
    },
    {
      title: "from an anchor, once",
      source:
        "x-h: &h\n  image: x:1\n  «healthcheck:\n    disable: yes»\nservices:\n  a:\n    <<: *h\n  b:\n    <<: *h\n",
      fixed: "x-h: &h\n  image: x:1\nservices:\n  a:\n    <<: *h\n  b:\n    <<: *h\n",
    },
  ],
  good: [
    {
      title: "on",
      source:
        "services:\n  web:\n    image: app:1\n    healthcheck:\n      test: [CMD, app, ping]\n      disable: false\n",
    },
    { title: "nothing said", source: "services:\n  web:\n    image: app:1\n" },
  ],
  check(document, { report }) {
    const found = distinct(
      document,
      (service) => (service.healthcheck?.disabled === true ? [service.fields.get("healthcheck")] : []),
      (field) => field.keySpan,
    );
    for (const { service, part: field } of found)
      report("disabled", [shorten(service.name, 40)], {
        at: spanOfField(field),
        fixes: unsafeFix("Use the image's check", removeField(document, field)),
      });
  },
});
