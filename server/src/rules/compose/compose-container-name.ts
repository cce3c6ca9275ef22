import { removeField } from "../../documents/compose/edits";
import type { Field, Service, Text } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { maxServicesOfName } from "../../ruleLimits";
import { unsafeFix } from "../shared/composeFix";
import { mayRunTogether } from "../shared/composeProfiles";
import { composeKey } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-container-name",
  language: "compose",
  title: "Each container has a valid name of its own",
  why: `The engine has each name once, and Compose refuses a file in which two services ask for the same one. A name with other
characters than letters, digits, \`_\`, \`.\` and \`-\`, of one character, or with a sign at the beginning is refused as well.

Mostly \`container_name:\` is better left out: Compose makes names by project and service, so that the file can run twice
on a host and a service can be scaled.

Names in variables without a default are not looked at, nor are services that are never up together, in different
\`profiles\`. The fix removes a name that is asked for twice, so that
Compose makes one; others may know the container by its name.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["dclint:no-duplicate-container-names", "dclint:service-container-name-regex", "cwe:694"],
  references: [composeKey("container_name"), cwe(694, "Use of multiple resources with duplicate identifier")],
  keys: ["container_name", "profiles"],
  messages: {
    twice: (name: string, service: string) =>
      `The name ${name} is also asked for by ${service}, so Compose starts neither`,
    invalid: (name: string) => `The engine refuses ${name} as the name of a container`,
  },
  bad: [
    {
      title: "twice",
      source:
        'services:\n  a:\n    image: x:1\n    container_name: app\n  b:\n    image: x:1\n    container_name: «"app"»\n',
      fixed: "services:\n  a:\n    image: x:1\n    container_name: app\n  b:\n    image: x:1\n",
    },
    {
      title: "from an anchor",
      source:
        "x-a: &a\n  container_name: «app»\nservices:\n  a:\n    <<: *a\n    image: x:1\n  b:\n    <<: *a\n    image: x:1\n",
    },
    {
      title: "invalid",
      source:
        "services:\n  a:\n    image: x:1\n    container_name: «my app»\n  b:\n    image: x:1\n    container_name: «-b»\n  c:\n    image: x:1\n    container_name: «${NAME:-a/b}»\n",
    },
  ],
  good: [
    {
      title: "different ones, and none",
      source:
        "services:\n  a:\n    image: x:1\n    container_name: app_1.main-a\n  b:\n    image: x:1\n    container_name: b2\n  c:\n    image: x:1\n",
    },
    {
      title: "in variables",
      source:
        "services:\n  a:\n    image: x:1\n    container_name: ${A}-app\n  b:\n    image: x:1\n    container_name: ${A}-app\n",
    },
    {
      title: "never up together",
      source:
        "services:\n  a:\n    image: x:1\n    profiles: [cpu]\n    container_name: app\n  b:\n    image: x:1\n    profiles: [gpu]\n    container_name: app\n",
    },
  ],
  check(document, { report }) {
    const fields = distinct(
      document,
      (service) => [service.containerName],
      (field) => field.valueSpan,
    );
    for (const { part } of fields) {
      const name = part.value.value;
      if (name !== undefined && !/^[A-Za-z0-9][\w.-]+$/.test(name))
        report("invalid", [shorten(name, 40)], { at: part.valueSpan });
    }
    for (const { field, other } of repeated(document.services))
      report("twice", [shorten(field.value.raw, 32), shorten(other.name, 32)], {
        at: field.valueSpan,
        fixes: unsafeFix("Remove container_name", removeField(document, field)),
        related: [{ span: other.nameSpan, message: "Asked for here as well" }],
      });
  },
});

/** Each place that gives a name which an earlier service has; one that both inherit once. */
function repeated(
  services: readonly Service[],
): readonly { readonly field: Field<Text>; readonly other: Service }[] {
  const byName = new Map<string, Service[]>();
  const found = new Map<number, { readonly field: Field<Text>; readonly other: Service }>();
  for (const service of services) {
    const field = service.containerName;
    const name = field?.value.value;
    if (field === undefined || name === undefined || name === "") continue;
    const earlier = byName.get(name) ?? [];
    const other = earlier.find((one) => one.name !== service.name && mayRunTogether(one, service));
    if (other !== undefined && !found.has(field.valueSpan.start))
      found.set(field.valueSpan.start, { field, other });
    if (earlier.length < maxServicesOfName) byName.set(name, [...earlier, service]);
  }
  return [...found.values()];
}
