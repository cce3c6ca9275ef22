import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { AuditFileResult } from "../../server/src/lsp/protocol";
import { startClient, temporaryFolder } from "./client";

const text = "FROM debian:13\nRUN sudo apt-get update\n";

test("one file of the workspace is checked on request, open or not, and none beyond it", async (t) => {
  const folder = temporaryFolder(t);
  const outside = temporaryFolder(t);
  writeFileSync(join(folder, "Dockerfile"), text);
  writeFileSync(join(folder, "notes.txt"), "hello");
  writeFileSync(join(folder, "Dockerfile.binary"), new Uint8Array([0, 1, 2]));
  writeFileSync(join(outside, "Dockerfile"), text);
  symlinkSync(join(outside, "Dockerfile"), join(folder, "Dockerfile.link"));
  const client = await startClient({ folder });
  const audit = (path: string): Promise<AuditFileResult> =>
    client.connection.sendRequest("plimsoll/auditFile", { uri: pathToFileURL(path).toString() });

  const onDisk = await audit(join(folder, "Dockerfile"));
  const sudo = onDisk.findings.find(({ rule }) => rule === "sudo-in-run");
  assert.deepEqual(sudo?.range, { start: { line: 1, character: 4 }, end: { line: 1, character: 8 } });
  assert.deepEqual(onDisk.notChecked, []);

  // What is open counts as it is in the editor.
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  await client.open(uri, "FROM debian:13\nUSER root\n");
  const open = await audit(join(folder, "Dockerfile"));
  assert.ok(!open.findings.some(({ rule }) => rule === "sudo-in-run"));
  assert.ok(open.findings.some(({ rule }) => rule === "final-stage-user-root"));

  for (const [path, reason] of [
    [join(outside, "Dockerfile"), /outside of the workspace/],
    [join(folder, "Dockerfile.link"), /outside of the workspace/],
    [join(folder, "Dockerfile.binary"), /binary/],
    [join(folder, "notes.txt"), /no Dockerfile/],
    [join(folder, "nowhere"), /does not exist/],
  ] as const) {
    const { findings, notChecked } = await audit(path);
    assert.deepEqual(findings, []);
    assert.match(notChecked[0]?.reason ?? "", reason);
  }
  await client.stop();
});
