import assert from "node:assert/strict";
import test from "node:test";
import { isSecretValue, judgeValue } from "../../../server/src/rules/shared/secrets/values";
import { entropyPerCharacter } from "../../../server/src/rules/shared/secrets/wording";

function check(expected: string, values: readonly (string | readonly [value: string, name: string])[]): void {
  for (const one of values) {
    const [value, name] = typeof one === "string" ? [one] : one;
    assert.equal(judgeValue(value, name), expected, `${name ?? ""}=${value}`);
  }
}

test("values that are not there, or come from elsewhere", () => {
  check("empty", ["", "  ", '""', "''", "none", "null", "~", "${X:-}"]);
  check("reference", [
    ...[
      "$PASSWORD",
      "${PASSWORD}",
      "${PASSWORD:?set it}",
      "prefix-${X}",
      "$(cat /run/secrets/x)",
      "{{ api_token }}",
    ],
    ...[
      "<%= ENV['X'] %>",
      "%TOKEN%",
      "op://vault/item/field",
      "arn:aws:secretsmanager:eu-west-1:1:secret:x",
      "$$PASSWORD",
    ],
  ]);
});

test("values that say something else", () => {
  check("path", ["/run/secrets/db-password", "./key.pem", "~/.ssh/id_rsa", "certs/tls.key", "C:\\keys\\a"]);
  check("path", [["/opt/selenium/secrets/server.pass", "TRUST_STORE_PASSWORD"]]);
  check("flag", ["true", "False", "yes", "on", "0", "1", "disabled"]);
  check("number", ["8080", "3.5", "30s", "10MB", "-1", ["3600", "TOKEN_SECONDS"]]);
  check("version", ["1.2.3", "v1.0.0-rc.1", "10.0.1"]);
  check("url", ["https://example.com/x", "postgres://db/x"]);
  check("fingerprint", [
    ["A035C8C19219BA821ECEA86B64E628F8D684696D", "GPG_KEY"],
    ["A035C8C19219BA821ECEA86B64E628F8D684696D 7169605F62C751356D054A26A821E680E5FA6305", "GPG_KEYS"],
    ["b0a7e3f1c94d2e5a8f6071b3c2d4e5f60718293a", "COMMIT"],
    "0x6D975C4791E7EE5E",
    "sha256:0b9a4c0f3f6c6f1e3d5a7b9c1d3e5f7092b4d6f8a0c2e4f6081a3c5e7092b4d6",
  ]);
  check("public-key", [`ssh-rsa ${"AAAA"}B3NzaC1yc2E`, "ecdsa-sha2-nistp256 AAAAE2Vj"]);
  check("class-name", ["org.apache.kafka.connect.storage.StringConverter", ".role"]);
});

test("placeholders", () => {
  check("placeholder", [
    ...[
      "changeme",
      "ChangeMe",
      "pls-changeme-now",
      "your-api-key",
      "<MY-TOKEN>",
      "xxxxxxxx",
      "XXX-XXX",
      "******",
    ],
    ...[
      "sk-xxx-xxx",
      "example",
      "dummy",
      "super_strong_password",
      "FAKE_TO_GENERATE_WARNING_OUTPUT",
      "replace-with-real",
    ],
    ...["${DB_PASSWORD:-changeme}", "TODO", "..."],
  ]);
});

test("weak defaults", () => {
  check("weak-default", [
    ...[
      "root",
      "admin",
      "postgres",
      "password",
      "guest",
      "minioadmin",
      "secret",
      "rootpassword",
      "admin123",
      "P@ssw0rd",
    ],
    ...["mysecretpassword", "test", "qwerty", "${X:-postgres}", "${A:-${B:-root}}"],
    ["chartbrew", "CHARTBREW_PASSWORD"],
    ["123456", "DB_PASSWORD"],
  ]);
});

test("literals and random values", () => {
  check("literal", [
    "whalehello",
    "correct-horse-battery-staple",
    "correct horse battery",
    "0123456789abcdef0123456789abcdef",
  ]);
  check("random", [
    "yYrECL4qbNwleYInGJYvVnSkwJuSQJ4ijPTx5tirGUXrbznFIBFVJdPl5t6O9ASw",
    "d4b7c7689b82981ff86c735a9f8f616b310491b0d334659a1491c55a13353e66",
    "k8s-goat-cf658c56a501385205cc6d2dafee8fc1",
    "xK9#mP2$4vL5n!qR",
    ["b0a7e3f1c94d2e5a8f6071b3c2d4e5f60718293a", "SONAR_TOKEN"],
    "$2a$14$1l.IozJx7xQRVmlkEQ32OeEEfP5mRxTpbDTCTcXRqn19gXD8YK1pO",
  ]);
});

test("only what opens something is a secret value", () => {
  assert.equal(isSecretValue("literal"), true);
  assert.equal(isSecretValue("weak-default"), true);
  assert.equal(isSecretValue("random"), true);
  assert.equal(isSecretValue("placeholder"), false);
  assert.equal(isSecretValue("path"), false);
});

test("entropy counts bits per character", () => {
  assert.equal(entropyPerCharacter("aaaa"), 0);
  assert.equal(entropyPerCharacter("abab"), 1);
  assert.equal(entropyPerCharacter("abcd"), 2);
  assert.equal(entropyPerCharacter(""), 0);
});

test("values of any length and form are judged", () => {
  for (const value of [
    "a.".repeat(50_000),
    "${A:-".repeat(20_000),
    "A".repeat(100_000),
    "a b ".repeat(30_000),
    "-".repeat(9_999),
  ]) {
    assert.equal(typeof judgeValue(value, "X"), "string");
  }
});
