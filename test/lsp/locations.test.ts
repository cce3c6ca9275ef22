import assert from "node:assert/strict";
import test from "node:test";
import { clientLocations, diskLocations } from "../../server/src/lsp/locations";

test("on a disk, file URIs and paths go together, and nothing else is a file", () => {
  for (const [uri, path] of [
    ["file:///a%20b/%C3%A9/Dockerfile", "/a b/é/Dockerfile"],
    ["file:///c%3A/app/Dockerfile", "c:/app/Dockerfile"],
    ["file:///a/100%25/Dockerfile", "/a/100%/Dockerfile"],
  ] as const) {
    assert.equal(diskLocations.pathOf(uri), path);
    assert.equal(diskLocations.uriOf(path), uri);
  }
  for (const uri of [
    "untitled:Untitled-1",
    "vscode-vfs://github/a/Dockerfile",
    "git:/a/Dockerfile?x",
    "",
    "no uri",
  ]) {
    assert.equal(diskLocations.pathOf(uri), undefined, uri);
  }
});

test("through the client, a path is the URI", () => {
  assert.equal(
    clientLocations.pathOf("vscode-vfs://github/a/Dockerfile"),
    "vscode-vfs://github/a/Dockerfile",
  );
  assert.equal(clientLocations.pathOf("vscode-vfs://github/a/"), "vscode-vfs://github/a");
  assert.equal(clientLocations.pathOf("untitled:Untitled-1"), undefined);
  assert.equal(clientLocations.pathOf("no uri"), undefined);
});
