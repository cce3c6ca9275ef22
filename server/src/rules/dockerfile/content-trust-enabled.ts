import { defineRule } from "../../engine/rule";
import { environmentSettings } from "../shared/environmentSettings";

export default defineRule({
  id: "content-trust-enabled",
  language: "dockerfile",
  title: "Docker Content Trust, which has been retired, is not switched on",
  why: `\`DOCKER_CONTENT_TRUST=1\` was the advice for years. The service behind it is shut down: the signatures of
Docker's official images began to expire in August 2025, and \`notary.docker.io\` ends on 8 December 2026. With the
variable set, pulls of official images fail, and people then switch off more than this.

Pin images by digest (\`image@sha256:…\`), which needs no service, and check signatures with what replaced it: Sigstore's
cosign, or Notation.

A registry of your own with a Notary server still works with it: then this is wrong. The fix deletes the variable.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [
    { title: "Docker: content trust", url: "https://docs.docker.com/engine/security/trust/" },
    {
      title: "Docker: retiring Docker Content Trust",
      url: "https://www.docker.com/blog/retiring-docker-content-trust/",
    },
  ],
  local: true,
  needs: { words: ["docker_content_trust"] },
  messages: {
    enabled: () => "Docker Content Trust is retired: with it switched on, pulls of official images fail",
  },
  bad: [
    {
      title: "for the image",
      source: 'FROM docker:28\nENV TZ=UTC «DOCKER_CONTENT_TRUST=1»\nENV «DOCKER_CONTENT_TRUST "true"»\n',
      fixed: "FROM docker:28\nENV TZ=UTC\n",
    },
    {
      title: "for one command",
      source: "FROM docker:28\nRUN «DOCKER_CONTENT_TRUST=1» docker pull debian:13\n",
      fixed: "FROM docker:28\nRUN docker pull debian:13\n",
    },
    {
      title: "for the build",
      source: "ARG «DOCKER_CONTENT_TRUST=1»\nFROM docker:28\n",
      fixed: "FROM docker:28\n",
    },
  ],
  good: [
    {
      title: "switched off",
      source: "FROM docker:28\nENV DOCKER_CONTENT_TRUST=0\nARG DOCKER_CONTENT_TRUST\n",
    },
    {
      title: "another variable",
      source: "FROM docker:28\nENV DOCKER_CONTENT_TRUST_SERVER=https://notary.example.com\n",
    },
  ],
  check(document, { report }) {
    for (const { value, span, fixes } of environmentSettings(document, ["DOCKER_CONTENT_TRUST"])) {
      // Docker takes what it cannot read as a truth value for true.
      if (value !== undefined && !/^(?:0|f|false)?$/i.test(value)) report("enabled", [], { at: span, fixes });
    }
  },
});
