import { removeField } from "../../documents/compose/edits";
import { defineRule } from "../../engine/rule";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-userns-host",
  language: "compose",
  title: "Services keep the engine's remapping of users",
  why: `Where the engine remaps users (\`userns-remap\`), root in a container is an unprivileged user on the host, so that
who gets out of the container has next to no rights there. \`userns_mode: host\` takes that away for this service: its
root is the host's root again.

An engine that does not remap behaves the same with and without the key, so it can go. A service that must share the
host's namespaces cannot be remapped: that is the graver finding then. The fix removes the key.`,
  category: "privilege",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["kics:shared_host_user_namespace", "docker-bench:5.31", "cis:5.31", "cwe:668"],
  references: [
    composeKey("userns_mode"),
    {
      title: "Docker: isolate containers with a user namespace",
      url: "https://docs.docker.com/engine/security/userns-remap/",
    },
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  local: true,
  messages: {
    host: (service: string) => `Root in ${service} is root on the host, even where the engine remaps users`,
  },
  bad: [
    {
      title: "written out",
      source: 'services:\n  web:\n    image: app:1\n    «userns_mode: "host"»\n    restart: always\n',
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "in flow style",
      source: "services:\n  web: { «userns_mode: host», image: 'app:1' }\n",
      fixed: "services:\n  web: { image: 'app:1' }\n",
    },
  ],
  good: [
    {
      title: "Podman's mapping of the caller",
      source: "services:\n  web:\n    image: app:1\n    userns_mode: keep-id\n",
    },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    userns_mode: ${MODE}\n" },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.usernsMode,
      (value) => value === "host",
    ))
      report("host", [shorten(service.name, 40)], {
        at: spanOfField(field),
        fixes: unsafeFix("Remove the host's users", removeField(document, field)),
      });
  },
});
