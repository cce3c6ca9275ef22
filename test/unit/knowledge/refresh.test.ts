import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { parseLibraryFile, versionsOf } from "../../../scripts/knowledge/library";
import { refreshKnowledge } from "../../../scripts/knowledge/refresh";
import type { ImageTable, ProductTable } from "../../../scripts/knowledge/tables";
import { folderWith } from "../../support/folder";
import { closed, listening } from "../../support/registry";

const commit = "0123456789abcdef0123456789abcdef01234567";

/** A repository with one commit, made on a day. */
function checkout(t: TestContext, day: string, files: Readonly<Record<string, string>>): string {
  const folder = folderWith(t, files);
  git(folder, day, "init", "-q");
  git(folder, day, "add", "-A");
  git(folder, day, "commit", "-qm", "state");
  return folder;
}

function git(folder: string, day: string, ...args: readonly string[]): void {
  const date = `${day}T12:00:00Z`;
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const own = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", ["-C", folder, ...own, ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
}

const product = (title: string, purls: readonly string[], releases: string): string =>
  `---\ntitle: ${title}\ncategory: os\nidentifiers:\n${purls.map((purl) => `-   purl: ${purl}\n`).join("")}-   repology: x\nreleases:\n${releases}---\n\n> Text about it.\n`;

const debian = `-   releaseCycle: "13"
    codename: "Trixie"
    eol: 2028-08-09
    eoes: 2030-06-30
-   releaseCycle: "12"
    codename: "Bookworm"
    eol: 2026-07-11
    eoes: 2026-07-11
-   releaseCycle: "sid x"
    eol: false
`;
const tool = `-   releaseCycle: "2"
    eol: false
-   releaseCycle: "1"
    eol: true
`;

const entry = (tags: string, directory: string, more = ""): string =>
  `Tags: ${tags}\nArchitectures: amd64, arm64v8\nGitCommit: ${commit}\nDirectory: ${directory}\n${more}`;
const library = (repository: string, ...entries: readonly string[]): string =>
  `# generated\nMaintainers: A <a@example.com> (@a),\n             B <b@example.com> (@b)\nGitRepo: https://github.com/${repository}.git\n\n${entries.join("\n")}`;

/** What stands at the commit, by path below it. */
const dockerfiles: Readonly<Record<string, string>> = {
  "team/base/x86/Dockerfile": "FROM scratch\nADD rootfs.tar.xz /\n",
  "team/app/2/trixie/Dockerfile":
    'FROM debian:trixie-slim\nRUN groupadd -r --gid 999 app && useradd -r -g app --uid=999 app\nCOPY docker-entrypoint.sh /usr/local/bin/\nENTRYPOINT ["docker-entrypoint.sh"]\n',
  "team/app/2/trixie/docker-entrypoint.sh": '#!/bin/sh\nexec gosu app "$0" "$@"\n',
  "team/app/2/alpine/Dockerfile": "FROM alpine:3.24\nRUN adduser -S -u 82 app\nUSER 0\n",
  "team/web/Dockerfile": "FROM app:2\nUSER web\n",
  "team/mixed/a/Dockerfile": "FROM debian:trixie\nUSER one\n",
  "team/mixed/b/Dockerfile": "FROM debian:trixie\n",
};

test("the tables are written anew from checkouts of their sources and the Dockerfiles that these name", async (t) => {
  const endOfLife = checkout(t, "2027-01-02", {
    "products/debian.md": product("Debian", [], debian),
    "products/tool.md": product("Tool", ["pkg:docker/library/tool", "pkg:docker/team/tool"], tool),
    "products/new.md": product("New", ["pkg:docker/library/new"], tool),
    "products/broken.md": "no front matter\n",
  });
  const officialImages = checkout(t, "2027-01-02", {
    "library/MAINTAINERS": "nobody\n",
    "library/debian": library(
      "team/base",
      `${entry("trixie, 13.1, 13", "x").replace("Directory: x", "amd64-Directory: x86/")}`,
      entry("trixie-slim", "x86"),
    ),
    "library/alpine": library("team/base", entry("3.24, 3, latest", "x86")),
    "library/app": library(
      "team/app",
      entry("2.10.1, 2.10, 2, latest, 2-trixie", "2/trixie"),
      entry("2.9, 1.0, 2.10-alpine, alpine, 2-alpine3.24", "2/alpine"),
      `${entry("2-windowsservercore", "w").replace("amd64, arm64v8", "windows-amd64")}Constraints: windowsservercore\n`,
    ),
    "library/web": library("team/web", entry("1-jre", ".")),
    "library/mixed": library("team/mixed", entry("1", "a"), entry("2", "b")),
    "library/packed": library("team/packed", entry("1", "a", "Builder: oci-import\nFile: index.json\n")),
    "library/gone": library("team/gone", entry("1", "a")),
  });
  rmSync(join(officialImages, "library/gone"));
  git(officialImages, "2027-02-03", "commit", "-qam", "remove it");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const path = (request.url ?? "").replace(`/${commit}`, "").slice(1);
    const text = dockerfiles[path];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  const host = `http://127.0.0.1:${await listening(server)}`;
  t.after(() => closed(server));
  const folder = folderWith(t, {
    "endOfLife.json": JSON.stringify({
      ...{ asOf: "2026-08-21", source: "https://github.com/endoflife-date/endoflife.date/tree/1" },
      products: {
        debian: { label: "D", kind: "os", images: ["debian"], cycles: "12=2026-06-10" },
        tool: { label: "T", kind: "app", images: ["maker/tool"], cycles: "1=" },
        broken: { label: "B", kind: "app", images: ["broken"], cycles: "1=2020-01-01" },
      },
      codenames: { bookworm: "debian 12" },
    } satisfies ProductTable),
    "images.json": JSON.stringify({
      asOf: "2026-08-21",
      sources: ["https://github.com/docker-library/official-images/tree/1", "https://example.com/docs"],
      official: {
        packed: { user: "1000:0", versions: ["0"] },
        gone: { user: "root" },
        app: { drops: "su-exec" },
      },
      removed: { java: "2017-05-17", web: "2020-01-01" },
    } satisfies ImageTable),
  });
  const notes = await refreshKnowledge({ endOfLife, officialImages, folder, host });
  const tableOf = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), "utf8")) as T;
  const products = tableOf<ProductTable>("endOfLife.json");
  assert.equal(products.asOf, "2027-01-02");
  assert.match(
    products.source,
    /^https:\/\/github\.com\/endoflife-date\/endoflife\.date\/tree\/[0-9a-f]{40}$/,
  );
  assert.deepEqual(products.products, {
    broken: { label: "B", kind: "app", images: ["broken"], cycles: "1=2020-01-01" },
    debian: {
      label: "Debian",
      kind: "os",
      images: ["debian"],
      cycles: "13=2028-08-09+2030-06-30 12=2026-07-11",
    },
    tool: { label: "Tool", kind: "os", images: ["maker/tool", "tool", "team/tool"], cycles: "2=" },
  });
  assert.deepEqual(products.codenames, { trixie: "debian 13", bookworm: "debian 12" });

  const images = tableOf<ImageTable>("images.json");
  assert.equal(images.asOf, "2027-02-03");
  assert.equal(images.sources[1], "https://example.com/docs");
  assert.deepEqual(images.official, {
    alpine: { user: "root", versions: ["3.24", "3"] },
    app: {
      user: "root",
      users: ["app:999", "app:82"],
      drops: "gosu",
      smaller: ["alpine"],
      suites: ["trixie", "alpine3.24"],
      versions: ["2.10", "2.9", "2", "1.0"],
    },
    debian: { user: "root", smaller: ["slim"], suites: ["trixie"], versions: ["13.1", "13"] },
    mixed: { versions: ["2", "1"] },
    packed: { user: "1000:0", versions: ["1"] },
    web: { user: "web", smaller: ["jre"] },
  });
  assert.deepEqual(images.removed, { gone: "2027-02-03", java: "2017-05-17" });
  assert.deepEqual([...notes].sort(), [
    "broken: no release could be read, so it stays as it was",
    "new: not in the table, though new is its image",
    "packed: as of 2026-08-21, not to be told anew: user",
  ]);
  assert.ok(asked.length > 0 && new Set(asked).size === asked.length, "each file is asked for once");

  writeFileSync(join(endOfLife, "products/debian.md"), "---\n");
  rmSync(join(endOfLife, "products/tool.md"));
  const later = await refreshKnowledge({ endOfLife, officialImages, folder, host });
  assert.ok(later.includes("tool: the source has it no more, so it stays as it was"));
  assert.deepEqual(tableOf<ProductTable>("endOfLife.json").products, products.products);
});

test("a server that fails ends the refresh and leaves the tables as they are", async (t) => {
  const endOfLife = checkout(t, "2027-01-02", { "products/debian.md": product("Debian", [], debian) });
  const officialImages = checkout(t, "2027-01-02", { "library/app": library("team/app", entry("1", "a")) });
  const server = createServer((_, response) => response.writeHead(503).end());
  const host = `http://127.0.0.1:${await listening(server)}`;
  t.after(() => closed(server));
  const texts = {
    "endOfLife.json": '{"asOf":"","source":"","products":{},"codenames":{}}',
    "images.json": '{"asOf":"","sources":[],"official":{},"removed":{}}',
  };
  const folder = folderWith(t, texts);
  await assert.rejects(refreshKnowledge({ endOfLife, officialImages, folder, host }), /status 503/);
  for (const [name, text] of Object.entries(texts))
    assert.equal(readFileSync(join(folder, name), "utf8"), text);
});

test("entries that are built elsewhere, or name no commit, have no Dockerfile to be read", () => {
  const { entries } = parseLibraryFile(
    `GitRepo: https://gitlab.com/team/app.git\n\n${entry("1", "a")}\nTags: 2\nGitRepo: https://github.com/team/app\nGitCommit: main\n`,
  );
  assert.deepEqual(
    entries.map(({ tags, place }) => [tags, place]),
    [
      [["1"], undefined],
      [["2"], undefined],
    ],
  );
  assert.deepEqual(versionsOf({ entries }), ["2", "1"]);
});
