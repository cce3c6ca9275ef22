import type { ComposeDocument, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { entriesOf, scalarOf, type YamlScalar } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { composeKey } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-provider-or-model-exec",
  language: "compose",
  title: "Starting the file runs no program on the host",
  why: `A service with \`provider:\` is no container: \`docker compose up\` looks for a plugin or program of the name in \`type:\` and
runs it on the host, with your rights, with the options of the file as its arguments and the environment of your shell, tokens
included. Whoever changes the file chooses what runs on the machines of all who start it, and no mount or capability
stands in the way.

Use providers that you have installed on purpose, and start a repository's file only after you have read it. A path as the
\`type\`, which names a program of the repository, is high; Docker's own \`model\` is info, another name medium. There is no fix,
since nothing else does what a provider does.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cwe:829"],
  references: [
    composeKey("provider"),
    { title: "Docker: provider services", url: "https://docs.docker.com/compose/how-tos/provider-services/" },
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  local: true,
  messages: {
    runs: (service: string, program: string) =>
      `Starting ${service} runs ${program} on the host with the rights of whoever starts it`,
  },
  bad: [
    {
      title: "a program by its name",
      source:
        "services:\n  db:\n    provider:\n      type: «awesomecloud»\n      options:\n        type: mysql\n",
    },
    {
      title: "of the repository, and Docker's own",
      source:
        'services:\n  a: { provider: { type: «"./bin/start"» } }\n  b:\n    provider:\n      type: «model»\n      options:\n        model: ai/smollm2\n',
    },
  ],
  good: [
    {
      title: "a container",
      source: "services:\n  db:\n    image: mysql:8.4\n    environment:\n      provider: x\n",
    },
    {
      title: "another tool's key",
      source: "services:\n  db:\n    image: app:1\n    x-provider:\n      type: awesomecloud\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: type } of providerTypes(document))
      report("runs", [shorten(service.name, 24), shorten(type.value, 32)], {
        at: type.span,
        severity: type.value === "model" ? "info" : /[\\/]/.test(type.value) ? "high" : "medium",
      });
  },
});

function providerTypes(
  document: ComposeDocument,
): readonly { readonly service: Service; readonly part: YamlScalar }[] {
  return distinct(
    document,
    (service) => {
      const entries = entriesOf(service.fields.get("provider")?.node);
      return [scalarOf(entries.find((entry) => entry.key === "type")?.value)];
    },
    (type) => type.span,
  );
}
