import assert from "node:assert/strict";
import test from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { endpointOf } from "../../../server/src/registry/endpoint";

test("where each registry is asked, and under which name its login is kept", () => {
  const ask = (text: string) => {
    const reference = parseImageReference(text);
    assert.ok(reference, text);
    const { origin, credentialKeys } = endpointOf(reference);
    return [`${origin}/v2/${reference.path}`, credentialKeys[0]];
  };
  assert.deepEqual(ask("node:22"), [
    "https://registry-1.docker.io/v2/library/node",
    "https://index.docker.io/v1/",
  ]);
  assert.deepEqual(ask("index.docker.io/team/app"), [
    "https://registry-1.docker.io/v2/team/app",
    "https://index.docker.io/v1/",
  ]);
  assert.deepEqual(ask("GHCR.io/team/app"), ["https://ghcr.io/v2/team/app", "ghcr.io"]);
  assert.deepEqual(ask("localhost:5000/app"), ["http://localhost:5000/v2/app", "localhost:5000"]);
  assert.deepEqual(ask("127.0.0.2/app"), ["http://127.0.0.2/v2/app", "127.0.0.2"]);
  assert.deepEqual(ask("[::1]:5000/app"), ["http://[::1]:5000/v2/app", "[::1]:5000"]);
  assert.deepEqual(ask("127.0.0.1.example.com/app"), [
    "https://127.0.0.1.example.com/v2/app",
    "127.0.0.1.example.com",
  ]);
  assert.deepEqual(ask("10.0.0.1:5000/app"), ["https://10.0.0.1:5000/v2/app", "10.0.0.1:5000"]);
});
