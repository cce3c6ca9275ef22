import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";

const sha256 = `sha256:${"a1".repeat(32)}`;

test("short names stand for the official library of Docker Hub", () => {
  const reference = parseImageReference("ubuntu");
  assert.deepEqual(reference, {
    source: "ubuntu",
    domain: "docker.io",
    path: "library/ubuntu",
    familiar: "ubuntu",
    name: "docker.io/library/ubuntu",
    spans: { name: { start: 0, end: 6 } },
  });
});

test("spans of name, tag and digest point into the written text", () => {
  const text = `registry.example.com:443/team/app:1.0@${sha256}`;
  const reference = parseImageReference(text)!;
  const slice = (span: { start: number; end: number } | undefined) =>
    span && text.slice(span.start, span.end);
  assert.equal(slice(reference.spans.name), "registry.example.com:443/team/app");
  assert.equal(slice(reference.spans.tag), "1.0");
  assert.equal(slice(reference.spans.digest), sha256);
  assert.equal(reference.domain, "registry.example.com:443");
  assert.equal(reference.path, "team/app");
});

test("a first part names a host only by a dot, a colon, localhost or an upper-case letter", () => {
  const domainOf = (text: string) => parseImageReference(text)?.domain;
  assert.equal(domainOf("team/app"), "docker.io");
  assert.equal(domainOf("localhost/app"), "localhost");
  assert.equal(domainOf("my.host/app"), "my.host");
  assert.equal(domainOf("host:5000/app"), "host:5000");
  assert.equal(domainOf("MyHost/app"), "MyHost");
  assert.equal(domainOf("[::1]:5000/app"), "[::1]:5000");
  assert.equal(domainOf("index.docker.io/app"), "docker.io");
  assert.equal(parseImageReference("localhost:5000")?.tag, "5000");
});

test("what the grammar refuses is no reference", () => {
  const refused = [
    "",
    " ubuntu",
    "ubuntu ",
    "Ubuntu",
    "ubuntu:",
    "ubuntu:-x",
    "a//b",
    "a/",
    "a..b",
    "a___b",
    "a-_b",
    "-a",
    "http://docker.io/ubuntu",
    "$BASE:1",
    "ubuntu:${V}",
    "node@sha256:abc",
    `node@sha256:${"A".repeat(64)}`,
    `node:@${sha256}`,
    "f".repeat(64),
    "ghcr.io/Team/app",
    "foo.bar_baz.com/app",
    `x:${"t".repeat(129)}`,
    "a:1:2",
  ];
  for (const text of refused) assert.equal(parseImageReference(text), undefined, JSON.stringify(text));
});

test("very long input is refused or parsed without trouble", () => {
  assert.equal(parseImageReference("a".repeat(50_000)), undefined);
  assert.equal(parseImageReference(`${"a-".repeat(2_000)}!`), undefined);
  assert.equal(parseImageReference(`${"a.".repeat(2_000)}/b`), undefined);
});

test("every recorded answer of the reference implementation is ours too", (t) => {
  const file = "../shared/reference/data/image-references.jsonl";
  if (!existsSync(file)) return t.skip(`../shared is missing: ${file}`);
  interface Case {
    readonly in: string;
    readonly ok: boolean;
    readonly domain: string;
    readonly path: string;
    readonly tag: string;
    readonly digest: string;
    readonly familiar: string;
  }
  const cases = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Case);
  // The reference implementation takes a host with an underscore for part of the path; such a name can never
  // be pulled, so here it is no reference.
  const judged = cases.filter((one) => !(one.ok && one.domain === ""));
  const differences = judged.filter((one) => {
    const ours = parseImageReference(one.in);
    if (!one.ok || !ours) return one.ok || ours !== undefined;
    const same = [ours.domain, ours.path, ours.tag ?? "", ours.digest ?? "", ours.familiar];
    return same.join(" ") !== [one.domain, one.path, one.tag, one.digest, one.familiar].join(" ");
  });
  assert.deepEqual(differences, []);
  assert.ok(judged.length >= 990);
});

test("two hundred edge cases of the grammar are judged as distribution/reference 0.6.0 judges them", () => {
  type Parts = readonly [domain: string, path: string, tag: string, digest: string, familiar: string];
  const cases = readFileSync("test/unit/documents/edgeReferences.jsonl", "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as readonly [text: string, parts: Parts | null]);
  assert.ok(cases.length >= 199);
  for (const [text, parts] of cases) {
    const ours = parseImageReference(text);
    // A host with an underscore, see above.
    const expected = parts?.[0] === "" ? null : parts;
    const found = ours && [ours.domain, ours.path, ours.tag ?? "", ours.digest ?? "", ours.familiar];
    assert.deepEqual(found ?? null, expected, JSON.stringify(text));
  }
});
