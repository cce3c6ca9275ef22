import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../../server/src/engine/analyse";
import { rules } from "../../../server/src/rules/index";
import { inputFor } from "../../support/check";

const secretRules = rules.filter((rule) => rule.language === "dockerfile" && rule.category === "secrets");
const token = `${"gh"}p_${"R7tKq2LxNv8W"}${"z4B9mYc3ZkTs6PdFhJ5g"}${"Ua1E"}`;

/** The ids of all secret rules that report something in a Dockerfile, in order of place. */
function reported(source: string): readonly string[] {
  const first = secretRules[0];
  assert.ok(first);
  const analysis = analyse({ ...inputFor(first, source), rules: secretRules });
  assert.deepEqual(analysis.failures, []);
  return analysis.findings.map((finding) => finding.rule);
}

const cases: readonly (readonly [when: string, line: string, rules: readonly string[]])[] = [
  ["a token in a secret's variable", `ENV GITHUB_TOKEN=${token}`, ["known-token-literal"]],
  ["a token as a default", `ARG GITHUB_TOKEN=${token}`, ["known-token-literal"]],
  ["a token in a URL", `RUN git clone https://x:${token}@github.com/a/b`, ["known-token-literal"]],
  ["a secret as a default", "ARG API_TOKEN=f8Kx02mPq7Lw9ZtR", ["secret-arg-default-value"]],
  ["no default", "ARG API_TOKEN", ["secret-name-in-arg"]],
  ["an empty default", "ARG API_TOKEN=", ["secret-name-in-arg"]],
  ["a harmless default", "ARG API_TOKEN=/run/secrets/token", []],
  ["a password in a secret's URL", "ENV DB_SECRET=postgres://app:Wz4B9mYc3Zk@db/app", ["password-in-url"]],
  [
    "two variables",
    "ENV API_TOKEN=f8Kx02mPq7Lw9ZtR DB_PASSWORD=root",
    ["secret-name-in-env", "secret-name-in-env"],
  ],
];

for (const [when, line, expected] of cases) {
  test(`${when}: ${expected.join(", ") || "nothing"}`, () => {
    assert.deepEqual(reported(`FROM debian:12\n${line}\n`), expected);
  });
}
