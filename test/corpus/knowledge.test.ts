import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { parseLibraryFile, suitesOf } from "../../scripts/knowledge/library";
import { createUserReader } from "../../scripts/knowledge/users";
import codes from "../../server/src/knowledge/endOfLife.json";
import table from "../../server/src/knowledge/images.json";
import { corpusMissing } from "../support/corpus";

const commit = "0".repeat(40);
const folder = join(__dirname, "../../../shared/corpus/dockerfile");

/** Official images whose repositories are among the real files, and what each Dockerfile of theirs lies in. */
const repositories = {
  node: "nodejs/docker-node",
  golang: "docker-library/golang",
  python: "docker-library/python",
} as const;

/** The images that those are built on, as short as they can be. */
const bases: Readonly<Record<string, string>> = {
  alpine: "FROM scratch\n",
  debian: "FROM scratch\n",
  "buildpack-deps": "FROM debian:any\n",
};

/** A library file that has each folder of a repository as a tag, as `22/trixie` is `22-trixie`. */
function libraryOf(repository: string): string {
  const names = readdirSync(join(folder, repository.replace("/", "__"))).flatMap((name) =>
    name.endsWith("__Dockerfile") ? name.slice(0, -"__Dockerfile".length).replaceAll("__", "/") : [],
  );
  const entries = names.map((name) => {
    const system = name.includes("windows") ? "windows-amd64" : "amd64";
    return `Tags: ${name.replaceAll("/", "-")}\nArchitectures: ${system}\nGitCommit: ${commit}\nDirectory: ${name}\n`;
  });
  return `GitRepo: https://github.com/${repository}.git\n\n${entries.join("\n")}`;
}

/** A library file of a base with every tag that those images take of it. */
function baseLibraryOf(name: string): string {
  const tags = Object.values(repositories).flatMap((repository) => {
    const own = join(folder, repository.replace("/", "__"));
    const texts = readdirSync(own).map((file) => readFileSync(join(own, file), "utf8"));
    return texts.flatMap((text) =>
      [...text.matchAll(/^FROM ([\w-]+):(\S+)/gm)].flatMap(([, base, tag]) => (base === name && tag) || []),
    );
  });
  return `GitRepo: https://github.com/base/${name}\n\nTags: ${["any", ...new Set(tags)].join(", ")}\nGitCommit: ${commit}\nDirectory: .\n`;
}

test("the Dockerfiles of real official images give what the table says of their users and suites", async (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const texts = [
    ...Object.entries(repositories).map(([name, repository]) => [name, libraryOf(repository)] as const),
    ...Object.keys(bases).map((name) => [name, baseLibraryOf(name)] as const),
  ];
  const library = new Map(texts.map(([name, text]) => [name, parseLibraryFile(text)]));
  const reader = createUserReader(library, async ({ repository }, path) => {
    if (repository.startsWith("base/")) return bases[repository.slice("base/".length)];
    const file = join(folder, repository.replace("/", "__"), path.replaceAll("/", "__"));
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  });
  const codenames = new Set(Object.keys(codes.codenames));
  for (const name of Object.keys(repositories) as (keyof typeof repositories)[]) {
    const known: { user?: string; users?: readonly string[]; suites?: readonly string[] } =
      table.official[name];
    const { user, users } = await reader.of(name);
    assert.deepEqual([user, users], [known.user, known.users], name);
    const suites = suitesOf(library.get(name)!, codenames);
    assert.deepEqual([...suites].sort(), [...(known.suites ?? [])].sort(), name);
  }
});
