import type { ComposeDocument, Field, Service, Text } from "../../documents/compose/model";
import { createResolver } from "../../documents/compose/resolve";
import { distinct } from "../../documents/compose/select";
import { textField } from "../../documents/compose/values";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-restart-not-5",
  language: "compose",
  title: "A service that fails is started again five times",
  why: `The CIS Docker Benchmark sets the number of tries to five: enough for a database that is not up yet, few enough that a
service which fails at once does not keep the host busy, and that an attack which ends it cannot be tried at will.

Another number is a matter of taste, so the rule is only in the profile of that benchmark. \`deploy.restart_policy\` is
read too. A policy without a number is reported by \`compose-restart-unbounded\`. The fix writes 5.`,
  category: "resources",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: [
    "kics:restart_policy_on_failure_not_set_to_5",
    "docker-bench:5.15",
    "owasp:RULE#7",
    "cis:5.15",
    "cwe:693",
  ],
  references: [
    composeKey("restart"),
    {
      title: "Compose deploy specification: restart_policy",
      url: "https://docs.docker.com/reference/compose-file/deploy/#restart_policy",
    },
    cisDocker,
    cwe(693, "Protection mechanism failure"),
  ],
  local: true,
  messages: {
    other: (service: string, tries: string) =>
      `${service} is started again ${tries} times, where the benchmark wants 5`,
  },
  bad: [
    {
      title: "the key of the service",
      source:
        'services:\n  a:\n    image: app:1\n    «restart: on-failure:10»\n  b:\n    image: app:1\n    «restart: "on-failure:3"»\n',
      fixed:
        "services:\n  a:\n    image: app:1\n    restart: on-failure:5\n  b:\n    image: app:1\n    restart: on-failure:5\n",
    },
    {
      title: "under deploy",
      source:
        "services:\n  a:\n    image: app:1\n    deploy:\n      restart_policy:\n        condition: on-failure\n        «max_attempts: 10»\n        window: 120s\n",
      fixed:
        "services:\n  a:\n    image: app:1\n    deploy:\n      restart_policy:\n        condition: on-failure\n        max_attempts: 5\n        window: 120s\n",
    },
  ],
  good: [
    {
      title: "five",
      source:
        "services:\n  a:\n    image: app:1\n    restart: on-failure:5\n    deploy: { restart_policy: { condition: on-failure, max_attempts: 5 } }\n",
    },
    {
      title: "always, which is said elsewhere",
      source: "services:\n  a:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "in a variable",
      source: "services:\n  a:\n    image: app:1\n    restart: on-failure:${TRIES}\n",
    },
    {
      title: "not on failure",
      source:
        "services:\n  a:\n    image: app:1\n    deploy: { restart_policy: { condition: any, max_attempts: 10 } }\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.restart,
      (value) => triesOf(value) !== undefined,
    ))
      report("other", [shorten(service.name, 40), triesOf(field.value.value ?? "") ?? ""], {
        at: spanOfField(field),
        fixes: unsafeFix("Start again five times", replaceSpan(field.valueSpan, "on-failure:5")),
      });
    for (const { service, part: field } of attempts(document))
      report("other", [shorten(service.name, 40), shorten(field.value.value ?? "", 8)], {
        at: spanOfField(field),
        fixes: unsafeFix("Start again five times", replaceSpan(field.valueSpan, "5")),
      });
  },
});

/** The number of tries where it is another than five. */
function triesOf(restart: string): string | undefined {
  const tries = /^on-failure:\s{0,3}(\d{1,6})$/.exec(restart.trim())?.[1];
  return tries === undefined || Number(tries) === 5 ? undefined : tries;
}

function attempts(
  document: ComposeDocument,
): readonly { readonly service: Service; readonly part: Field<Text> }[] {
  const { fieldsOf } = createResolver();
  return distinct(
    document,
    (service) => {
      const policy = fieldsOf(fieldsOf(service.fields.get("deploy")?.node).get("restart_policy")?.node);
      const field = textField(policy, "max_attempts");
      const isOther = /^\d{1,6}$/.test(field?.value.value ?? "") && Number(field?.value.value) !== 5;
      return isOther && textField(policy, "condition")?.value.value === "on-failure" ? [field] : [];
    },
    (field) => field.keySpan,
  );
}
