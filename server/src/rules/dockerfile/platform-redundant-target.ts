import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { dockerfileReference } from "../shared/references";
import { variableUsesIn } from "../shared/variableUses";
import { withBlanksAfter } from "../shared/words";

export default defineRule({
  id: "platform-redundant-target",
  language: "dockerfile",
  title: "The target platform is not repeated in FROM",
  why: `FROM takes the image for the platform that is built for, so \`--platform=$TARGETPLATFORM\` says nothing. It hides the
one line where the flag does matter, \`--platform=$BUILDPLATFORM\`, and it breaks builders that do not set the variable.

Leave the flag away. The fix does so; the image stays the same. With a default (\`\${TARGETPLATFORM:-linux/amd64}\`)
it is not called safe, since a builder that does not set the variable then picks its own platform.

Nothing is reported where the file gives the variable a value of its own.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3065", "buildkit:RedundantTargetPlatform"],
  references: [
    {
      title: "Docker build check: RedundantTargetPlatform",
      url: "https://docs.docker.com/reference/build-checks/redundant-target-platform/",
    },
    dockerfileReference("FROM", "from"),
  ],
  messages: {
    redundant: () => "FROM takes the image for the target platform anyway, so the flag says nothing",
  },
  bad: [
    {
      title: "both ways to write it",
      source: "FROM «--platform=$TARGETPLATFORM» node:22 AS a\nFROM «--platform=${TARGETPLATFORM}» node:22\n",
      fixed: "FROM node:22 AS a\nFROM node:22\n",
    },
    {
      title: "declared, quoted and continued",
      source: 'ARG TARGETPLATFORM\nFROM \\\n    «--platform="$TARGETPLATFORM"» \\\n    node:22\n',
      fixed: "ARG TARGETPLATFORM\nFROM \\\n    node:22\n",
    },
    {
      title: "with a default",
      source: "FROM «--platform=${TARGETPLATFORM:-linux/amd64}» node:22\n",
      fixed: "FROM node:22\n",
    },
  ],
  good: [
    { title: "no flag", source: "FROM node:22\n" },
    { title: "another platform", source: "FROM --platform=$BUILDPLATFORM node:22\n" },
    { title: "a part of it", source: "FROM --platform=linux/$TARGETARCH node:22\n" },
    {
      title: "a value of the file's own",
      source: "ARG TARGETPLATFORM=linux/arm64\nFROM --platform=$TARGETPLATFORM node:22\n",
    },
  ],
  local: true,
  needs: { keywords: ["FROM"], words: ["targetplatform"] },
  check(document, { report }) {
    const isSet = document.globalArgs.some(({ assignments }) =>
      assignments.some(({ name, value }) => name === "TARGETPLATFORM" && value !== undefined),
    );
    if (isSet) return;
    for (const { from } of document.stages) {
      const { platform, image } = from;
      const text = platform?.value?.replace(/^"(.*)"$/, "$1");
      if (platform === undefined || text === undefined || !wanted.test(text)) continue;
      const [use] = variableUsesIn(document, platform.valueSpan, "quotes");
      const span = image && withBlanksAfter(document, platform.span, image.span);
      const safety = use?.guarded === true ? ("unsafe" as const) : ("safe" as const);
      const title = "Delete the flag";
      report("redundant", [], {
        at: platform.span,
        fixes: span && from.flags.length === 1 ? [{ title, safety, edits: [deleteSpan(span)] }] : [],
      });
    }
  },
});

const wanted = /^\$(?:TARGETPLATFORM|\{TARGETPLATFORM(?::?-[^$"'{}]{0,200})?\})$/;
