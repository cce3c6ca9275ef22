import assert from "node:assert/strict";
import test from "node:test";
import type { RunInstruction } from "../../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import type { ShellCommand } from "../../../server/src/documents/shell/model";
import { rules } from "../../../server/src/rules/index";
import { givenPassword } from "../../../server/src/rules/shared/accountPasswords";
import {
  accountCommand,
  idOption,
  optionValue,
  optionValueSpan,
} from "../../../server/src/rules/shared/accounts";
import { specialBits } from "../../../server/src/rules/shared/fileModes";
import { membershipsOf } from "../../../server/src/rules/shared/groupMembers";
import { isReplacedBySed } from "../../../server/src/rules/shared/sedScripts";
import { startFetch } from "../../../server/src/rules/shared/startFetches";
import { findingsOf, inputFor } from "../../support/check";

function runOf(script: string) {
  const document = parseDockerfile(`FROM debian:13\nRUN ${script}\n`);
  const run = document.instructions[1];
  assert.ok(run?.keyword === "RUN");
  return { document, run: run as RunInstruction };
}

function firstIn(script: string): ShellCommand {
  const [command] = runOf(script).run.script.commands;
  assert.ok(command);
  return command;
}

const accounts: readonly (readonly [script: string, name: string, id: string | undefined])[] = [
  ["useradd -m -d /home/a -s /bin/sh -u 7 a", "a", "7"],
  ["useradd a --uid=7 --gid users", "a", "7"],
  ["useradd -ou7 a", "a", "7"],
  ["adduser -D -S -H -h /srv -G users -u 7 a", "a", "7"],
  ["adduser --system --group --uid 7 --gecos 'A B' --disabled-password a", "a", "7"],
  ["adduser -r -d /srv -c text -u 7 a", "a", "7"],
  ["usermod -l new -u 7 a", "a", "7"],
  ["groupadd -r -K GID_MIN=9 -g 7 a", "a", "7"],
  ["addgroup -S -g 7 a", "a", "7"],
  ["addgroup --system --gid 7 a", "a", "7"],
  ["useradd a", "a", undefined],
];

for (const [script, name, id] of accounts) {
  test(`${script} gives ${name} the number ${id ?? "that is free"}`, () => {
    const account = accountCommand(firstIn(script));
    assert.equal(account?.name?.value, name);
    const option = account && idOption(account);
    assert.equal(
      optionValue(option, () => undefined),
      id,
    );
  });
}

test("what puts a user into a group makes no account", () => {
  assert.equal(accountCommand(firstIn("adduser app sudo")), undefined);
  assert.equal(accountCommand(firstIn("addgroup app wheel")), undefined);
  assert.equal(accountCommand(firstIn("passwd app")), undefined);
});

test("the place of a number is just the number, attached, quoted or not", () => {
  for (const script of ["useradd -u 7 a", "useradd -mu7 a", 'useradd --uid="7" a', "useradd -u '7' a"]) {
    const { document, run } = runOf(script);
    const account = accountCommand(run.script.commands[0]!);
    const span = account && optionValueSpan(idOption(account)!);
    assert.equal(span && document.text.slice(span.start, span.end), "7", script);
  }
});

const memberships: readonly (readonly [script: string, user: string, groups: readonly string[]])[] = [
  ["usermod -aG sudo,docker app", "app", ["sudo", "docker"]],
  ["useradd -m -G wheel -g users app", "app", ["wheel", "users"]],
  ["adduser app sudo", "app", ["sudo"]],
  ["addgroup app wheel", "app", ["wheel"]],
  ["adduser -D -G wheel app", "app", ["wheel"]],
  ["adduser --ingroup sudo app", "app", ["sudo"]],
  ["gpasswd -a app docker", "app", ["docker"]],
  ["gpasswd --add app docker", "app", ["docker"]],
  ["gpasswd -d app docker", "app", []],
  ["adduser sudo", "sudo", []],
];

for (const [script, user, groups] of memberships) {
  test(`${script} adds to ${groups.join(" and ") || "no group"}`, () => {
    const found = membershipsOf(firstIn(script));
    assert.deepEqual(
      found.map(({ group }) => group),
      groups,
    );
    for (const one of found) assert.equal(one.user?.value, user);
  });
}

const passwords: readonly (readonly [script: string, kind: string | undefined])[] = [
  ["useradd -p '' a", "empty"],
  ["usermod --password= a", "empty"],
  ["usermod -p '*' a", "locked"],
  ["useradd -p '!!' a", "locked"],
  ["useradd -p '$6$salt$hash' a", "hash"],
  ["useradd -p tide9 a", "text"],
  ["useradd -p $(openssl passwd -1 tide9) a", "made"],
  ["useradd -p $(openssl passwd -1 -stdin) a", "unknown"],
  ["useradd -p `mkpasswd tide9` a", "made"],
  ['useradd -p "$(python3 -c \'import crypt; print(crypt.crypt("tide9"))\')" a', "made"],
  ['useradd -p "$HASH" a', "unknown"],
  ["useradd -m a", undefined],
];

for (const [script, kind] of passwords) {
  test(`${script} gives a password that is ${kind ?? "missing"}`, () => {
    const { run } = runOf(script);
    const command = run.script.commands.find((one) => one.program === "useradd" || one.program === "usermod");
    assert.ok(command);
    assert.equal(givenPassword(command, run.script)?.kind, kind);
  });
}

const bits: readonly (readonly [
  mode: string,
  setuid: boolean,
  setgid: boolean,
  without: string | undefined,
])[] = [
  ["4755", true, false, "0755"],
  ["06711", true, true, "00711"],
  ["2755", false, true, "0755"],
  ["u+s", true, false, undefined],
  ["+s", true, true, undefined],
  ["a+rxs,o-w", true, true, "a+rx,o-w"],
  ["g=rxs", false, true, "g=rx"],
  ["o+s", false, false, "o+s"],
  ["755", false, false, "755"],
];

for (const [mode, setuid, setgid, without] of bits) {
  test(`mode ${mode} sets ${setuid ? "setuid" : "no setuid"} and ${setgid ? "setgid" : "no setgid"}`, () => {
    const found = specialBits(mode);
    assert.deepEqual([found?.setuid, found?.setgid], [setuid, setgid]);
    if (setuid || setgid) assert.equal(found?.without, without);
  });
}

test("bits that are only taken away are told from those that are set", () => {
  for (const mode of ["a-s", "u-s,g-s", "ug-s"]) assert.equal(specialBits(mode)?.strips, true, mode);
  for (const mode of ["u+s,g-s", "755", "a-x"]) assert.equal(specialBits(mode)?.strips, false, mode);
  assert.equal(specialBits("u+q"), undefined);
});

const edits: readonly (readonly [script: string, replaced: boolean])[] = [
  ["sed -i 's/HERE/x/' f", true],
  ["sed -i 's/x/HERE/' f", false],
  ["sed -i 's|a/b|HERE|' f", false],
  ["sed -i 's#a\\#HERE#x#' f", true],
  ["sed -i -e '/HERE/d' f", true],
  ["sed -i '/x/a HERE' f", false],
  ["sed -i '$ a HERE' f", false],
  ["sed -i '1i\\HERE' f", false],
  ["sed -E -i '/^x/s/^/HERE/' f", false],
  ["echo HERE", false],
];

for (const [script, replaced] of edits) {
  test(`${script} ${replaced ? "looks for" : "writes"} the text`, () => {
    const { document, run } = runOf(script);
    const start = document.text.indexOf("HERE");
    assert.equal(isReplacedBySed(document, run, { start, end: start + 4 }), replaced);
  });
}

const starts: readonly (readonly [script: string, name: string | undefined])[] = [
  ["npm ci", "npm ci"],
  ["npm start", undefined],
  ["yarn", "yarn"],
  ["yarn --immutable", "yarn"],
  ["yarn --version", undefined],
  ["yarn serve", undefined],
  ["python3.12 -m pip install x", "pip install"],
  ["python3 -m http.server", undefined],
  ["pip3 install x", "pip3 install"],
  ["npx --no serve", undefined],
  ["npx serve", "npx"],
  ["git status", undefined],
  ["apt-get update", undefined],
  ["apt-get -y install x", "apt-get install"],
];

for (const [script, name] of starts) {
  test(`${script} fetches ${name === undefined ? "nothing" : "code"}`, () => {
    assert.equal(startFetch(firstIn(script))?.name, name);
  });
}

const severities: readonly (readonly [rule: string, source: string, severities: readonly string[]])[] = [
  ["chpasswd-used", "FROM a\nRUN echo a:b | chpasswd\n", ["high"]],
  ["chpasswd-used", "FROM a\nRUN echo a:$B | chpasswd\n", ["medium"]],
  ["chpasswd-used", "FROM a\nRUN chpasswd < f\n", ["medium"]],
  ["account-password-on-command-line", "FROM a\nRUN useradd -p '$6$a$b' c\n", ["medium"]],
  ["sudoers-nopasswd", "FROM a\nRUN echo 'a ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/a\n", ["high"]],
  ["sudoers-nopasswd", "FROM a\nRUN echo 'a ALL=(ALL) NOPASSWD: /x' > /etc/sudoers.d/a\n", ["medium"]],
  [
    "sudoers-nopasswd",
    "FROM mcr.microsoft.com/devcontainers/base:debian\nRUN echo 'a ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/a\n",
    ["low"],
  ],
  ["sudoers-nopasswd", "FROM a\nRUN adduser b sudo && adduser b docker\nUSER b\n", ["medium", "low"]],
  [
    "setuid-setgid-added",
    "FROM a\nRUN chmod 4755 /x && chmod 2755 /usr/bin/x && chmod g+s /x\n",
    ["high", "medium", "low"],
  ],
  ["setuid-setgid-added", "FROM a\nCOPY --chmod=2755 a /a\n", ["low"]],
  [
    "file-capabilities-set",
    "FROM a\nRUN setcap cap_setuid+ep /x; setcap cap_net_raw+ep /x\n",
    ["high", "medium"],
  ],
  ["file-capabilities-set", "FROM a\nRUN setcap cap_net_bind_service+ep /usr/bin/node\n", ["low"]],
  ["copy-chown-non-root-executable", "FROM a\nCOPY --chown=b x.sh /\nCOPY --chown=b . .\n", ["low", "info"]],
  [
    "world-writable-copy-chmod",
    "FROM a AS x\nCOPY --chmod=777 a /a\nFROM b\nCOPY --chmod=777 a /a\n",
    ["low", "medium"],
  ],
  ["entrypoint-script-world-writable-or-remote", "FROM a\nCMD npx -y b && npx b\n", ["medium", "low"]],
];

for (const [id, source, expected] of severities) {
  test(`${id} is ${expected.join(", ")}: ${source.split("\n").slice(1).join(" ").trim()}`, () => {
    const rule = rules.find((one) => one.id === id);
    assert.ok(rule);
    assert.deepEqual(
      findingsOf(rule, inputFor(rule, source)).map(({ severity }) => severity),
      expected,
    );
  });
}

test("what an account's own rule reports is not reported as a password in general as well", () => {
  const general = rules.find((one) => one.id === "inline-password-assignment-in-run");
  assert.ok(general);
  const source =
    "FROM debian:13\nRUN useradd --password=kraken-hunts-9 a && tool --password=kraken-hunts-9\n";
  assert.equal(findingsOf(general, inputFor(general, source)).length, 1);
});
