import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { cisDocker, cwe } from "../shared/references";
import { removeAssignment } from "../shared/removeAssignment";
import { secretName } from "../shared/secrets/names";
import { findTokens } from "../shared/secrets/tokens";
import { findUrlCredentials } from "../shared/secrets/urls";
import { isSecretValue, judgeValue } from "../shared/secrets/values";
import { referencesIn, type SecretLookup, secretVariables } from "../shared/secretVariables";
import { shorten } from "../shared/shorten";
import { placedInstructions } from "../shared/stages";

export default defineRule({
  id: "secret-in-label",
  language: "dockerfile",
  title: "No label holds a secret",
  why: `Labels are there to be read: registries show them on their pages, \`docker inspect\` and monitoring list them, and
whoever can pull the image has them all.

Delete the label, and change the secret: the old one is out. What a program or a proxy needs is given to the container
when it starts.

Reported are values that look like secrets under a secret's name, and build arguments with a secret that a label
takes over. Tokens that a provider gives out, and passwords in URLs, are reported wherever they stand, by rules of
their own.

The fix deletes the label. It is not called safe: something may read it.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["kics:passwords_and_secrets", "cis:4.10", "cwe:538"],
  references: [
    { title: "Docker: object labels", url: "https://docs.docker.com/engine/manage-resources/labels/" },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  local: true,
  needs: { keywords: ["LABEL"] },
  messages: {
    literal: (name: string) => `The label ${name} shows its secret to everyone who sees the image`,
    argument: (name: string) =>
      `The label ${name} shows a secret of the build to everyone who sees the image`,
  },
  bad: [
    {
      title: "written out",
      source: 'FROM debian:12\nLABEL maintainer=x com.example.api-key=«"f8Kx02mPq7Lw9ZtR"» version=1\n',
      fixed: "FROM debian:12\nLABEL maintainer=x version=1\n",
    },
    {
      title: "taken over from an argument",
      source: "FROM debian:12\nARG DEPLOY_TOKEN\nLABEL deploy=«x-${DEPLOY_TOKEN}»\n",
      fixed: "FROM debian:12\nARG DEPLOY_TOKEN\n",
    },
    {
      title: "the old form",
      source: "FROM debian:12\nLABEL admin.password «kraken-hunts-9»\n",
      fixed: "FROM debian:12\n",
    },
  ],
  good: [
    {
      title: "labels",
      source:
        'FROM debian:12\nARG VCS_REF\nLABEL org.opencontainers.image.revision=$VCS_REF version="1.2" token.issuer=https://example.com\n',
    },
    {
      title: "placeholders",
      source: "FROM debian:12\nLABEL com.example.password=changeme com.example.secret=\n",
    },
    {
      title: "a fingerprint",
      source: "FROM debian:12\nLABEL signing.gpg.key=A035C8C19219BA821ECEA86B64E628F8D684696D\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, stage, position } of placedInstructions(document)) {
      if (instruction.keyword !== "LABEL") continue;
      instruction.assignments.forEach(({ name, value, valueSpan }, index) => {
        if (value === undefined) return;
        const variable: SecretLookup = (one) => secretVariables(document)(stage, position)(one);
        const isTaken = [...referencesIn(value)].some(
          (reference) => variable(reference)?.given !== undefined,
        );
        const severity = isTaken ? "high" : severityOf(name, value);
        if (severity === undefined) return;
        const edits = [removeAssignment(document, instruction, index)];
        report(isTaken ? "argument" : "literal", [shorten(name, 40)], {
          at: valueSpan,
          severity,
          fixes: [{ title: "Delete the label", safety: "unsafe", edits }],
        });
      });
    }
  },
});

function severityOf(name: string, value: string): Severity | undefined {
  if (secretName(name)?.strength !== "strong") return undefined;
  const judgement = judgeValue(value, name);
  if (!isSecretValue(judgement) || /\s/.test(value)) return undefined;
  if (findTokens(value).length > 0 || findUrlCredentials(value).length > 0) return undefined;
  return judgement === "weak-default" ? "medium" : "high";
}
