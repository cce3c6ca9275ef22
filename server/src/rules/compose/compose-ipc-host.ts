import { removeField } from "../../documents/compose/edits";
import { defineRule } from "../../engine/rule";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-ipc-host",
  language: "compose",
  title: "Every service has shared memory of its own",
  why: `With \`ipc: host\` a container uses the host's shared memory, semaphores and message queues. What other programs
keep there (databases' buffers, browsers' and graphics' data) can be read and changed from the container, as far as user
ids agree, and a full \`/dev/shm\` stops them all.

Data loaders and browsers only need more room: \`shm_size: 1g\` gives that. Two services that talk through shared memory
can share theirs: \`ipc: shareable\` in one, \`ipc: "service:that"\` in the other. The fix removes the key.`,
  category: "privilege",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:shared_host_ipc_namespace",
    "docker-bench:5.17",
    "docksec:compose-host-namespace",
    "cis:5.17",
    "cwe:668",
  ],
  references: [
    composeKey("ipc"),
    composeKey("shm_size"),
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  local: true,
  messages: {
    host: (service: string) => `${service} can read and change the shared memory of the host's programs`,
  },
  bad: [
    {
      title: "written out",
      source: 'services:\n  train:\n    image: app:1\n    «ipc: "host"»\n    restart: always\n',
      fixed: "services:\n  train:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "the default of a variable, in flow style",
      source: "services: { train: { «ipc: '${IPC:-host}'», image: 'app:1' } }\n",
      fixed: "services: { train: { image: 'app:1' } }\n",
    },
    {
      title: "in a base service, once",
      source: "services:\n  base:\n    image: app:1\n    «ipc: host»\n  web:\n    extends: base\n",
      fixed: "services:\n  base:\n    image: app:1\n  web:\n    extends: base\n",
    },
  ],
  good: [
    {
      title: "among containers",
      source:
        'services:\n  a:\n    image: app:1\n    ipc: shareable\n  b:\n    image: app:1\n    ipc: "service:a"\n',
    },
    { title: "more room", source: "services:\n  train:\n    image: app:1\n    shm_size: 1g\n" },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    ipc: ${IPC}\n" },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.ipc,
      (value) => value === "host",
    ))
      report("host", [shorten(service.name, 40)], {
        at: spanOfField(field),
        fixes: unsafeFix("Remove the host's shared memory", removeField(document, field)),
      });
  },
});
