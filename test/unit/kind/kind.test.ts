import assert from "node:assert/strict";
import test from "node:test";
import { kindOfContent, kindOfDocument, kindOfPath } from "../../../server/src/documents/kind";

const names: readonly (readonly [string, ReturnType<typeof kindOfPath>])[] = [
  ["Dockerfile", "dockerfile"],
  ["dockerfile", "dockerfile"],
  ["deep/down/Dockerfile.prod", "dockerfile"],
  ["C:\\work\\Dockerfile-dev", "dockerfile"],
  ["api.dockerfile", "dockerfile"],
  ["api.Dockerfile", "dockerfile"],
  ["Containerfile", "dockerfile"],
  ["Containerfile.alpine", "dockerfile"],
  ["compose.yaml", "compose"],
  ["compose.override.yml", "compose"],
  ["docker-compose-v3.yml", "compose"],
  ["docker-compose.test.yaml", "compose"],
  [".dockerignore", "dockerignore"],
  ["Dockerfile.prod.dockerignore", "dockerignore"],
  ["daemon.json", "daemon"],
  ["plimsoll.yaml", "configuration"],
  ["Dockerfile.j2", undefined],
  ["Dockerfile.tmpl", undefined],
  ["Dockerfile.template", undefined],
  ["Dockerfile.erb", undefined],
  ["Dockerfile.md", undefined],
  ["Dockerfile_old", undefined],
  ["Dockerfiles", undefined],
  ["compose.json", undefined],
  ["my-compose.yml", undefined],
  ["Dockerfile/README", undefined],
  ["", undefined],
];

for (const [path, kind] of names) {
  test(`${path || "an empty path"} is ${kind ?? "nothing that is known"} by name`, () => {
    assert.equal(kindOfPath(path), kind);
  });
}

test("a language decides over a name, but a template stays one", () => {
  assert.equal(kindOfDocument("dockercompose", "stack.yml"), "compose");
  assert.equal(kindOfDocument("yaml.docker-compose", "stack.yml"), "compose");
  assert.equal(kindOfDocument("dockerfile", "build.txt"), "dockerfile");
  assert.equal(kindOfDocument("yaml", "compose.yaml"), "compose");
  assert.equal(kindOfDocument("yaml", "values.yaml"), undefined);
  assert.equal(kindOfDocument("dockerfile", "Dockerfile.j2"), undefined);
});

const contents: readonly (readonly [string, string, ReturnType<typeof kindOfContent>])[] = [
  ["a plain Dockerfile", "FROM alpine:3.20\n", "dockerfile"],
  [
    "one with directives, comments and arguments before FROM",
    "# syntax=x\n\n# c\nARG V=1\r\nARG \\\n  W\nfrom a:$V AS b\n",
    "dockerfile",
  ],
  ["FROM that is not first", "RUN x\nFROM a\n", undefined],
  ["a query", "FROM users SELECT name\n", undefined],
  ["prose", "From here on, all is different.\n", undefined],
  ["a Python import", "from os import path\n", undefined],
  ["a Compose file", "# c\nname: x\nservices:\n  a: {}\n", "compose"],
  ["a Compose file in JSON", '{ "services": { "a": {} } }', "compose"],
  ["services that are not at the top", "a:\n  services:\n    b: 1\n", undefined],
  ["a key that only begins like it", "services_x: 1\n", undefined],
  ["nothing", "", undefined],
];

for (const [title, text, kind] of contents) {
  test(`${title} is ${kind ?? "nothing that is known"} by content`, () => {
    assert.equal(kindOfContent(text), kind);
  });
}
