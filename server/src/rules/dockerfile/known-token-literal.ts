import type { Instruction } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { enclosingDeletions } from "../shared/enclosingAssignment";
import { cisDocker, cwe, dockerBuildSecrets, owaspSecrets } from "../shared/references";
import { findTokens } from "../shared/secrets/tokens";
import { shorten } from "../shared/shorten";

// Put together at run time, so that no scanner takes the examples for leaked tokens, in the source or in the bundle: a
// bundler joins the parts of a template by itself, but not those of an array.
const githubToken = ["gh", "p_", "R7tKq2LxNv8W", "z4B9mYc3ZkTs6PdFhJ5g", "Ua1E"].join("");
const awsKey = ["AK", "IA", "Q3EGR7TZ5LXN2VWK"].join("");

export default defineRule({
  id: "known-token-literal",
  language: "dockerfile",
  reads: holdsToken,
  title: "No provider's token stands in the file",
  why: `A string has the form of a token that some provider gives out: a cloud key, a token of a source forge, a
package registry, a payment or chat service. Bots read public repositories for such forms and use what they find
within minutes; in a private one, everybody with a clone has it, and so has everybody who can pull the image.

Revoke the token at its provider first: deleting the line does not call it back, since it stays in the history. Then
pass the new one through \`RUN --mount=type=secret\` for builds, or at run time.

The form is checked with its length, prefix and, where there is one, checksum, anywhere in the file, comments
included. Providers' own example keys are left out. The fix deletes the variable that holds the token.`,
  category: "secrets",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "checkov:CKV_SECRET_2",
    "checkov:CKV_SECRET_11",
    "checkov:CKV_SECRET_12",
    "checkov:CKV_SECRET_14",
    "checkov:CKV_SECRET_17",
    "checkov:CKV_SECRET_18",
    "checkov:CKV_SECRET_20",
    "kics:passwords_and_secrets",
    "owasp:RULE#9",
    "cis:4.10",
    "cwe:798",
  ],
  references: [owaspSecrets, dockerBuildSecrets, cisDocker, cwe(798, "Use of hard-coded credentials")],
  messages: {
    token: (provider: string) =>
      `A token of ${provider} stands here for everyone who can read the file or the image`,
  },
  bad: [
    {
      title: "in a variable, whatever its name",
      source: `FROM debian:12\nENV TZ=UTC GH=«${githubToken}»\n`,
      fixed: "FROM debian:12\nENV TZ=UTC\n",
    },
    {
      title: "in a command",
      source: `FROM debian:12\nRUN git clone https://«${githubToken}»@github.com/team/app\n`,
    },
    { title: "in a comment", source: `FROM debian:12\n# aws configure set aws_access_key_id «${awsKey}»\n` },
    {
      title: "in a heredoc",
      source: `FROM debian:12\nCOPY <<EOF /root/.aws/credentials\naws_access_key_id = «${awsKey}»\nEOF\n`,
    },
  ],
  good: [
    {
      title: "a provider's own example",
      source: `FROM debian:12\nENV AWS_ACCESS_KEY_ID=${"AK"}IAIOSFODNN7EXAMPLE\n`,
    },
    {
      title: "a reference",
      source: "FROM debian:12\nARG TOKEN\nRUN git clone https://$TOKEN@github.com/team/app\n",
    },
    {
      title: "a checksum",
      source: `FROM debian:12\nRUN echo "${"0123456789abcdef".repeat(4)}  x" | sha256sum -c\n`,
    },
  ],
  check(document, { report }) {
    const deletionsOf = enclosingDeletions(document);
    for (const { provider, span } of findTokens(document.text)) {
      report("token", [shorten(provider, 32)], { at: span, fixes: deletionsOf(span) });
    }
  },
});

function holdsToken({ span }: Instruction, text: string): boolean {
  return findTokens(text.slice(span.start, span.end)).length > 0;
}
