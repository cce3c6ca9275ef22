import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import { analyse } from "../../../server/src/engine/analyse";
import { isSecretPlace, secretFileSeverity } from "../../../server/src/knowledge/secretFileNames";
import { rules } from "../../../server/src/rules/index";
import { exampleOf, ignorePatterns, isIgnoredBy } from "../../../server/src/rules/shared/ignorePatterns";
import { covers, layerPath } from "../../../server/src/rules/shared/layerPaths";
import { secretVariables } from "../../../server/src/rules/shared/secretVariables";
import { parseMarks } from "../../../server/src/text/marks";
import { overlaps } from "../../../server/src/text/span";
import { inputFor } from "../../support/check";

const secretRules = rules.filter((rule) => rule.language === "dockerfile" && rule.category === "secrets");

function reported(source: string): readonly string[] {
  const first = secretRules[0];
  assert.ok(first);
  const analysis = analyse({ ...inputFor(first, source), rules: secretRules });
  assert.deepEqual(analysis.failures, []);
  return analysis.findings.map((finding) => finding.rule);
}

/** One is about copying everything at all, the other about a line of the ignore file. */
const sameLine: ReadonlySet<string> = new Set(["copy-whole-context", "dockerignore-reincludes-secret"]);

test("no two secret rules report the same place in any of their examples", () => {
  for (const rule of secretRules) {
    for (const example of [...rule.bad, ...rule.good]) {
      const { text } = parseMarks(example.source);
      const { findings } = analyse({ ...inputFor(rule, text, example.context), rules: secretRules });
      findings.forEach((finding, index) => {
        const doubled = findings.find(
          (other, at) =>
            at > index &&
            other.rule !== finding.rule &&
            overlaps(other.span, finding.span) &&
            ![finding.rule, other.rule].every((id) => sameLine.has(id)),
        );
        assert.equal(doubled?.rule, undefined, `${finding.rule} in ${rule.id}: ${example.title}\n${text}`);
      });
    }
  }
});

const flows: readonly (readonly [when: string, lines: string, rules: readonly string[]])[] = [
  [
    "an argument that a step expands",
    "ARG NPM_TOKEN\nRUN npm ci --auth=$NPM_TOKEN",
    ["secret-name-in-arg", "secret-arg-expanded-in-run"],
  ],
  [
    "an argument that a step stores",
    "ARG NPM_TOKEN\nRUN npm config set //r.example.com/:_authToken=$NPM_TOKEN",
    ["secret-name-in-arg", "registry-token-written-by-run"],
  ],
  [
    "an argument that a step prints",
    "ARG NPM_TOKEN\nRUN echo $NPM_TOKEN",
    ["secret-name-in-arg", "secret-mount-printed"],
  ],
  [
    "an argument beside a mount",
    "ARG NPM_TOKEN\nRUN --mount=type=secret,id=x make $NPM_TOKEN",
    ["secret-name-in-arg", "secret-mount-expanded-at-parse-time"],
  ],
  [
    "an argument that is a key",
    "ARG SSH_PRIVATE_KEY\nRUN echo $SSH_PRIVATE_KEY > ~/.ssh/id_rsa",
    ["secret-name-in-arg", "ssh-key-as-arg"],
  ],
  [
    "a mounted secret in a settings file",
    "RUN --mount=type=secret,id=x,env=T echo //r.example.com/:_authToken=$T > .npmrc",
    ["secret-mount-persisted"],
  ],
  [
    "a password in a URL of an option",
    "RUN tool --db-password=https://u:kraken9-z@h.test/x",
    ["password-in-url"],
  ],
  [
    "a literal in ENV that is used",
    "ENV API_TOKEN=f8Kx02mPq7Lw9ZtR\nRUN use $API_TOKEN",
    ["secret-name-in-env"],
  ],
  ["an inherited argument", "ARG API_TOKEN\nFROM debian:12\nRUN use $API_TOKEN", ["secret-name-in-arg"]],
];

for (const [when, lines, expected] of flows) {
  test(`${when}: ${expected.join(", ")}`, () => {
    assert.deepEqual(reported(`FROM debian:12\n${lines}\n`), expected);
  });
}

test("a variable is a secret from its assignment to the next one, and in the stages that inherit it", () => {
  const document = parseDockerfile(
    [
      "ARG SAFE_TOKEN=/run/t",
      "FROM a AS one",
      "ARG API_TOKEN",
      "ENV COPY_OF=$API_TOKEN",
      "ENV API_TOKEN=false",
      "ARG SAFE_TOKEN",
      "FROM one",
      "RUN true",
    ].join("\n"),
  );
  const lookup = secretVariables(document);
  const [one, two] = document.stages;
  assert.ok(one && two);
  assert.equal(lookup(one, 1)("API_TOKEN"), undefined, "before ARG");
  assert.ok(lookup(one, 2)("API_TOKEN")?.given);
  assert.equal(lookup(one, 3)("COPY_OF")?.given?.name, "API_TOKEN");
  assert.equal(lookup(one, 4)("API_TOKEN"), undefined, "after something harmless");
  assert.equal(lookup(one, 5)("SAFE_TOKEN"), undefined, "the default from before FROM");
  assert.equal(lookup(two, 1)("COPY_OF")?.given?.name, "API_TOKEN");
});

test("paths are brought into one form, and folders and patterns cover what is below", () => {
  const app = { state: "known", value: "/app" } as const;
  assert.equal(layerPath("a/../b/./c", app), "/app/b/c");
  assert.equal(layerPath("x", undefined), "?/x");
  assert.equal(layerPath("?/x", undefined), "?/x");
  for (const home of ["/root/.ssh", "~/.ssh", "$HOME/.ssh/", "${HOME}/.ssh", "/home/me/.ssh"])
    assert.equal(layerPath(home, app), "~/.ssh");
  assert.equal(layerPath("../../../..", app), "/");
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["/app", "/app/x", true],
    ["/app", "/app", true],
    ["/app", "/apple", false],
    ["/app/x", "/app", false],
    ["/", "~/x", true],
    ["/app/.e*", "/app/.env", true],
    ["/app/*", "/app/x/y", true],
    ["/app/*.pem", "/app/a.key", false],
  ];
  for (const [pattern, path, expected] of cases)
    assert.equal(covers(pattern, path), expected, `${pattern} ${path}`);
});

test("files are judged by their names", () => {
  const high =
    ".env config/.env.production id_rsa deploy_id_ed25519 a/.ssh .aws/credentials x.p12 tls.key privkey.pem .kube/config";
  for (const name of high.split(" ")) assert.equal(secretFileSeverity(name), "high", name);
  for (const name of ".npmrc .env.test server.jks prod.tfvars *.pem".split(" "))
    assert.equal(secretFileSeverity(name), "medium", name);
  const none =
    ".env.example .env.dist .env.sample id_rsa.pub ca.pem cert.pem fullchain.pem apt.key .ssh/config .ssh/known_hosts " +
    "meta.env env.ts keys.json .envrc truststore.jks secrets/ README.md . ./ * environment";
  for (const name of none.split(" ")) assert.equal(secretFileSeverity(name), undefined, name);
  assert.equal(isSecretPlace("deploy", "/root/.ssh/"), true);
  assert.equal(isSecretPlace("deploy", "/root/.ssh"), true);
  assert.equal(isSecretPlace("known_hosts", "/root/.ssh"), false);
  assert.equal(isSecretPlace("deploy", "/app/id_rsa"), true);
  assert.equal(isSecretPlace("x", "/app/"), false);
});

test("patterns of an ignore file match paths, folders above them, and nothing else", () => {
  const [first, second, third] = ignorePatterns("# x\n\n/config/*.pem/\n!**/.npmrc\r\nsecret?\n");
  assert.ok(first && second && third);
  assert.deepEqual([first.line, first.negated, second.line, second.negated], [2, false, 3, true]);
  assert.equal(isIgnoredBy(first, "config/a.pem"), true);
  assert.equal(isIgnoredBy(first, "x/config/a.pem"), false);
  assert.equal(isIgnoredBy(second, ".npmrc"), true);
  assert.equal(isIgnoredBy(second, "a/b/.npmrc"), true);
  assert.equal(isIgnoredBy(third, "secrets/a"), true);
  assert.deepEqual([first, second, third].map(exampleOf), ["config/.pem", ".npmrc", "secretx"]);
});
