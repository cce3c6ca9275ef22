import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { billOfMaterials, bundledPackages, lockedPackages } from "../../scripts/billOfMaterials";
import { noticesFile, thirdPartyNotices } from "../../scripts/notices";
import { cycloneDxSchema } from "../support/cycloneDx";

const root = join(__dirname, "../..");

/** Licences under which code may be shipped within ours. */
const permissive: ReadonlySet<string> = new Set([
  "MIT",
  "ISC",
  "BSD-3-Clause",
  "BSD-2-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
]);

/** Packages with an install script, and what it is for. None of them runs: `.npmrc` says so. */
const withScript: ReadonlyMap<string, string> = new Map([
  ["node_modules/@vscode/vsce-sign", "looks whether its program is there; signing is not used"],
  ["node_modules/esbuild", "looks whether its program is there, and works without"],
  ["node_modules/keytar", "builds a binding to the system's keys for publishing; optional, not used"],
]);

test("what is bundled is listed with its licence and its hash, as the official schema wants it", async () => {
  const written = await billOfMaterials(new Uint8Array([1, 2, 3]));
  assert.equal(await billOfMaterials(new Uint8Array([1, 2, 3])), written, "the same bytes again");
  const valid = cycloneDxSchema();
  assert.ok(valid(JSON.parse(written)), JSON.stringify(valid.errors));
  const { components } = JSON.parse(written) as { components: readonly { name: string; hashes?: unknown }[] };
  assert.ok(components.length >= 8);
  for (const { name, hashes } of components) assert.ok(hashes, `${name} has no hash`);
});

test("what is bundled is permissively licensed, documented, and runs nothing when it is installed", async () => {
  const packages = await bundledPackages();
  const [shipped = ""] = readFileSync(join(root, "docs/dependencies.md"), "utf8").split("## For building");
  const direct = Object.keys(
    (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { devDependencies: object })
      .devDependencies,
  );
  for (const { name, licence } of packages) {
    assert.ok(permissive.has(licence), `${name}: ${licence}`);
    assert.ok(!withScript.has(`node_modules/${name}`), name);
    if (direct.includes(name))
      assert.ok(shipped.includes(name), `docs/dependencies.md does not name ${name}`);
  }
});

test("both packages carry the licence of everything that is bundled", async () => {
  const notices = await thirdPartyNotices();
  for (const { name, version, licence } of await bundledPackages())
    assert.equal(notices.split(`\n${name} ${version} (${licence})\n`).length, 2, name);
  for (const part of notices.split("-".repeat(80)).slice(1))
    assert.match(part, /permission|licen[cs]e/i, part.slice(0, 200));
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
  assert.ok(files.includes(noticesFile));
  assert.ok(readFileSync(join(root, "scripts/package.ts"), "utf8").includes(`"${noticesFile}"`));
});

test("no dependency has an install script but those that are known, and none of these runs", () => {
  const found = Object.entries(lockedPackages()).filter(
    ([, entry]) => (entry as { readonly hasInstallScript?: boolean }).hasInstallScript === true,
  );
  assert.deepEqual(found.map(([folder]) => folder).sort(), [...withScript.keys()].sort());
  assert.match(readFileSync(join(root, ".npmrc"), "utf8"), /^ignore-scripts=true$/m);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: object;
    dependencies?: object;
  };
  for (const name of ["preinstall", "install", "postinstall", "prepare"])
    assert.ok(!(name in manifest.scripts));
  assert.equal(manifest.dependencies, undefined, "nothing is installed along with the command line");
});
