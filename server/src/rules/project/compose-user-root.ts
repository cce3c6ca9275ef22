import type { Service } from "../../documents/compose/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { imageFacts } from "../../knowledge/images";
import { replaceSpan } from "../../text/edit";
import { isMeasuringAgent } from "../shared/composeAgents";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { type ImageUser, userOfImage } from "../shared/projectUsers";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "compose-user-root",
  language: "project",
  title: "No service is made to run as root",
  why: `\`user: root\` overrules the user that the image's makers chose. Whoever breaks into the service is root inside the
container: they change its programs, install tools, use every capability it has, and own what is written into bind
mounts, on the host too. Most known ways out of a container start from root.

Mostly a volume has the wrong owner. Give it to the user once (\`docker compose run --rm --user root web chown …\`), or make
the directory in the image, before a volume is mounted there.

Where the image starts as root anyway, or the Dockerfile that the service builds ends as root, nothing is lost by the key,
so that is medium. It is low for measuring agents and log shippers, which read what belongs to root, and where the
entrypoint steps down by itself, as postgres and redis do. The fix writes 1000:1000: put the user and group there that own
the data.`,
  category: "user",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:4.1", "owasp:RULE#2", "cis:4.1", "cwe:250"],
  references: [composeKey("user"), owaspDocker, cisDocker, cwe(250, "Execution with unnecessary privileges")],
  local: true,
  messages: {
    root: (service: string) => `${service} runs as root, whatever user its image was made for`,
    over: (service: string, user: string) =>
      `${service} runs as root, though its Dockerfile takes care to run as ${user}`,
  },
  bad: [
    {
      title: "by name",
      source: "services:\n  web:\n    build: .\n    «user: root» # for the volume\n",
      fixed: 'services:\n  web:\n    build: .\n    user: "1000:1000" # for the volume\n',
    },
    {
      title: "by number, with a group",
      source: 'services:\n  a:\n    image: app:1\n    «user: "0:0"»\n  b:\n    image: app:1\n    «user: 0»\n',
      fixed:
        'services:\n  a:\n    image: app:1\n    user: "1000:1000"\n  b:\n    image: app:1\n    user: "1000:1000"\n',
    },
    {
      title: "the default of a variable, in flow style",
      source: "services:\n  web: { image: 'app:1', «user: '${UID:-0}:${GID:-0}'» }\n",
      fixed: "services:\n  web: { image: 'app:1', user: \"1000:1000\" }\n",
    },
    {
      title: "over the user of the Dockerfile that is built",
      source: "services:\n  web:\n    build: app\n    «user: root»\n",
      context: { neighbours: { "app/Dockerfile": "FROM node:22\nUSER node\n" } },
      fixed: 'services:\n  web:\n    build: app\n    user: "1000:1000"\n',
    },
    {
      title: "an image that steps down by itself, low",
      source: "services:\n  db:\n    image: postgres:17\n    «user: root»\n",
      fixed: 'services:\n  db:\n    image: postgres:17\n    user: "1000:1000"\n',
    },
  ],
  good: [
    { title: "a user", source: 'services:\n  web:\n    image: app:1\n    user: "1000:0"\n' },
    { title: "a name that begins so", source: "services:\n  web:\n    image: app:1\n    user: rootless\n" },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    user: ${UID}:${GID}\n" },
    { title: "none", source: "services:\n  web:\n    image: app:1\n" },
  ],
  check({ compose, builds }, { policy, report, notChecked }) {
    for (const { user } of policy.require.nonRoot ? compose.services : []) {
      if (user !== undefined && user.value.value === undefined)
        notChecked(`whether ${shorten(user.value.raw, 24)} is root is not known`, user.value.span);
    }
    for (const { service, part: field } of fieldsWith(
      compose,
      (one) => one.user,
      (value) => isRootUser(value.split(":")[0] ?? ""),
    )) {
      const build = builds.find((one) => one.service === service);
      const user = userOfImage(build);
      const place = {
        at: spanOfField(field),
        severity: severityFor(service, user),
        fixes: unsafeFix("Run as 1000:1000", replaceSpan(field.valueSpan, '"1000:1000"')),
      };
      const name = shorten(service.name, 40);
      if (user === undefined || user.isRoot) report("root", [name], place);
      else report("over", [name, shorten(user.name, 24)], { ...place, related: user.related });
    }
  },
});

function hasEngineSocket({ volumes }: Service): boolean {
  return volumes.some(({ source }) => /(?:^|\/)docker\.sock$/.test(source ?? ""));
}

function severityFor(service: Service, built: ImageUser | undefined): Severity {
  // With the engine's socket, which it takes root to open, it owns the host as any user.
  if (isMeasuringAgent(service)) return "low";
  if (built?.isRoot || hasEngineSocket(service)) return "medium";
  const reference = service.build === undefined ? service.image?.value.reference : undefined;
  const facts = reference === undefined ? undefined : imageFacts(reference);
  if (facts?.drops !== undefined || facts?.workers !== undefined) return "low";
  const user = facts?.defaultUser.state === "known" ? facts.defaultUser.user : undefined;
  return user !== undefined && isRootUser(user.split(":")[0] ?? "") ? "medium" : "high";
}
