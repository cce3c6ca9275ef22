import assert from "node:assert/strict";
import test from "node:test";
import { rules } from "../../../server/src/rules/index";
import { packageNameOf } from "../../../server/src/rules/shared/keptPackages";
import * as pins from "../../../server/src/rules/shared/packagePins";
import { unpinnedMessage } from "../../../server/src/rules/shared/unpinnedPackages";
import { findingsOf, inputFor } from "../../support/check";

const judged: readonly (readonly [judge: pins.LacksVersion, lacking: string, versioned: string])[] = [
  [
    pins.lacksAptVersion,
    "curl curl:amd64 g++ libc6-dev",
    "curl=7.* curl/sid curl- ./a.deb a.deb server^ ~nx",
  ],
  [
    pins.lacksApkVersion,
    "curl curl@edge python3",
    "curl=8 curl~8 curl~=8 curl>8 .deps so:libc /a.apk a.apk !curl",
  ],
  [
    pins.lacksRpmVersion,
    "httpd python3-devel java-1.8.0-openjdk java-25-openjdk-devel glibc.i686 php-*",
    "httpd-2.4 bash-5.1-1.el9.x86_64 vim-2:8.0 php-7.4* foo-v1.2 a.rpm https://x/y @group /usr/bin/x",
  ],
  [pins.lacksStream, "nodejs", "nodejs:22 @nodejs"],
  [pins.lacksZypperVersion, "git libfoo-devel", "git=2 git>=2 pattern:base a.rpm git-2.43"],
  [
    pins.lacksPythonVersion,
    "flask celery[redis] zope.interface git+https://x/y git+https://u:p@x/y.git git+ssh://git@x/y@main",
    "flask==3 flask>=3 flask~=3 flask!=2 . ./a .[dev] a/b a.whl a.tar.gz a@https://x/y.whl git+https://x/y@v1 git+https://x/y@0123456#egg=y",
  ],
  [pins.lacksUvVersion, "ruff ruff@latest", "ruff@0.14 ruff==0.14"],
  [
    pins.lacksNpmVersion,
    "sax @a/b sax@latest @a/b@next git://x/y.git git+ssh://git@x/y github:a/b#main",
    "sax@1 sax@^1 @a/b@1 sax@>=1 ./a a.tgz file:a https://x/y.tgz github:a/b#v1 git://x/y#semver:^1 60000",
  ],
  [pins.lacksGemVersion, "rails", "rails:8 a.gem ./a.gem"],
  [
    pins.lacksGoVersion,
    "example.com/a example.com/a@latest example.com/a@main a.b/c/...@upgrade",
    "example.com/a@v1 ./... . main.go std cmd/go example.com/a@0123456789ab",
  ],
  [pins.lacksAtVersion, "ripgrep ripgrep@latest https://x/y", "ripgrep@14 ripgrep@^14 a@=1"],
  [pins.lacksComposerVersion, "a/b", "a/b:1 a/b=1 ext-intl php"],
  [pins.lacksCondaVersion, "numpy conda-forge::numpy", "numpy=2 numpy>=2 ./a.conda"],
  [pins.lacksPeclVersion, "redis xdebug-beta pecl.php.net/redis", "redis-6.3.0 a.tgz https://x/y"],
  [pins.isRepository, "https://x/y", "/src a https://x/y.tgz"],
];

for (const [judge, lacking, versioned] of judged) {
  test(`${judge.name} tells names from versions`, () => {
    for (const text of lacking.split(" ")) assert.equal(judge(text), true, text);
    for (const text of versioned.split(" ")) assert.equal(judge(text), false, text);
  });
}

test("names are told from versions in time that is linear in their length", () => {
  for (const [judge] of judged) {
    for (const piece of ["a", "-", "a-1", "a.", "@", "git+https://", "=", " "])
      assert.equal(typeof judge(piece.repeat(50_000)), "boolean");
  }
});

test("a message shows of an address nothing but its end, and so no credentials", () => {
  const password = ["hunter", "two"].join("");
  const message = unpinnedMessage([`git+https://user:${password}@example.com/a/b.git?token=${password}`]);
  assert.ok(message.startsWith("b.git has no fixed version"));
  assert.ok(!message.includes(password));
});

test("a package's name is told from what the package managers add to it", () => {
  for (const text of [
    "gdb",
    "gdb=13.1-3",
    "gdb:amd64",
    "gdb/sid",
    "gdb-13.1-3.el9",
    "gdb~13",
    "gdb@edge",
    "gdb>=13",
  ])
    assert.equal(packageNameOf(text), "gdb", text);
});

test("an index that is updated alone is medium, an upgrade low", () => {
  assert.deepEqual(found("index-update-alone", "RUN apt-get update\nRUN dnf -y update\n").severities, [
    "medium",
    "low",
  ]);
});

const kept: readonly (readonly [why: string, source: string])[] = [
  ["a comment stands between", "RUN apt-get update\n# tools\nRUN apt-get install -y git\n"],
  ["the next goes on after a failure", "RUN apt-get update\nRUN apt-get install -y git || true\n"],
  ["the next is a list of lines", "RUN apt-get update\nRUN set -e; apt-get install -y git\n"],
  ["the next has a mount", "RUN apt-get update\nRUN --mount=type=cache,target=/x apt-get install -y git\n"],
  ["the first changes the shell", "RUN cd /x && apt-get update\nRUN apt-get install -y git\n"],
  ["the first ends with a comment", "RUN apt-get update # now\nRUN apt-get install -y git\n"],
  ["the next is in exec form", 'RUN apt-get update\nRUN ["apt-get", "install", "-y", "git"]\n'],
  ["the next installs nothing", "RUN apt-get update\nRUN make\n"],
];

for (const [why, source] of kept) {
  test(`two RUNs stay apart where ${why}`, () => {
    const { severities, fixes } = found("index-update-alone", source);
    assert.equal(severities.length, 1);
    assert.equal(fixes, 0);
  });
}

function found(
  id: string,
  source: string,
): { readonly severities: readonly string[]; readonly fixes: number } {
  const rule = rules.find((one) => one.id === id);
  assert.ok(rule);
  const findings = findingsOf(rule, inputFor(rule, `FROM debian:12\n${source}`));
  return {
    severities: findings.map(({ severity }) => severity),
    fixes: findings.flatMap(({ fixes }) => fixes).length,
  };
}
