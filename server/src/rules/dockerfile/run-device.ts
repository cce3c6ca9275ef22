import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { flagRemovalFixes } from "../shared/runFlags";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "run-device",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["device"] },
  title: "No build step gets a device of the host",
  why: `\`RUN --device\` hands the step a device of the machine that builds, with what its CDI specification adds: device
nodes, mounts, hooks that run on the host. A package script or a dependency that turns bad then talks to a driver in
the host's kernel directly, which is a short way out of the sandbox, and may read what other builds left in the
device's memory.

Most work with a GPU belongs into the running container and not into the build. Where a build really needs the device
(kernels that are tuned for it, tests), build on a machine of its own and say so in an ignore comment.

A builder refuses a device unless it was allowed to give it away. The fix deletes the flag; a step that needs the
device then fails.`,
  category: "privilege",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.18", "cwe:250"],
  references: [
    {
      title: "Docker: Container Device Interface in builds",
      url: "https://docs.docker.com/build/building/cdi/",
    },
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    device: (name: string) => `This step gets ${name}, so what it executes talks to a driver of the host`,
  },
  bad: [
    {
      title: "a device",
      source:
        "# syntax=docker/dockerfile:1-labs\nFROM debian:12\nRUN «--device=nvidia.com/gpu=all» nvidia-smi\n",
      fixed: "# syntax=docker/dockerfile:1-labs\nFROM debian:12\nRUN nvidia-smi\n",
    },
    {
      title: "among other flags, not required, and for images built from this one",
      source:
        "FROM debian:12\nRUN --mount=type=cache,target=/c \\\n    «--device=name=vendor1.com/device=foo,required=false» \\\n    make\nONBUILD RUN «--device=vendor1.com/device» make\n",
      fixed: "FROM debian:12\nRUN --mount=type=cache,target=/c \\\n    make\nONBUILD RUN make\n",
    },
  ],
  good: [
    { title: "an option of the command", source: "FROM debian:12\nRUN tool --device=/dev/kvm\n" },
    {
      title: "other flags",
      source: "FROM debian:12\nRUN --network=none --mount=type=tmpfs,target=/x make\n",
    },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "RUN") continue;
      for (const [index, flag] of instruction.flags.entries()) {
        if (flag.name !== "device") continue;
        const name = /^(?:name=)?([^,]{1,200})/.exec(flag.value ?? "")?.[1];
        report("device", [name === undefined ? "a device" : shorten(name, 40)], {
          at: flag.span,
          fixes: flagRemovalFixes(document, instruction, index, "Build without the device"),
        });
      }
    }
  },
});
