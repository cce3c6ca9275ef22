import assert from "node:assert/strict";
import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { auditFolders } from "../../../server/src/audit/audit";
import { nodeFiles } from "../../../server/src/platform/node";
import { openCache } from "../../../server/src/platform/nodeCache";
import type { ResultCache } from "../../../server/src/platform/ports";
import { rules } from "../../../server/src/rules/index";
import { plimsoll } from "../../support/commandLine";
import { corpusFiles, corpusFolder, corpusMissing } from "../../support/corpus";
import { folderWith } from "../../support/folder";
import { runHere } from "../../support/terminal";

const unsafe = 'FROM busybox:1.37\nUSER root\nCMD ["/app"]\n';
const tree = {
  "a/Dockerfile": unsafe,
  "b/Dockerfile": "FROM busybox:1.37\n# plimsoll-ignore final-stage-user-root\nUSER root\n",
  "c/compose.yaml": "services:\n  web:\n    image: nginx\n    privileged: true\n",
};

/** The files of a cache, in no particular order. */
function partsOf(cache: string): readonly string[] {
  return readdirSync(cache, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".results"))
    .map((name) => join(cache, name));
}

/** A cache that counts how often it is asked for a check, rather than for what Compose files name. */
function counting(folder: string): { readonly cache: ResultCache; counts(): object; close(): void } {
  const inner = openCache({ folder, build: "x", key: undefined, warn: (message) => assert.fail(message) });
  assert.ok(inner);
  const seen = { hits: 0, misses: 0, puts: 0 };
  const names = new Set<string>();
  const cache: ResultCache = {
    keyOf: (parts) => {
      const key = inner.keyOf(parts);
      if (parts[0] === "what it names") names.add(key);
      return key;
    },
    get: (key) => {
      const found = inner.get(key);
      if (!names.has(key)) seen[found === undefined ? "misses" : "hits"]++;
      return found;
    },
    put: (key, value) => {
      if (!names.has(key)) seen.puts++;
      inner.put(key, value);
    },
  };
  return { cache, counts: () => ({ ...seen }), close: inner.close };
}

test("a warm cache gives the same bytes in every format, and nothing is checked again", async (t) => {
  const folder = folderWith(t, tree);
  if (corpusMissing === undefined) {
    const files = [...corpusFiles("dockerfile"), ...corpusFiles("compose")];
    for (const { path } of files.filter((_, at) => at % 30 === 0))
      cpSync(join(corpusFolder, path), join(folder, path));
  }
  const cache = folderWith(t);
  const checked = ["--cache-location", cache];
  for (const format of ["json", "sarif", "text"]) {
    const plain = await runHere(folder, ["check", "--format", format]);
    for (const _ of ["cold", "warm", "warm"])
      assert.deepEqual(await runHere(folder, ["check", "--format", format, ...checked]), plain);
  }
  // JSON holds how stages and services stand, which the others do not need.
  assert.equal(partsOf(cache).length, 2, "a warm run writes nothing");
  const minimal = ["check", "--min-severity", "high", "--format", "json"];
  assert.deepEqual(await runHere(folder, [...minimal, ...checked]), await runHere(folder, minimal));
  assert.equal(partsOf(cache).length, 2, "the lowest severity is no part of what is kept");
});

test("what goes into a check decides whether it is done again", async (t) => {
  const folder = folderWith(t, tree);
  const location = folderWith(t);
  const audit = async (day = 21): Promise<object> => {
    const { cache, counts, close } = counting(location);
    const input = { folders: [folder], base: folder, files: nodeFiles, rules, version: "1", cache };
    await auditFolders({ ...input, clock: { now: () => Date.UTC(2026, 10, day) } });
    close();
    return counts();
  };
  assert.deepEqual(await audit(), { hits: 0, misses: 3, puts: 3 });
  assert.deepEqual(await audit(), { hits: 3, misses: 0, puts: 0 });
  writeFileSync(join(folder, "a/Dockerfile"), `${unsafe}# more\n`);
  assert.deepEqual(await audit(), { hits: 2, misses: 1, puts: 1 });
  writeFileSync(join(folder, "b/.dockerignore"), "x\n");
  assert.deepEqual(await audit(), { hits: 2, misses: 1, puts: 1 });
  assert.deepEqual(await audit(22), { hits: 0, misses: 3, puts: 3 });
  writeFileSync(join(folder, "plimsoll.yaml"), "profile: strict\n");
  // The configuration itself is checked, too.
  assert.deepEqual(await audit(), { hits: 0, misses: 4, puts: 4 });
});

test("what Compose files name is found out again where a neighbour has changed", async (t) => {
  const folder = folderWith(t, {
    "compose.yaml": "services:\n  web: { extends: { file: base.yml, service: base } }\n",
    "base.yml": "services: { base: { image: nginx, env_file: a.env } }\n",
  });
  const asked: string[] = [];
  const { cache, close } = counting(folderWith(t));
  const namesFound = async (): Promise<readonly string[]> => {
    asked.length = 0;
    const noting: ResultCache = {
      ...cache,
      put: (key, value) => {
        asked.push(value);
        cache.put(key, value);
      },
    };
    const input = { folders: [folder], base: folder, files: nodeFiles, rules, version: "1", cache: noting };
    await auditFolders({ ...input, clock: { now: () => Date.UTC(2026, 10, 21) } });
    return asked.filter((value) => value.startsWith('{"asked"'));
  };
  assert.match((await namesFound()).join("\n"), /"path":"a\.env","kind":"env_file"/);
  writeFileSync(join(folder, "base.yml"), "services: { base: { image: nginx, env_file: b.env } }\n");
  assert.match((await namesFound()).join("\n"), /"path":"b\.env","kind":"env_file"/);
  close();
});

test("what a configuration is put together of, and a baseline, decide whether a check is done again", async (t) => {
  const folder = folderWith(t, {
    ...tree,
    "plimsoll.yaml": "extends: ./base.yaml\n",
    "base.yaml": "profile: recommended\n",
  });
  const location = folderWith(t);
  const audit = async (): Promise<object> => {
    const { cache, counts, close } = counting(location);
    const input = { folders: [folder], base: folder, files: nodeFiles, rules, version: "1", cache };
    const clock = { now: () => Date.UTC(2026, 10, 21) };
    const found = JSON.stringify(await auditFolders({ ...input, clock }));
    close();
    assert.equal(found, JSON.stringify(await auditFolders({ ...input, cache: undefined, clock })));
    return counts();
  };
  const after = async (name: string, text: string): Promise<object> => {
    writeFileSync(join(folder, name), text);
    return audit();
  };
  // Three files, the configuration and the one that it extends.
  assert.deepEqual(await audit(), { hits: 0, misses: 5, puts: 5 });
  assert.deepEqual(await audit(), { hits: 5, misses: 0, puts: 0 });
  const denied = "images:\n  denied:\n    - image: busybox\n      reason: no\n";
  assert.deepEqual(await after("base.yaml", denied), { hits: 0, misses: 5, puts: 5 });
  const required = "images:\n  require:\n    digest: true\n";
  assert.deepEqual(await after("base.yaml", required), { hits: 0, misses: 5, puts: 5 });
  const override = "extends: ./base.yaml\noverrides:\n  - files: a/**\n    profile: strict\n";
  const changed = (await after("plimsoll.yaml", override)) as { misses: number };
  assert.ok(changed.misses >= 2, "the file that the override is for, and the configuration");
  assert.deepEqual(await audit(), { hits: 5, misses: 0, puts: 0 });
  // A base that is gone is said of the configuration, whose text is the same.
  const gone = override.replace("./base.yaml", "[./base.yaml, ./more.yaml]");
  assert.notEqual(((await after("plimsoll.yaml", gone)) as { misses: number }).misses, 0);
  const there = (await after("more.yaml", "profile: strict\n")) as { misses: number };
  assert.ok(there.misses >= 2);
  const { files } = await auditFolders({
    ...{ folders: [folder], base: folder, files: nodeFiles, rules, version: "1" },
    clock: { now: () => Date.UTC(2026, 10, 21) },
  });
  const [first] = files.find(({ path }) => path === "a/Dockerfile")?.findings ?? [];
  assert.ok(first);
  const { rule, fingerprint } = first;
  const entry = { rule, fingerprint, message: "", added: "2026-11-20" };
  const baseline = (reason: string): string =>
    JSON.stringify({ version: 1, files: { "a/Dockerfile": [{ ...entry, reason }] } });
  const misses = async (text: string): Promise<number> =>
    ((await after("plimsoll.baseline.json", text)) as { misses: number }).misses;
  assert.equal(await misses(baseline("one")), 1);
  assert.equal(await misses(baseline("another")), 1);
  assert.equal(await misses(baseline("another")), 0);
});

test("a cache that is damaged, cut off or foreign is left out with a word, and replaced", async (t) => {
  const folder = folderWith(t, tree);
  const plain = await runHere(folder, ["check", "--format", "json"]);
  const damage: readonly ((file: string) => void)[] = [
    (file) => truncateSync(file, statSync(file).size - 5),
    (file) =>
      writeFileSync(
        file,
        readFileSync(file, "utf8").replace(/"severity":"(?!info)\w+"/, '"severity":"info"'),
      ),
    (file) => appendFileSync(file, "plimsoll 1 99999999999 x\n"),
    (file) => writeFileSync(file, Buffer.alloc(3000, 255)),
    (file) => writeFileSync(file, ""),
  ];
  for (const [at, spoil] of damage.entries()) {
    const cache = folderWith(t);
    const args = ["check", "--format", "json", "--cache-location", cache];
    await runHere(folder, args);
    for (const file of partsOf(cache)) spoil(file);
    const after = await runHere(folder, args);
    assert.equal(after.out, plain.out);
    assert.equal(
      after.err,
      at === 4 ? "" : "plimsoll: 1 of 1 parts of the cache cannot be read and are left out\n",
    );
    assert.deepEqual(await runHere(folder, args), plain);
  }
});

test("another program, or another key, does not believe what is kept", async (t) => {
  const folder = folderWith(t, tree);
  const cache = folderWith(t);
  const args = ["check", "--format", "json", "--cache-location", cache];
  await runHere(folder, args);
  await runHere(folder, args, { build: () => "another" });
  assert.equal(partsOf(cache).length, 2);
  const keyed = await runHere(folder, args, { environment: { PLIMSOLL_CACHE_KEY: "k" } });
  assert.match(keyed.err, /1 of 1 parts of the cache cannot be read/);
  const sources = await runHere(folder, args, { build: () => undefined });
  assert.match(sources.err, /runs from its sources/);
});

test("a cache within what is checked needs a key: a repository could bring its own", async (t) => {
  const folder = folderWith(t, tree);
  const args = ["check", "--format", "json", "--cache-location", "kept/here"];
  const refused = await runHere(folder, args);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /where a repository can forge it/);
  const environment = { PLIMSOLL_CACHE_KEY: "k" };
  const sealed = await runHere(folder, args, { environment });
  assert.equal(sealed.err, "");
  assert.deepEqual(await runHere(folder, args, { environment }), sealed);
});

test("runs that share a cache do each other no harm, and their files become one in time", async (t) => {
  const folder = folderWith(t, tree);
  const cache = folderWith(t);
  const plain = await runHere(folder, ["check", "--format", "json"]);
  const check = () => runHere(folder, ["check", "--format", "json", "--cache-location", cache]);
  const together = await Promise.all(Array.from({ length: 20 }, check));
  for (const ended of together) assert.deepEqual(ended, plain);
  assert.equal(partsOf(cache).length, 20);
  assert.deepEqual(await check(), plain);
  assert.equal(partsOf(cache).length, 1);
  assert.deepEqual(await check(), plain);
});

test("a folder that cannot be written is said, and the check is done", async (t) => {
  const folder = folderWith(t, { ...tree, file: "" });
  const other = folderWith(t, { file: "" });
  const ended = await runHere(folder, ["check", "--format", "json", "--cache-location", join(other, "file")]);
  assert.match(ended.err, /^plimsoll: the cache is not used: /);
  assert.equal(ended.out, (await runHere(folder, ["check", "--format", "json"])).out);
});

test("the real program keeps its cache in the user's folder for caches", async (t) => {
  const folder = folderWith(t, tree);
  const home = folderWith(t);
  const run = () => plimsoll(folder, ["check", "--cache", "--format", "json"], "", { XDG_CACHE_HOME: home });
  const first = await run();
  assert.equal(first.code, 1);
  assert.equal(partsOf(join(home, "plimsoll")).length, 1);
  assert.deepEqual(await run(), first);
});
