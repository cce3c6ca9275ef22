import { removeField } from "../../documents/compose/edits";
import { defineRule } from "../../engine/rule";
import { isMeasuringAgent } from "../shared/composeAgents";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-cgroup-host",
  language: "compose",
  title: "Every service sees only its own control group",
  why: `With \`cgroup: host\` a container sees the control groups of the whole host: which containers and services run
there, and what each may use. Together with a writable \`/sys/fs/cgroup\` it changes their limits, and on version 1 of
control groups has the kernel run a program on the host.

systemd in a container works with \`cgroup: private\` on version 2. Measuring agents may need the host's; say so in an
ignore comment. The fix removes the key: the engine's default on version 2 is a private one.`,
  category: "privilege",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.25", "cwe:668"],
  references: [composeKey("cgroup"), cisDocker, cwe(668, "Exposure of resource to wrong sphere")],
  local: true,
  messages: {
    host: (service: string) =>
      `${service} sees the control groups of every container and service of the host`,
  },
  bad: [
    {
      title: "written out",
      source: "services:\n  web:\n    image: app:1\n    «cgroup: host»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "the default of a variable, in flow style",
      source: "services:\n  web: { image: 'app:1', «cgroup: '${CG:-host}'» }\n",
      fixed: "services:\n  web: { image: 'app:1' }\n",
    },
  ],
  good: [
    { title: "its own", source: "services:\n  web:\n    image: app:1\n    cgroup: private\n" },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    cgroup: ${CG}\n" },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.cgroup,
      (value) => value === "host",
    ))
      report("host", [shorten(service.name, 40)], {
        at: spanOfField(field),
        severity: isMeasuringAgent(service) ? "low" : "medium",
        fixes: unsafeFix("Remove the host's control groups", removeField(document, field)),
      });
  },
});
