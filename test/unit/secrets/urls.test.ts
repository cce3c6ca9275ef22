import assert from "node:assert/strict";
import test from "node:test";
import { findUrlCredentials } from "../../../server/src/rules/shared/secrets/urls";

const found = (text: string) =>
  findUrlCredentials(text).map(({ scheme, host, userSpan, passwordSpan, grade }) => [
    scheme,
    text.slice(userSpan.start, userSpan.end),
    passwordSpan && text.slice(passwordSpan.start, passwordSpan.end),
    host,
    grade,
  ]);

test("user and password in front of a host", () => {
  assert.deepEqual(found("ENV DB=postgres://app:vexplanar7orchid@db:5432/app?x=1"), [
    ["postgres", "app", "vexplanar7orchid", "db", "literal"],
  ]);
  assert.deepEqual(found("pip install --index-url https://ci:hunterfield@pypi.example.io/simple"), [
    ["https", "ci", "hunterfield", "pypi.example.io", "literal"],
  ]);
  assert.deepEqual(found("redis://:correcthorse@cache:6379/0"), [
    ["redis", "", "correcthorse", "cache", "literal"],
  ]);
});

test("the span covers scheme to port", () => {
  const text = 'url: "amqp://svc:orchid9lane@mq:5672/%2f"';
  const { span } = findUrlCredentials(text)[0]!;
  assert.equal(text.slice(span.start, span.end), "amqp://svc:orchid9lane@mq:5672");
});

test("well-known defaults and placeholders are graded", () => {
  assert.deepEqual(
    findUrlCredentials("amqp://guest:guest@mq postgres://postgres:postgres@db mysql://root:root@db").map(
      ({ grade }) => grade,
    ),
    ["weak-default", "weak-default", "weak-default"],
  );
  assert.deepEqual(
    findUrlCredentials(
      "https://user:<password>@git.io https://user:pass@host https://user:your-token@git.io https://u:xxxxxx@git.io",
    ).map(({ grade }) => grade),
    ["placeholder", "placeholder", "placeholder", "placeholder"],
  );
});

test("passwords from elsewhere are left out, those in a default are not", () => {
  const harmless = [
    "postgres://$USER:$PASS@db",
    "postgres://${USER:-app}:${PASS}@db:5432/x",
    "postgres://${USER:-app}:${PASS:?set it}@db",
    "https://oauth2:{{ token }}@git.io",
    "https://x:$(cat /run/secrets/token)@git.io",
    "https://user:@git.io",
  ];
  for (const text of harmless) assert.deepEqual(found(text), [], text);
  assert.deepEqual(found("postgres://${USER:-app}:${PASS:-kT9vexplanar}@db"), [
    ["postgres", "${USER:-app}", "${PASS:-kT9vexplanar}", "db", "literal"],
  ]);
});

test("a token in place of the user", () => {
  const token = `ghp${"_"}${"9aK3mZ7qR1tV5xB2nC8dF4gH6jL0pS"}${"wYeUiO"}`;
  assert.deepEqual(found(`RUN git clone https://${token}@github.com/a/b`), [
    ["https", token, undefined, "github.com", "random"],
  ]);
  assert.deepEqual(found("ssh://git@github.com/a/b https://build@git.example.io"), []);
});

test("at signs elsewhere are none", () => {
  const harmless = [
    "https://npm.example.com/@scope/pkg",
    "https://unpkg.com/vue@3/dist",
    "docker://node:22@sha256:abc",
    "mailto:a@b.c",
    "curl https://a.io 2>&1 | mail x:y@z",
    "http://host:8080 user:pass@host",
  ];
  for (const text of harmless) assert.deepEqual(found(text), [], text);
});

test("hostile text ends", () => {
  for (const text of ["://${".repeat(20_000), "://a:<".repeat(20_000), "a://b:c@".repeat(20_000), "://"]) {
    findUrlCredentials(text);
  }
});
