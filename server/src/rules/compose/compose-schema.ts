import { resolveAlias } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { maxMisfits } from "../../ruleLimits";
import { type Misfit, misfitsOf } from "../shared/composeSchema";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-schema",
  language: "compose",
  title: "The file fits the schema of Compose",
  why: `Compose checks each file against a schema before it looks at anything else, and refuses one with a value of the wrong kind
or a key that it does not know: nothing starts. The schema is that of the Compose Specification as compose-go 2.16.2 has
it, of 21 October 2026. A key that is newer is reported wrongly.

Keys at the top and those of services are looked at by \`compose-syntax\`. Values with variables are not judged, nor files
of Compose's first edition. In the editor the setting \`plimsoll.validateCompose\` switches both rules on where no other
extension checks Compose files against a schema.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["dclint:invalid-schema"],
  references: [
    { title: "Compose Specification", url: "https://github.com/compose-spec/compose-spec" },
    { title: "Compose file reference", url: "https://docs.docker.com/reference/compose-file/" },
  ],
  local: true,
  listsAtMost: maxMisfits,
  messages: {
    type: (name: string, wanted: string) => `Compose refuses the file: it wants ${wanted} for ${name}`,
    value: (name: string, allowed: string) => `Compose refuses the file: ${name} is one of ${allowed}`,
    form: (name: string) => `Compose refuses the file: this is no value of ${name}`,
    unknown: (key: string, name: string) => `Compose refuses the file: it knows no key ${key} in ${name}`,
    name: (key: string) => `Compose refuses the file: the name ${key} has characters that names may not have`,
    missing: (name: string, key: string) => `Compose refuses the file: ${name} lacks ${key}`,
  },
  bad: [
    {
      title: "values of the wrong kind",
      source:
        "services:\n  web:\n    image: app:1\n    read_only: «[yes]»\n    cap_drop: «ALL»\n    environment:\n      A: «[b]»\n    ports: «8080»\n",
    },
    {
      title: "keys and words that Compose does not know",
      source:
        "services:\n  web:\n    build: { context: ., «file»: Dockerfile }\n    depends_on:\n      db: { condition: «healthy» }\n      cache: { «restart»: true }\n    pull_policy: «often»\n  «my db»:\n    image: postgres:17\n",
    },
    {
      title: "once for all that share it",
      source:
        "x-base: &base\n  healthcheck: { «intervals»: 5s }\nservices:\n  a: { <<: *base, image: 'app:1' }\n  b: { <<: *base, image: 'app:1' }\n",
    },
  ],
  good: [
    {
      title: "variables, numbers in quotes, extensions, nothing",
      source:
        "services:\n  web:\n    image: app:1\n    read_only: '${RO}'\n    mem_limit: 500000000\n    cpus: '0.5'\n    x-note: [1]\n    command:\n    deploy: { replicas: '2', x-own: 1 }\n    environment:\n      A:\n      B: 1\n",
    },
    {
      title: "taken away, and completed by another file",
      source: "services:\n  web:\n    ports: !reset null\n    depends_on: { db: { restart: true } }\n",
    },
    { title: "another tool's file", source: "jobs:\n  build:\n    services: [x]\n" },
  ],
  check(document, { report, notChecked }) {
    if (document.form !== "spec" || document.tree.problems.length > 0) return;
    const isWhole = document.project.base === undefined && document.hasWholeServices;
    const claimed = new Set(
      [...document.judged, ...document.services.map(({ body }) => body)].map(resolveAlias),
    );
    const misfits = document.judged.map((root) => misfitsOf(root, isWhole, claimed));
    if (misfits.some(({ length }) => length >= maxMisfits))
      notChecked(`of the places that do not fit the schema, the first ${maxMisfits} are listed`);
    for (const { at, name, problem } of misfits.flat()) {
      const shown = shorten(name, 32);
      if (problem.kind === "type") report("type", [shown, inWords(problem.wanted)], { at });
      else if (problem.kind === "value") report("value", [shown, problem.allowed.join(", ")], { at });
      else if (problem.kind === "missing") report("missing", [shown, problem.key], { at });
      else if (problem.kind === "unknown") report("unknown", [shorten(problem.key, 32), shown], { at });
      else if (problem.kind === "name") report("name", [shorten(problem.key, 32)], { at });
      else report("form", [shown], { at });
    }
  },
});

const words: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
};

function inWords(wanted: Extract<Misfit["problem"], { readonly kind: "type" }>["wanted"]): string {
  return wanted.flatMap((type) => words[type] ?? []).join(" or ");
}
