import assert from "node:assert/strict";
import test from "node:test";
import { parseCompose } from "../../../server/src/documents/compose/parse";
import { hostPaths } from "../../../server/src/rules/shared/composeBinds";
import { sensitivePath } from "../../../server/src/rules/shared/composeHostPaths";
import { makeReadOnly, optionsOf } from "../../../server/src/rules/shared/composeMountOptions";
import { applyEdits } from "../../../server/src/text/edit";

function withVolume(volume: string): string {
  return `services:\n  a:\n    image: x:1\n    volumes:\n      - ${volume}\n`;
}

const paths: readonly (readonly [volume: string, path: string | undefined])[] = [
  ["/etc/../etc//ssh/:/x", "/etc/ssh"],
  ["/../..:/x", "/"],
  ["C:\\Windows\\System32:/x", "c:/Windows/System32"],
  ["./etc:/etc", undefined],
  ["~/x:/x", undefined],
  ["/etc", undefined],
  ["$DIR/etc:/x", undefined],
  ["${DIR:-/etc}:/x", "/etc"],
  ["{ type: bind, source: /proc, target: /p, read_only: true }", "/proc"],
  ["{ type: volume, source: data, target: /etc }", undefined],
];

for (const [volume, path] of paths)
  test(`${volume} mounts ${path ?? "nothing of the host"}`, () => {
    assert.deepEqual(
      hostPaths(parseCompose(withVolume(volume))).map((mounted) => mounted.path),
      path === undefined ? [] : [path],
    );
  });

test("a directory of the system is sensitive, what is for everybody in it is not", () => {
  const sensitive = ["/etc", "/etc/shadow", "/etc/cron.d/x", "/proc/sys/kernel", "/sys", "/dev", "/root"];
  const harmless = [
    "/etc/localtime",
    "/etc/nginx/conf.d",
    "/usr/share/fonts",
    "/srv",
    "/dev/shm",
    "/etcetera",
  ];
  assert.deepEqual(
    sensitive.filter((path) => sensitivePath(path) === undefined),
    [],
  );
  assert.deepEqual(
    harmless.filter((path) => sensitivePath(path) !== undefined),
    [],
  );
});

const options: readonly (readonly [volume: string, names: readonly string[], readOnly: string])[] = [
  ["./a:/b", [], "./a:/b:ro"],
  ['"./a:/b:z"', ["z"], '"./a:/b:z,ro"'],
  ["./a:/b:rw,Z", ["rw", "Z"], "./a:/b:ro,Z"],
  ["./a:rw", [], "./a:rw:ro"],
  ["{ type: bind, source: ./a, target: /b }", [], "{ type: bind, source: ./a, target: /b, read_only: true }"],
  [
    "{ type: bind, source: ./a, target: /b, read_only: false, bind: { propagation: slave } }",
    ["slave"],
    "{ type: bind, source: ./a, target: /b, read_only: true, bind: { propagation: slave } }",
  ],
];

for (const [volume, names, readOnly] of options)
  test(`${volume} has the options [${names.join(", ")}], and can be made read-only`, () => {
    const text = withVolume(volume);
    const document = parseCompose(text);
    const mount = document.services[0]?.volumes[0];
    assert.ok(mount !== undefined);
    assert.deepEqual(
      optionsOf(document, mount).map((option) => option.name),
      names,
    );
    const edit = makeReadOnly(document, mount);
    assert.ok(edit !== undefined);
    assert.equal(applyEdits(text, [edit]), withVolume(readOnly));
  });
