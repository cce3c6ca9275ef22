import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { quotedValue } from "../shared/quotedValue";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "maintainer-deprecated",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["MAINTAINER"] },
  title: "The image's authors are named in a LABEL",
  why: `MAINTAINER has been deprecated since Docker 1.13. A label says the same, can hold more than one thing, and is
shown and searched for by registries and scanners, so that whoever finds a hole knows whom to tell.

The fix writes the label that the OCI image specification has for it, \`org.opencontainers.image.authors\`. It is safe:
only the image's old author field is empty then, which nothing runs on.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL4000",
    "trivy:DS-0022",
    "checkov:CKV_DOCKER_6",
    "kics:maintainer_instruction_being_used",
    "semgrep:maintainer-is-deprecated",
    "buildkit:MaintainerDeprecated",
    "sonar:S6586",
    "dockerfilelint:deprecated_in_1.13",
    "dockerfile_lint:maintainer_deprecated",
    "droast:DF019",
  ],
  references: [
    dockerfileReference("MAINTAINER", "maintainer-deprecated"),
    {
      title: "OCI image annotations",
      url: "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    },
  ],
  messages: { deprecated: () => "MAINTAINER is deprecated, and few tools read it" },
  bad: [
    {
      title: "a name and an address",
      source: "FROM a\n«MAINTAINER» Ann Lee <ann@example.com>\n",
      fixed: 'FROM a\nLABEL org.opencontainers.image.authors="Ann Lee <ann@example.com>"\n',
    },
    {
      title: "quotes and lower case",
      source: 'FROM a\n«maintainer» "Ann"\n«MAINTAINER» Bob "the $1"\n',
      fixed:
        'FROM a\nlabel org.opencontainers.image.authors="Ann"\nLABEL org.opencontainers.image.authors="Bob \\"the \\$1\\""\n',
    },
    {
      title: "over lines, and before any stage: without a fix",
      source: "«MAINTAINER» x\nFROM a\n«MAINTAINER» Ann \\\n# or\n Bob\n",
    },
  ],
  good: [
    { title: "a label", source: 'FROM a\nLABEL maintainer="Ann"\n# MAINTAINER Bob\nRUN echo MAINTAINER\n' },
    { title: "a forbidden trigger, which has a rule of its own", source: "FROM a\nONBUILD MAINTAINER x\n" },
  ],
  check(document, { report }) {
    for (const instruction of document.instructions) {
      if (instruction.keyword !== "MAINTAINER") continue;
      report("deprecated", [], {
        at: instruction.keywordSpan,
        tag: "deprecated",
        fixes: fixesOf(document, instruction),
      });
    }
  },
});

function fixesOf(
  document: DockerfileDocument,
  { words, span, stageIndex, keywordSpan }: Instruction,
): readonly Fix[] {
  const written = words[0]?.text;
  const { text } = document;
  if (written === undefined || stageIndex < 0 || /[\r\n]/.test(text.slice(span.start, span.end))) return [];
  const bare = /^(["'])([^"']*)\1$/.exec(written)?.[2] ?? written;
  const isLower = text.startsWith("maintainer", keywordSpan.start);
  const label = `${isLower ? "label" : "LABEL"} org.opencontainers.image.authors=${quotedValue(document, bare)}`;
  return [{ title: "Write a LABEL", safety: "safe", edits: [replaceSpan(span, label)] }];
}
