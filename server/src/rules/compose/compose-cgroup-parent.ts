import { removeField } from "../../documents/compose/edits";
import { defineRule } from "../../engine/rule";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-cgroup-parent",
  language: "compose",
  title: "Services stay in the engine's own control group",
  why: `\`cgroup_parent\` puts a container under a control group of your choice. What limits the engine's containers
together then no longer holds for this one, and neither do limits that an administrator set for them; under a group of
the system it competes with the host's own services.

Limit the service itself (\`mem_limit\`, \`cpus\`, \`pids_limit\`), and leave the parent to the engine's configuration. Where
a slice of systemd with its own budget is meant, keep the key and say so in an ignore comment. The fix removes it.`,
  category: "resources",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["kics:cgroup_not_default", "docker-bench:5.25", "cis:5.25", "cwe:400"],
  references: [composeKey("cgroup_parent"), cisDocker, cwe(400, "Uncontrolled resource consumption")],
  local: true,
  messages: {
    parent: (service: string) => `${service} runs outside of the engine's control group and its limits`,
  },
  bad: [
    {
      title: "a group of one's own",
      source:
        "services:\n  web:\n    image: app:1\n    «cgroup_parent: m-executor-abcd»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "from a variable, in flow style",
      source: "services:\n  web: { «cgroup_parent: '${SLICE:-system.slice}'», image: 'app:1' }\n",
      fixed: "services:\n  web: { image: 'app:1' }\n",
    },
  ],
  good: [
    { title: "the engine's", source: "services:\n  web:\n    image: app:1\n    mem_limit: 512m\n" },
    { title: "empty", source: 'services:\n  web:\n    image: app:1\n    cgroup_parent: ""\n' },
    {
      title: "a variable that may be empty",
      source: "services:\n  web:\n    image: app:1\n    cgroup_parent: ${SLICE}\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.cgroupParent,
      (value) => value !== "",
    ))
      report("parent", [shorten(service.name, 40)], {
        at: spanOfField(field),
        fixes: unsafeFix("Remove cgroup_parent", removeField(document, field)),
      });
  },
});
