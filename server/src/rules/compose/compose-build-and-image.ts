import { addServiceKeys } from "../../documents/compose/edits";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { publisherKind } from "../../knowledge/publishers";
import { unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-build-and-image",
  language: "compose",
  title: "A service that is built says when its image is pulled instead",
  why: `With \`build:\` and \`image:\` and no \`pull_policy:\`, Compose first asks the registry for the image, and builds only where
it gets none. Under a name that is not yours, \`app:dev\` or that of a team which does not exist on Docker Hub, anybody can
push an image, and the next new machine runs that one in place of your sources.

Write \`pull_policy: build\`, or leave \`image:\` out where nothing else needs the name. Low where the name belongs to
Docker Hub, which anybody can push to; info where it names a registry of its own.

The fix adds \`pull_policy: build\`. It is not safe: whoever relied on the pulled image now waits for a build.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["dclint:no-build-and-image", "cwe:1357"],
  references: [
    composeKey("pull_policy"),
    {
      title: "Compose build specification: build and image",
      url: "https://docs.docker.com/reference/compose-file/build/#using-build-and-image",
    },
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  local: true,
  messages: {
    both: (service: string, image: string) =>
      `${service} runs what the registry has as ${image}, and is built only where there is none`,
  },
  bad: [
    {
      title: "both",
      source: "services:\n  web:\n    «build»: .\n    image: team/app:1\n  db:\n    image: postgres:17\n",
      fixed:
        "services:\n  web:\n    build: .\n    image: team/app:1\n    pull_policy: build\n  db:\n    image: postgres:17\n",
    },
    {
      title: "in flow style, in a registry of its own, in a variable",
      source:
        "services:\n  a: { image: registry.example.com/app:1, «build»: { context: . } }\n  b:\n    image: ${IMAGE}\n    «build»:\n      context: ./b\n",
      fixed:
        "services:\n  a: { image: registry.example.com/app:1, build: { context: . }, pull_policy: build }\n  b:\n    image: ${IMAGE}\n    build:\n      context: ./b\n    pull_policy: build\n",
    },
  ],
  good: [
    { title: "one of them", source: "services:\n  a:\n    build: .\n  b:\n    image: app:1\n" },
    {
      title: "it is said",
      source:
        "services:\n  a:\n    build: .\n    image: app:1\n    pull_policy: build\n  b:\n    build: .\n    image: app:1\n    pull_policy: never\n",
    },
  ],
  check(document, { report }) {
    const built = distinct(
      document,
      (service) => [service.build],
      (field) => field.keySpan,
    );
    for (const { service, part: build } of built) {
      const { image } = service;
      if (image === undefined || service.fields.has("pull_policy") || !service.complete) continue;
      const { reference, raw } = image.value;
      const isOpen = reference !== undefined && publisherKind(reference) === "personal";
      const isOwn = build.origin.kind === "own";
      report("both", [shorten(service.name, 24), shorten(raw, 32)], {
        at: build.keySpan,
        severity: isOpen ? "low" : "info",
        fixes: isOwn
          ? unsafeFix(
              "Add pull_policy: build",
              addServiceKeys(document, service, [{ key: "pull_policy", value: "build" }]),
            )
          : [],
      });
    }
  },
});
