import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { flagRemovalFixes } from "../shared/runFlags";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "run-network-host",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["network"] },
  title: "Every build step has a network of its own",
  why: `\`RUN --network=host\` puts the step into the network of the machine that builds. Whatever it executes, an install
script of some dependency included, then reaches what listens on that machine for itself only: databases, the API of the
builder, the cloud's metadata service with its credentials; and it can listen there itself.

What a step needs from the machine can be served to it by name (\`--add-host\`, another container of the build's
network). A step that needs no network is best run with \`--network=none\`.

A builder refuses such a step unless it was started with the \`network.host\` entitlement. The fix deletes the flag; a
step that really needs it then fails.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["sonar:S6431", "cis:5.10", "cwe:653"],
  references: [
    dockerfileReference("RUN --network", "run---network"),
    cisDocker,
    cwe(653, "Improper isolation or compartmentalization"),
  ],
  messages: {
    host: () => "This step is in the network of the machine that builds, and reaches what listens there",
  },
  bad: [
    {
      title: "alone, and in a trigger",
      source: "FROM debian:12\nRUN «--network=host» make\nONBUILD RUN «--network=host» make\n",
      fixed: "FROM debian:12\nRUN make\nONBUILD RUN make\n",
    },
    {
      title: "among other flags, over lines, in exec form",
      source:
        'FROM debian:12\nRUN --mount=type=cache,target=/c \\\n    «--network=host» \\\n    make\nRUN «--network=\\\nhost» ["make"]\n',
      fixed: 'FROM debian:12\nRUN --mount=type=cache,target=/c \\\n    make\nRUN ["make"]\n',
    },
  ],
  good: [
    {
      title: "other networks",
      source: "FROM debian:12\nRUN --network=none make\nRUN --network=default make\n",
    },
    {
      title: "what no builder takes",
      source: "FROM debian:12\nRUN --network=HOST make\nRUN --network make\n",
    },
    { title: "an option of the command", source: "FROM debian:12\nRUN docker run --network=host x\n" },
  ],
  check(document, { report }) {
    for (const run of instructionsOf(document)) {
      if (run.keyword !== "RUN") continue;
      run.flags.forEach((flag, index) => {
        if (flag.name !== "network" || flag.value !== "host") return;
        const fixes = flagRemovalFixes(document, run, index, "Give the step a network of its own");
        report("host", [], { at: flag.span, fixes });
      });
    }
  },
});
