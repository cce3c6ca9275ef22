import assert from "node:assert/strict";
import test from "node:test";
import { readOne, values } from "./reading";

const cases: readonly (readonly [text: string, wrappers: string, command: string])[] = [
  ["sudo apt-get update", "sudo", "apt-get update"],
  ["sudo -E -u app -H A=b pip install x", "sudo", "pip install x"],
  ["sudo --user=app -- ls -l", "sudo", "ls -l"],
  ["sudo --user app ls", "sudo", "ls"],
  ["sudo -uapp ls", "sudo", "ls"],
  ['env -u E A=b C="$d" curl x', "env", "curl x"],
  ["env -i A=b curl -k x", "env", "curl -k x"],
  ["env - curl", "env", "curl"],
  ["exec -a name gosu app server --flag", "exec gosu", "server --flag"],
  ["su-exec app:app server", "su-exec", "server"],
  ["command -p ls", "command", "ls"],
  ["nice -n 10 ionice -c3 nohup make", "nice ionice nohup", "make"],
  ["timeout -s KILL --preserve-status 5m curl x", "timeout", "curl x"],
  ["xargs -0 -n 1 -I {} rm -rf {}", "xargs", "rm -rf {}"],
  ["busybox wget -q x", "busybox", "wget -q x"],
  ["/usr/bin/dumb-init -- /app/run", "/usr/bin/dumb-init", "/app/run"],
  ["tini -g -- nginx", "tini", "nginx"],
  ["runuser -u app -- server", "runuser", "server"],
  ["setpriv --reuid=1 --clear-groups server", "setpriv", "server"],
  ["flock -w 3 /lock apt-get update", "flock", "apt-get update"],
  ["doas -u app ls", "doas", "ls"],
  ["/usr/bin/time -v make", "/usr/bin/time", "make"],
];

for (const [text, wrappers, command] of cases) {
  test(`unwraps: ${text}`, () => {
    const { unwrapped } = readOne(text);
    assert.equal(values(unwrapped.wrappers).join(" "), wrappers);
    assert.equal(values([unwrapped.name!, ...unwrapped.arguments]).join(" "), command);
  });
}

for (const text of [
  "command -v curl",
  "sudo -l",
  "env",
  "exec >log",
  "busybox --install -s",
  "runuser app",
  "timeout 5",
  "env -S 'a b'",
  "curl -k x",
]) {
  test(`leaves as it is: ${text}`, () => {
    const command = readOne(text);
    assert.deepEqual(command.unwrapped.wrappers, []);
    assert.equal(command.unwrapped.program, command.program);
    assert.equal(command.unwrapped.arguments, command.arguments);
  });
}

test("takes off no more wrappers than its bound", () => {
  const { unwrapped } = readOne(`${"sudo ".repeat(50)}ls`);
  assert.equal(unwrapped.wrappers.length, 10);
  assert.equal(unwrapped.program, "sudo");
});
