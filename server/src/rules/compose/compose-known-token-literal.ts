import type { ComposeDocument, NamedValue } from "../../documents/compose/model";
import { distinct, type Selected } from "../../documents/compose/select";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import type { Span } from "../../text/span";
import { composeSecrets } from "../shared/composeReferences";
import { requireFromEnvironment } from "../shared/composeRequire";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { findPrivateKeys } from "../shared/secrets/blocks";
import { findTokens } from "../shared/secrets/tokens";
import { findUrlCredentials } from "../shared/secrets/urls";
import type { ValueJudgement } from "../shared/secrets/values";
import { shorten } from "../shared/shorten";
import { lookupBySpan } from "../shared/spanLookup";

// Put together at run time, so that no scanner takes the examples for leaked tokens, in the source or in the bundle: a
// bundler joins the parts of a template by itself, but not those of an array.
const githubToken = ["gh", "p_", "R7tKq2LxNv8W", "z4B9mYc3ZkTs6PdFhJ5g", "Ua1E"].join("");
const awsKey = ["AK", "IA", "Q3EGR7TZ5LXN2VWK"].join("");
const keyHeader = `${"-----BEGIN"} RSA PRIVATE ${"KEY-----"}`;
const keyBody = "MIIEowIBAAKCAQEAx7Vq2Lk9mNb4Rt8WcYz3Pd6FhJ5gUa1E0sKoQiXvBnMlWq8Zt5";
const keyFooter = `${"-----END"} RSA PRIVATE ${"KEY-----"}`;

export default defineRule({
  id: "compose-known-token-literal",
  language: "compose",
  title: "No token, private key or password in a URL stands in the file",
  why: `Somewhere in the file, be it a label, a command, an extension or a comment, stands a string with the form of a
provider's token, a private key, or an address with user and password. Bots read public repositories for such forms
and use what they find within minutes; in a private one, everybody with a clone has it.

Revoke or change it first: deleting the line does not call it back, since it stays in the history. Then read it from
outside with \`\${NAME:?}\`, or give it to the service as a file through \`secrets:\`.

Tokens are told by prefix, length and, where there is one, checksum; providers' own example keys are left out. A
password in a URL is judged by its value: random is critical, one that everybody knows is medium, placeholders,
variables and URLs in comments are not reported.`,
  category: "secrets",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "trivy:secret",
    "checkov:CKV_SECRET_2",
    "checkov:CKV_SECRET_4",
    "checkov:CKV_SECRET_13",
    "kics:passwords_and_secrets",
    "semgrep:generic.secrets",
    "cis:4.10",
    "cwe:798",
  ],
  references: [owaspSecrets, composeSecrets, cisDocker, cwe(798, "Use of hard-coded credentials")],
  local: true,
  messages: {
    token: (provider: string) => `A token of ${provider} stands here for everyone who can read the file`,
    key: () => "A private key stands here for everyone who can read the file",
    url: (scheme: string) =>
      `The password in this ${scheme} address is there for everyone who can read the file`,
  },
  bad: [
    {
      title: "a token as a variable",
      source: `services:\n  web:\n    image: app:1\n    environment:\n      GH: «${githubToken}»\n`,
      fixed: 'services:\n  web:\n    image: app:1\n    environment:\n      GH: "${GH:?}"\n',
    },
    {
      title: "in a command, a label and a comment",
      source: `services:\n  web:\n    image: app:1\n    command: ["--key", "«${awsKey}»"]\n    labels:\n      - token=«${githubToken}»\n# old: «${awsKey}»\n`,
    },
    {
      title: "a password in an address",
      source:
        "services:\n  web:\n    image: app:1\n    environment:\n      - DATABASE_URL=postgres://app:«correct-horse»@db:5432/app\n",
      fixed:
        "services:\n  web:\n    image: app:1\n    environment:\n      - DATABASE_URL=${DATABASE_URL:?}\n",
    },
    {
      title: "a private key",
      source: `configs:\n  key:\n    content: |\n      «${keyHeader}\n      ${keyBody}\n      ${keyFooter}»\n`,
    },
  ],
  good: [
    {
      title: "a provider's own example",
      source: `services:\n  web:\n    image: app:1\n    environment:\n      ID: ${"AK"}IAIOSFODNN7EXAMPLE\n`,
    },
    {
      title: "variables and placeholders",
      source:
        "services:\n  web:\n    image: app:1\n    environment:\n      A: postgres://app:${DB_PASSWORD}@db/app\n      B: redis://:<password>@cache\n",
    },
    {
      title: "an address in a comment",
      source: "# postgres://app:correct-horse@db:5432/app\nservices:\n  web:\n    image: app:1\n",
    },
    {
      title: "a digest",
      source: `services:\n  web:\n    image: app@sha256:${"0123456789abcdef".repeat(4)}\n`,
    },
  ],
  check(document, { report }) {
    const tokens = findTokens(document.text);
    const fixesAt = fixesIn(document);
    for (const { provider, span } of tokens)
      report("token", [shorten(provider, 32)], { at: span, fixes: fixesAt(span) });
    for (const { span } of findPrivateKeys(document.text))
      report("key", [], { at: span, fixes: fixesAt(span) });
    const tokenAt = lookupBySpan(tokens, (token) => token.span);
    const commentAt = lookupBySpan(document.comments, (comment) => comment.span);
    for (const { scheme, passwordSpan, span, grade } of findUrlCredentials(document.text)) {
      const at = passwordSpan ?? span;
      const severity = severities[grade];
      if (severity === undefined || tokenAt(at) !== undefined || commentAt(at) !== undefined) continue;
      report("url", [shorten(scheme, 24)], { at, severity, fixes: fixesAt(at) });
    }
  },
});

const severities: Partial<Record<ValueJudgement, Severity>> = {
  random: "critical",
  literal: "high",
  "weak-default": "medium",
};

/** Where a place is in the value of an environment variable, that can be read from outside. */
function fixesIn(document: ComposeDocument): (span: Span) => readonly Fix[] {
  let variableAt: ((span: Span) => Selected<NamedValue> | undefined) | undefined;
  return (span) => {
    variableAt ??= lookupBySpan(
      distinct(
        document,
        (service) => service.environment,
        (one) => one.span,
      ),
      ({ part }) => part.valueSpan,
    );
    const found = variableAt(span);
    return found === undefined ? [] : requireFromEnvironment(document, found.part);
  };
}
