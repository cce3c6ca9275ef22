import { removeField } from "../../documents/compose/edits";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey, protectSocket } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-use-api-socket",
  language: "compose",
  title: "No service is handed the engine's API",
  why: `\`use_api_socket: true\` mounts the engine's socket into the container and hands over your logins to registries.
Whoever runs code in it has the engine start a privileged container with the host's disk, which is root on the host,
and pulls and pushes images in your name.

Put a proxy before the socket that lets only the requests through that the service makes, on a network of its own, and
give its address in \`DOCKER_HOST\`; give registry logins as a secret with the rights that are needed. The fix removes
the key, and the service then has no engine.`,
  category: "mounts",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["owasp:RULE#1", "cis:5.32", "cwe:250"],
  references: [
    composeKey("use_api_socket"),
    protectSocket,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    api: (service: string) =>
      `Whoever runs code in ${service} controls the engine, and has your logins to registries`,
  },
  bad: [
    {
      title: "written out",
      source: "services:\n  ci:\n    image: runner:1\n    «use_api_socket: true»\n    restart: always\n",
      fixed: "services:\n  ci:\n    image: runner:1\n    restart: always\n",
    },
    {
      title: "the default of a variable, in flow style",
      source: "services:\n  ci: { image: 'runner:1', «use_api_socket: '${API:-true}'» }\n",
      fixed: "services:\n  ci: { image: 'runner:1' }\n",
    },
  ],
  good: [
    {
      title: "false written out",
      source: "services:\n  ci:\n    image: runner:1\n    use_api_socket: false\n",
    },
    { title: "a variable", source: "services:\n  ci:\n    image: runner:1\n    use_api_socket: ${API}\n" },
  ],
  check(document, { report }) {
    const fields = distinct(
      document,
      (service) => [service.useApiSocket],
      (field) => field.keySpan,
    );
    for (const { service, part: field } of fields) {
      if (field.value !== true) continue;
      report("api", [shorten(service.name, 40)], {
        at: spanOfField(field),
        fixes: unsafeFix("Remove use_api_socket", removeField(document, field)),
      });
    }
  },
});
