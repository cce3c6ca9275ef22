import assert from "node:assert/strict";
import test from "node:test";
import { findPrivateKeys } from "../../../server/src/rules/shared/secrets/blocks";

const dashes = "-".repeat(5);
const line = "MIIEowIBAAKCAQEAx7Zc2qLr9Yk0uTnWvB4dEfGhJ1sKpQ3mXoRiU5tVbNcS6aDy";
const begin = (label: string) => `${dashes}BEGIN ${label}${dashes}`;
const end = (label: string) => `${dashes}END ${label}${dashes}`;
const block = (label: string, between = "\n") => [begin(label), line, line, "aGk=", end(label)].join(between);

const slices = (text: string) => findPrivateKeys(text).map(({ span }) => text.slice(span.start, span.end));
const kinds = (text: string) => findPrivateKeys(text).map(({ kind }) => kind);

test("keys of every kind, from header to footer", () => {
  for (const label of ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]) {
    const key = block(label);
    assert.deepEqual(slices(`COPY <<EOF /k\n${key}\nEOF\n`), [key], label);
    assert.deepEqual(kinds(key), ["pem"], label);
  }
  assert.deepEqual(kinds(block("OPENSSH PRIVATE KEY")), ["openssh"]);
  assert.deepEqual(kinds(block("PGP PRIVATE KEY BLOCK")), ["pgp"]);
});

test("keys on one line, continued, quoted or indented", () => {
  for (const between of ["\\n", "\n      ", "\\n\\\n", '\\n" \\\n "', "\r\n", " "]) {
    const key = block("RSA PRIVATE KEY", between);
    assert.deepEqual(slices(`ENV KEY="${key}"`), [key], JSON.stringify(between));
  }
});

test("headers within a key do not end it", () => {
  const key = block("RSA PRIVATE KEY").replace(
    line,
    `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00AA\n\n${line}`,
  );
  assert.deepEqual(slices(key), [key]);
});

test("a key without a footer ends with its body", () => {
  assert.deepEqual(slices(`${begin("PRIVATE KEY")}\n${line}\n${line}\nRUN echo done`), [
    `${begin("PRIVATE KEY")}\n${line}\n${line}`,
  ]);
});

test("a header alone is no key", () => {
  const texts = [
    `RUN grep -q "${begin("RSA PRIVATE KEY")}" /etc/key && echo "there is a private key in here somewhere"`,
    `RUN sed -i '/${begin("PRIVATE KEY")}/,/${end("PRIVATE KEY")}/d' file`,
    `# ${begin("OPENSSH PRIVATE KEY")} must be in the first line of the file that you mount`,
    `KEY="${begin("RSA PRIVATE KEY")}\${KEY}${end("RSA PRIVATE KEY")}"`,
    `${begin("RSA PRIVATE KEY")}...${end("RSA PRIVATE KEY")}`,
    block("PUBLIC KEY"),
    block("CERTIFICATE"),
  ];
  for (const text of texts) assert.deepEqual(slices(text), [], text);
});

test("PuTTY files", () => {
  const key = [
    "PuTTY-User-Key-File-3: ssh-ed25519",
    "Encryption: none",
    "Public-Lines: 2",
    line,
    "Private-Lines: 1",
    line,
    `Private-MAC: ${"0a".repeat(32)}`,
  ].join("\n");
  assert.deepEqual(slices(`x\n${key}\ny`), [key]);
  assert.deepEqual(slices("RUN grep PuTTY-User-Key-File- key.ppk"), []);
});

test("several keys come in order, and repeated headers are cheap", () => {
  const text = `${block("PRIVATE KEY")}\n${begin("RSA PRIVATE KEY")}\n${block("EC PRIVATE KEY")}`;
  assert.deepEqual(slices(text), [block("PRIVATE KEY"), block("EC PRIVATE KEY")]);
  assert.deepEqual(slices(begin("RSA PRIVATE KEY").repeat(20_000)), []);
});
