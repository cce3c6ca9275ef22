import { removeField } from "../../documents/compose/edits";
import type { ComposeDocument, Field, Service } from "../../documents/compose/model";
import { createResolver } from "../../documents/compose/resolve";
import { distinct } from "../../documents/compose/select";
import { flagField, textField } from "../../documents/compose/values";
import { itemsOf } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "compose-hook-privileged",
  language: "compose",
  title: "Hooks of a service have no more rights than the service",
  why: `Commands under \`post_start\` and \`pre_stop\` run inside the container, beside the service and with its files. With
\`privileged: true\` such a command has all capabilities of the host's root. Whoever has taken over the service and can
write what the command reads (a script in a volume, a program on the path, a library) waits for the next start, and
leaves the container with it.

Let the hook do its work without: \`user: root\` alone is enough to hand over a volume. That is reported as info, since
the same trick makes the attacker root within the container. Best is an image in which the directories already have the
right owner. The fix removes the key.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.23", "cis:5.24", "cwe:250"],
  references: [
    composeKey("post_start"),
    { title: "Docker: lifecycle hooks", url: "https://docs.docker.com/compose/how-tos/lifecycle/" },
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    privileged: (service: string) =>
      `A hook of ${service} runs with all rights of the host inside the container`,
    root: (service: string) => `A hook of ${service} runs as root among files that the service can write`,
  },
  bad: [
    {
      title: "a privileged command",
      source:
        "services:\n  web:\n    image: app:1\n    user: app\n    post_start:\n      - command: ./setup.sh\n        «user: root»\n        «privileged: true»\n",
      fixed:
        "services:\n  web:\n    image: app:1\n    user: app\n    post_start:\n      - command: ./setup.sh\n",
    },
    {
      title: "before the end, in flow style",
      source:
        'services:\n  web:\n    image: app:1\n    pre_stop: [{ command: ["./flush"], «privileged: "true"» }, { command: ./b, «user: "0:0"» }]\n',
      fixed:
        'services:\n  web:\n    image: app:1\n    pre_stop: [{ command: ["./flush"] }, { command: ./b }]\n',
    },
  ],
  good: [
    {
      title: "another user",
      source:
        "services:\n  web:\n    image: app:1\n    post_start:\n      - command: ./setup.sh\n        user: app\n        privileged: false\n",
    },
    {
      title: "a service that is privileged itself, which is said elsewhere",
      source: "services:\n  web:\n    image: app:1\n    privileged: true\n",
    },
    {
      title: "a service that runs as root itself",
      source:
        "services:\n  web:\n    image: app:1\n    user: root\n    pre_stop:\n      - command: ./flush\n        user: root\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part } of hookFields(document)) {
      report(part.isPrivileged ? "privileged" : "root", [shorten(service.name, 32)], {
        at: spanOfField(part.field),
        severity: part.isPrivileged ? "high" : "info",
        fixes: unsafeFix(`Remove ${part.field.name}`, removeField(document, part.field)),
      });
    }
  },
});

interface HookField {
  readonly field: Field<unknown>;
  readonly isPrivileged: boolean;
}

function hookFields(
  document: ComposeDocument,
): readonly { readonly service: Service; readonly part: HookField }[] {
  const { fieldsOf } = createResolver();
  return distinct(
    document,
    (service) =>
      ["pre_start", "post_start", "pre_stop"].flatMap((key) =>
        itemsOf(service.fields.get(key)?.node).flatMap((hook): HookField[] => {
          const fields = fieldsOf(hook);
          const privileged = flagField(fields, "privileged");
          const user = textField(fields, "user");
          const isRoot =
            isRootUser(nameOf(user?.value.value)) && !isRootUser(nameOf(service.user?.value.value));
          return [
            ...(isRoot && user !== undefined ? [{ field: user, isPrivileged: false }] : []),
            ...(privileged?.value === true ? [{ field: privileged, isPrivileged: true }] : []),
          ];
        }),
      ),
    ({ field }) => field.keySpan,
  );
}

function nameOf(user = ""): string {
  return user.split(":")[0] ?? "";
}
