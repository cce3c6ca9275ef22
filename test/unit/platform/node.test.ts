import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { absolutePath, decodeText, nodeFiles } from "../../../server/src/platform/node";
import { folderWith } from "../../support/folder";

const limit = 1_000;

function reasonOf(read: Awaited<ReturnType<typeof nodeFiles.read>>): string {
  return read.state === "failed" ? read.reason : `not failed but ${read.state}`;
}

test("reads text, and takes a UTF-8 mark off", async (t) => {
  const folder = folderWith(t, { plain: "FROM a\n", marked: "\ufeffFROM ä\n", empty: "" });
  assert.deepEqual(await nodeFiles.read(join(folder, "plain"), limit), { state: "read", text: "FROM a\n" });
  assert.deepEqual(await nodeFiles.read(join(folder, "marked"), limit), { state: "read", text: "FROM ä\n" });
  assert.deepEqual(await nodeFiles.read(join(folder, "empty"), limit), { state: "read", text: "" });
  assert.deepEqual(await nodeFiles.read(join(folder, "none"), limit), { state: "absent" });
  assert.deepEqual(await nodeFiles.read(join(folder, "plain/below"), limit), { state: "absent" });
});

test("says why it does not read what is no text", async (t) => {
  const folder = folderWith(t, {
    nul: "FROM a\0",
    invalid: Uint8Array.of(0x46, 0xc3, 0x28),
    utf16: Uint8Array.of(0xff, 0xfe, 0x46, 0x00),
    big: "x".repeat(limit + 1),
    fits: "x".repeat(limit),
  });
  assert.match(reasonOf(await nodeFiles.read(join(folder, "nul"), limit)), /binary/);
  assert.match(reasonOf(await nodeFiles.read(join(folder, "invalid"), limit)), /not valid UTF-8/);
  assert.match(reasonOf(await nodeFiles.read(join(folder, "utf16"), limit)), /UTF-16/);
  assert.match(reasonOf(await nodeFiles.read(join(folder, "big"), limit)), /larger than 1,000 bytes/);
  assert.equal((await nodeFiles.read(join(folder, "fits"), limit)).state, "read");
  assert.match(reasonOf(await nodeFiles.read(folder, limit)), /folder/);
});

test("does not wait for pipes, sockets, devices and circles of links", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = folderWith(t);
  execFileSync("mkfifo", [join(folder, "pipe")]);
  symlinkSync("loop", join(folder, "loop"));
  symlinkSync("nowhere", join(folder, "dangling"));
  symlinkSync("/dev/zero", join(folder, "device"));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, "socket"), resolve));
  t.after(() => server.close());
  assert.match(reasonOf(await nodeFiles.read(join(folder, "pipe"), limit)), /named pipe/);
  assert.match(reasonOf(await nodeFiles.read(join(folder, "socket"), limit)), /socket/);
  assert.match(reasonOf(await nodeFiles.read(join(folder, "device"), limit)), /device/);
  assert.match(reasonOf(await nodeFiles.read(join(folder, "loop"), limit)), /circle/);
  assert.match(reasonOf(await nodeFiles.read(join(folder, "dangling"), limit)), /leads nowhere/);
});

test("a file that claims to be huge is not read", async (t) => {
  const folder = folderWith(t, { sparse: "" });
  truncateSync(join(folder, "sparse"), 50_000_000);
  assert.match(reasonOf(await nodeFiles.read(join(folder, "sparse"), limit)), /larger/);
});

test("lists a folder with what its links lead to", { skip: process.platform === "win32" }, async (t) => {
  const folder = folderWith(t, { "sub/file": "" });
  symlinkSync("sub", join(folder, "to-folder"));
  symlinkSync("nowhere", join(folder, "to-nothing"));
  const entries = [...(await nodeFiles.list(folder))].sort((a, b) => (a.name < b.name ? -1 : 1));
  assert.deepEqual(entries, [
    { name: "sub", kind: "directory" },
    { name: "to-folder", kind: "link", target: "directory" },
    { name: "to-nothing", kind: "link" },
  ]);
  await assert.rejects(nodeFiles.list(join(folder, "none")), /it does not exist/);
  await assert.rejects(nodeFiles.list(join(folder, "sub/file")), /not a folder/);
});

test("writes at once, and keeps mode, mark and links", { skip: process.platform === "win32" }, async (t) => {
  const folder = folderWith(t, { "real/file": "\ufeffold" });
  chmodSync(join(folder, "real/file"), 0o640);
  symlinkSync("real/file", join(folder, "link"));
  await nodeFiles.write(join(folder, "link"), "new");
  assert.equal(readFileSync(join(folder, "real/file"), "utf8"), "\ufeffnew");
  assert.equal(statSync(join(folder, "real/file")).mode & 0o777, 0o640);
  assert.ok(lstatSync(join(folder, "link")).isSymbolicLink());
  await nodeFiles.write(join(folder, "made"), "text");
  assert.equal(readFileSync(join(folder, "made"), "utf8"), "text");
  assert.deepEqual(readdirSync(folder).sort(), ["link", "made", "real"]);
  assert.deepEqual(readdirSync(join(folder, "real")), ["file"]);
});

test("a write that fails leaves nothing behind and says why", async (t) => {
  const folder = folderWith(t);
  mkdirSync(join(folder, "folder"));
  await assert.rejects(nodeFiles.write(join(folder, "folder"), "x"), /not a regular file/);
  await assert.rejects(nodeFiles.write(join(folder, "none/file"), "x"), /does not exist/);
  assert.deepEqual(readdirSync(folder), ["folder"]);
});

test("a write takes away what a killed one of the same file has left behind, and nothing else", async (t) => {
  const old = [".file.123-1.tmp", ".file.9-12.tmp"];
  const others = [".file.123-2.tmp", ".file.tmp", ".file.a-1.tmp", ".other.123-1.tmp", "file.123-1.tmp"];
  const folder = folderWith(t, Object.fromEntries([...old, ...others].map((name) => [name, "half"])));
  mkdirSync(join(folder, ".file.5-5.tmp"));
  const longAgo = new Date(Date.now() - 7_200_000);
  // The first of the others is a write that may still go on.
  for (const name of [...old, ...others.slice(1), ".file.5-5.tmp"])
    utimesSync(join(folder, name), longAgo, longAgo);
  await nodeFiles.write(join(folder, "file"), "whole");
  assert.deepEqual(readdirSync(folder).sort(), [...others, ".file.5-5.tmp", "file"].sort());
});

test("follows links to the end, or says that there is none", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = folderWith(t, { "a/file": "" });
  symlinkSync("a", join(folder, "b"));
  assert.equal(await nodeFiles.realPath(join(folder, "b/file")), join(folder, "a/file"));
  assert.equal(await nodeFiles.realPath(join(folder, "c")), undefined);
  assert.equal(await nodeFiles.kindOf(join(folder, "b")), "directory");
  assert.equal(await nodeFiles.kindOf(join(folder, "c")), undefined);
});

test("decodes a mark only at the start", () => {
  assert.deepEqual(decodeText(new TextEncoder().encode("a\ufeffb")), { state: "read", text: "a\ufeffb" });
});

test("makes paths absolute", () => {
  assert.equal(
    absolutePath("a/../b", "/work"),
    process.platform === "win32" ? absolutePath("/work/b") : "/work/b",
  );
});
