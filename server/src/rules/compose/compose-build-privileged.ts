import { removeField } from "../../documents/compose/edits";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { itemsOf, scalarOf } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-build-privileged",
  language: "compose",
  title: "Builds have no rights on the machine that builds",
  why: `With \`build.privileged: true\`, or the entitlement \`security.insecure\`, every step of the build may have all
capabilities and devices of the machine that builds. What runs there are installers and the scripts of every package
that is installed: one bad package then owns the build machine, with its credentials and the images of all others.

Do what needs such rights when the container runs, or build with a tool that needs none (a rootless BuildKit, Buildah).
The entitlement \`network.host\` lets steps reach what listens on the machine's 127.0.0.1, and is medium. The fix removes
the key or the entry.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.5", "cwe:250"],
  references: [
    {
      title: "Compose build specification: entitlements",
      url: "https://docs.docker.com/reference/compose-file/build/#entitlements",
    },
    {
      title: "Compose build specification: privileged",
      url: "https://docs.docker.com/reference/compose-file/build/#privileged",
    },
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    privileged: (service: string) =>
      `A package that the build of ${service} installs can own the machine that builds`,
    network: (service: string) =>
      `Steps of the build of ${service} reach the 127.0.0.1 of the machine that builds`,
  },
  bad: [
    {
      title: "a privileged build",
      source: "services:\n  web:\n    build:\n      context: .\n      «privileged: true»\n",
      fixed: "services:\n  web:\n    build:\n      context: .\n",
    },
    {
      title: "entitlements",
      source:
        "services:\n  web:\n    build:\n      context: .\n      entitlements:\n        - «network.host»\n        - «security.insecure»\n",
      fixed: "services:\n  web:\n    build:\n      context: .\n",
    },
    {
      title: "in flow style, the default of a variable",
      source:
        "services:\n  web:\n    build: { context: ., «privileged: '${P:-true}'», entitlements: [«'security.insecure'»] }\n",
      fixed: "services:\n  web:\n    build: { context: . }\n",
    },
  ],
  good: [
    {
      title: "false written out",
      source: "services:\n  web:\n    build:\n      context: .\n      privileged: false\n",
    },
    {
      title: "a privileged container, which is said elsewhere",
      source: "services:\n  web:\n    build: .\n    privileged: true\n",
    },
    {
      title: "no entitlement",
      source: "services:\n  web:\n    build:\n      context: .\n      entitlements: []\n",
    },
  ],
  check(document, { report }) {
    const flags = distinct(
      document,
      (service) => [service.build?.value.privileged],
      (field) => field.keySpan,
    );
    for (const { service, part: field } of flags) {
      if (field.value !== true) continue;
      report("privileged", [shorten(service.name, 32)], {
        at: spanOfField(field),
        fixes: unsafeFix("Build without privileges", removeField(document, field)),
      });
    }
    const entitlements = distinct(
      document,
      (service) => itemsOf(service.build?.value.fields.get("entitlements")?.node),
      (node) => node.span,
    );
    for (const { service, part: node } of entitlements) {
      const value = scalarOf(node)?.value;
      if (value !== "security.insecure" && value !== "network.host") continue;
      const isInsecure = value === "security.insecure";
      report(isInsecure ? "privileged" : "network", [shorten(service.name, 32)], {
        at: node.span,
        severity: isInsecure ? "high" : "medium",
        fixes: unsafeFix(`Remove ${value}`, removeItem(document, node)),
      });
    }
  },
});
