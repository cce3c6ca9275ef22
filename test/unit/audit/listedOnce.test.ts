import assert from "node:assert/strict";
import test from "node:test";
import { listedOnce } from "../../../server/src/audit/listedOnce";
import type { Files } from "../../../server/src/platform/ports";

function diskWith(names: readonly string[]): { readonly files: Files; readonly asked: string[] } {
  const asked: string[] = [];
  const note = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  const files: Files = {
    read: (path) => note(`read ${path}`, { state: "absent" }),
    readBytes: (path) => note(`bytes ${path}`, { state: "absent" }),
    list: (path) =>
      note(
        `list ${path}`,
        names.map((name) => ({ name, kind: "file" as const })),
      ),
    realPath: (path) => note(`real ${path}`, path),
    write: () => Promise.resolve(),
  };
  return { files, asked };
}

test("a folder is listed once, and what it does not name is not asked of the disk", async () => {
  const { files, asked } = diskWith(["Dockerfile", "Compose.yaml"]);
  const listed = listedOnce(files);
  await listed.read("/w/.dockerignore", 1);
  await listed.list("/w");
  await listed.list("/w");
  assert.deepEqual(await listed.read("/w/.dockerignore", 1), { state: "absent" });
  assert.equal(await listed.realPath("/w/plimsoll.yaml"), undefined);
  assert.deepEqual(asked, ["read /w/.dockerignore", "list /w"]);
});

test("what a disk may know by another spelling is asked of it", async () => {
  const { files, asked } = diskWith(["Dockerfile", "Compose.yaml"]);
  const listed = listedOnce(files);
  await listed.list("/w");
  await listed.read("/w/compose.YAML", 1);
  await listed.read("/w/caf\u00e9.env", 1);
  // A part of a name is none.
  await listed.read("/w/ockerfile", 1);
  await listed.read("/other/.env", 1);
  assert.deepEqual(asked, ["list /w", "read /w/compose.YAML", "read /w/caf\u00e9.env", "read /other/.env"]);
});

test("files that were made for an audit are shared with it", () => {
  const listed = listedOnce(diskWith([]).files);
  assert.equal(listedOnce(listed), listed);
});
