import { addServiceKeys } from "../../documents/compose/edits";
import { defineRule } from "../../engine/rule";
import { type ImageFacts, imageFacts } from "../../knowledge/images";
import { toldRootness, userNotKnown } from "../shared/askedImages";
import { unsafeFix } from "../shared/composeFix";
import { isWhole } from "../shared/composeHardening";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "compose-user-missing",
  language: "compose",
  title: "Services whose image starts as root are given a user",
  why: `An image that names no user runs as root. Whoever breaks into the service can then change everything in the
container, use every capability it has, and own what is written into bind mounts, on the host too.

Write \`user: "1000:1000"\`, or the name of a user that the image has, and give that user the directories it writes.

Reported are services that take an image of which it is known that it starts as root and stays so. Images that step down
by themselves (postgres, redis, nginx's workers) are not, unless \`images.require.nonRoot\` of \`plimsoll.yaml\` demands
another user from the start: then the image itself tells, where registries may be asked (\`plimsoll check --online\`, the setting
\`plimsoll.network\`); and neither are services that are built here: there the
Dockerfile says which user, and its own rules apply. The fix names the image's own user where it has one, else
1000:1000; the service may then miss rights on files and ports below 1024.`,
  category: "user",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:4.1", "owasp:RULE#2", "docksec:compose-no-non-root-user", "cis:4.1", "cwe:250"],
  references: [composeKey("user"), owaspDocker, cisDocker, cwe(250, "Execution with unnecessary privileges")],
  local: true,
  messages: {
    root: (service: string, image: string) =>
      `${service} runs as root, as ${image} does where no user is named`,
  },
  bad: [
    {
      title: "an image with a user to choose",
      source: "services:\n  «web»:\n    image: node:22-slim\n    command: node app.js\n",
      fixed: "services:\n  web:\n    image: node:22-slim\n    command: node app.js\n    user: node\n",
    },
    {
      title: "an image without one, in flow style",
      source: "services: { «job»: { image: 'python:3.13-slim' } }\n",
      fixed: "services: { job: { image: 'python:3.13-slim', user: \"1000:1000\" } }\n",
    },
    {
      title: "root, by what the registry tells, where the policy demands another user",
      source: "services:\n  «web»:\n    image: registry.example.com/app:1\n",
      context: {
        policy: { require: { nonRoot: "high" } },
        asked: { "registry.example.com/app:1": { user: "" } },
      },
      fixed: 'services:\n  web:\n    image: registry.example.com/app:1\n    user: "1000:1000"\n',
    },
  ],
  good: [
    { title: "an image that steps down", source: "services:\n  db:\n    image: postgres:17\n" },
    { title: "a user", source: 'services:\n  web:\n    image: node:22\n    user: "${UID:-1000}"\n' },
    {
      title: "root, which is said elsewhere",
      source: "services:\n  web:\n    image: node:22\n    user: root\n",
    },
    { title: "an image that steps down", source: "services:\n  db:\n    image: postgres:17\n" },
    {
      title: "an image that is not known",
      source: "services:\n  web:\n    image: registry.example.com/app:1\n",
    },
    {
      title: "a user that the registry tells of, where the policy demands one",
      source: "services:\n  web:\n    image: registry.example.com/app:1\n",
      context: {
        policy: { require: { nonRoot: "high" } },
        asked: { "registry.example.com/app:1": { user: "1000:1000" } },
      },
    },
    { title: "built here", source: "services:\n  web:\n    build: .\n    image: node:22\n" },
    { title: "an addition to another file's service", source: "services:\n  web:\n    restart: always\n" },
  ],
  check(document, { facts, policy, report, notChecked }) {
    const mayStepDown = !policy.require.nonRoot;
    for (const service of document.services) {
      const reference = service.image?.value.reference;
      if (!isWhole(service) || service.user !== undefined || service.build !== undefined) continue;
      if (reference === undefined) continue;
      const image = imageFacts(reference);
      const start = toldRootness(reference, facts) ?? startsAs(image, mayStepDown);
      if (start === "unknown") notChecked(userNotKnown(reference, facts), service.nameSpan);
      if (start !== "root") continue;
      const user = image?.users[0]?.name ?? "1000:1000";
      const value = user.includes(":") ? `"${user}"` : user;
      report("root", [shorten(service.name, 32), shorten(reference.source, 36)], {
        at: service.nameSpan,
        fixes: unsafeFix(`Run as ${user}`, addServiceKeys(document, service, [{ key: "user", value }])),
      });
    }
  },
});

/** An official image whose default user is not recorded is taken for most of them, which start as root. */
function startsAs(facts: ImageFacts | undefined, mayStepDown: boolean): "root" | "other" | "unknown" {
  if (facts === undefined) return "unknown";
  if (facts.devcontainer || facts.family === "windows") return "other";
  if (mayStepDown && (facts.drops !== undefined || facts.workers !== undefined)) return "other";
  if (facts.defaultUser.state === "unknown") return facts.official ? "root" : "unknown";
  return isRootUser(facts.defaultUser.user.split(":")[0] ?? "") ? "root" : "other";
}
