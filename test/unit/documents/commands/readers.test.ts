import assert from "node:assert/strict";
import test from "node:test";
import { commandFormatOfPath, holdsCommands } from "../../../../server/src/documents/commands/format";
import type { CommandFormat } from "../../../../server/src/documents/commands/model";
import { parseCommands } from "../../../../server/src/documents/commands/parse";
import { applyEdits } from "../../../../server/src/text/edit";

/** Each command as its action, its options and its image, as they are understood. */
function read(text: string, format: CommandFormat = "shell"): readonly string[] {
  return parseCommands(text, format).commands.map(({ program, action, options, image, open }) => {
    const shown = options.map(
      ({ name, value }) => name + (value === undefined ? "" : `=${value.value ?? "?"}`),
    );
    return [
      program,
      action,
      ...shown,
      image?.value ?? (image === undefined ? "-" : "?"),
      ...(open ? ["open"] : []),
    ].join(" ");
  });
}

test("letters, clusters, attached values and other spellings", () => {
  assert.deepEqual(read("docker run -itd -p80:80 -v=/a:/b --net=host -u root --init=false app:1 -p x\n"), [
    "docker run interactive tty detach publish=80:80 volume=/a:/b network=host user=root init=false app:1",
  ]);
  assert.deepEqual(read("docker -H ssh://a --context=b container run --rm app:1\n"), ["docker run rm app:1"]);
  assert.deepEqual(read("podman image build -t x . && nerdctl -n k8s exec -it web sh\n"), [
    "podman build tag=x .",
    "nerdctl exec interactive tty web",
  ]);
  assert.deepEqual(
    read("docker compose -f a.yml run --rm -e A=b web\ndocker-compose exec -T -u 0 web sh\n"),
    ["docker run rm env=A=b web", "docker-compose exec no-tty user=0 web"],
  );
  assert.deepEqual(
    read("docker swarm init --autolock\ndockerd -H fd://\ndocker volume create x\ndocker ps\n"),
    ["docker swarm-init autolock -", "dockerd daemon host=fd:// -"],
  );
});

test("wrappers, substitutions, functions, strings of other shells and variables for the engine", () => {
  assert.deepEqual(
    read("sudo -E docker run a:1\nf() { id=$(docker run -d b:1); }\nsh -c 'docker run c:1'\n"),
    ["docker run a:1", "docker run detach b:1", "docker run c:1"],
  );
  assert.deepEqual(
    read('$SUDO docker run a:1\n"$CONTAINER_ENGINE" run b:1\n${DOCKER:-docker} run c:1\n$RUNNER run d:1\n'),
    ["docker run a:1", "docker run b:1", "docker run c:1"],
  );
});

test("words that may hold options are told from the image", () => {
  assert.deepEqual(read('docker run $OPTS --rm "${ARGS[@]}" app:1 -x\n'), ["docker run rm app:1 open"]);
  assert.deepEqual(read('docker run --rm "$IMAGE" --rm\ndocker run "$@" app:1\n'), [
    "docker run rm ?",
    "docker run app:1 open",
  ]);
});

test("a Makefile: prefixes, two dollars, continued lines, variables, define, one shell for all", () => {
  const text =
    "RUN := docker run --rm \\\n\t-it a:1\nX = $(shell docker run b:1)\n# docker run no:1\nup:\n\t@-docker run -e A=$$B \\\n\t\t$(OPTS) c:1\n\techo docker run no:1\n" +
    "define go\ndocker run d:1\nendef\n";
  assert.deepEqual(read(text, "makefile"), [
    "docker run rm interactive tty a:1",
    "docker run b:1",
    "docker run env=? c:1 open",
    "docker run d:1",
  ]);
  assert.deepEqual(read(".RECIPEPREFIX = >\nup:\n>docker run a:1\n\tdocker run no:1\n", "makefile"), [
    "docker run a:1",
  ]);
  assert.deepEqual(read(".ONESHELL:\nup:\n\tif true; then\n\tdocker run a:1\n\tfi\n", "makefile"), [
    "docker run a:1",
  ]);
});

test("a workflow: other shells, expressions, containers of jobs, actions of one's own", () => {
  const text =
    "jobs:\n  a:\n    container: { image: 'node:22', options: --user root, volumes: ['/a:/b'] }\n    services:\n      db:\n        image: postgres:17\n        options: >-\n          --health-cmd pg_isready\n          --privileged\n" +
    "    steps:\n      - run: docker run ${{ env.IMAGE }} --rm\n      - shell: python\n        run: docker run no:1\n      - shell: pwsh\n        run: docker run pw:1\n      - run: |\n          docker run \\\n            --rm a:1\n" +
    "  win:\n    runs-on: windows-2025\n    steps:\n      - run: docker run win:1\n      - shell: cmd\n        run: docker run no:1\n      - shell: bash\n        run: docker run b:1\n";
  assert.deepEqual(read(text, "workflow"), [
    "docker create user=root volume=/a:/b node:22 open",
    "docker create health-cmd=pg_isready privileged postgres:17 open",
    "docker run ?",
    "docker run pw:1",
    "docker run rm a:1",
    "docker run win:1",
    "docker run b:1",
  ]);
  assert.deepEqual(
    read("runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: docker run a:1\n", "workflow"),
    ["docker run a:1"],
  );
});

test("a GitLab pipeline: defaults, templates, lists within lists, aliases once", () => {
  const text =
    "default:\n  before_script: [docker login -u a registry]\n.t: &t\n  script:\n    - &s docker run a:1\n    - [docker run b:1, *s]\njob:\n  <<: *t\n  variables: { A: docker run no:1 }\n  after_script: docker run c:1\n";
  assert.deepEqual(read(text, "gitlab"), [
    "docker login username=a registry",
    "docker run a:1",
    "docker run b:1",
    "docker run c:1",
  ]);
});

test("a development container: keys, arguments, mounts, build, hooks", () => {
  const text =
    '// c\n{ "build": { "args": { "A": "b" }, "options": ["--network=host"] }, "runArgs": ["-p", "80:80", "--init",],\n' +
    '"capAdd": ["SYS_PTRACE"], "mounts": [{ "type": "bind", "source": "/a", "target": "/b" }], "privileged": false,\n' +
    '"postCreateCommand": { "x": "docker run a:1", "y": ["docker", "run", "b:1"] } }\n';
  assert.deepEqual(read(text, "devcontainer"), [
    "docker run publish=80:80 init cap-add=SYS_PTRACE mount=type=bind,source=/a,target=/b - open",
    "docker build build-arg=A=b network=host - open",
    "docker run a:1",
    "docker run b:1",
  ]);
  assert.deepEqual(read('{ "privileged": true, "runArgs": [', "devcontainer"), [
    "docker run privileged - open",
  ]);
});

test("Markdown: fences with a shell's name or that begin with a command, sessions, placeholders", () => {
  const text =
    "Run `docker run no:1`.\n\n```sh\n# docker run no:1\ndocker run a:1\n```\n\n1. x\n   ```console\n   user@host:~/a$ docker run \\\n     --rm b:1\n   docker run no:1\n   ```\n\n" +
    "~~~~\ndocker run -e A=<your name> <image>\n~~~\n~~~~\n```yaml\ndocker run no:1\n```\n```\nsome docker run no:1\n```\n    docker run no:1\n```bash\ndocker run no:1 without an end\n";
  assert.deepEqual(read(text, "markdown"), ["docker run a:1", "docker run rm b:1", "docker run env=? ?"]);
});

test("what cannot be read is said where it is a script, and only there", () => {
  const broken = "docker run a:1\nif true; then\n";
  assert.equal(parseCommands(broken, "shell").problems[0]?.effect, "unchecked");
  assert.deepEqual(parseCommands("if true; then\n", "shell").problems, []);
  assert.deepEqual(parseCommands(`\`\`\`sh\n${broken}\`\`\`\n`, "markdown").problems, []);
  const many = parseCommands("docker run a:1\n".repeat(6000), "shell");
  assert.match(many.problems.at(-1)?.message ?? "", /the rest is not read/);
});

test("formats by name", () => {
  const names: readonly (readonly [string, CommandFormat | undefined])[] = [
    ["deploy.sh", "shell"],
    ["C:\\x\\Deploy.BASH", "shell"],
    ["hack/release", "shell"],
    ["src/release", undefined],
    ["Makefile", "makefile"],
    ["build/common.mk", "makefile"],
    [".github/workflows/ci.yml", "workflow"],
    ["workflows/ci.yml", undefined],
    ["setup/action.yaml", "workflow"],
    [".gitlab-ci.yml", "gitlab"],
    ["ci/deploy.gitlab-ci.yml", "gitlab"],
    [".gitlab/ci/test.yml", "gitlab"],
    [".devcontainer/go/devcontainer.json", "devcontainer"],
    ["README.md", "markdown"],
    ["notes.txt", undefined],
    ["ci.yml", undefined],
  ];
  assert.deepEqual(
    names.map(([name]) => [name, commandFormatOfPath(name)]),
    names.map((pair) => [...pair]),
  );
});

test("files without a command of an engine are none of ours", () => {
  assert.ok(holdsCommands("a.sh", "shell", "docker \\\n  run a:1\n"));
  assert.ok(holdsCommands("a.sh", "shell", "sudo docker --context prod container run a:1\n"));
  assert.ok(!holdsCommands("a.sh", "shell", "# installs docker\napt-get install docker.io\n"));
  assert.ok(!holdsCommands("bin/a", "shell", "#!/usr/bin/env python3\n'docker run a:1'\n"));
  assert.ok(holdsCommands("bin/a", "shell", "#!/bin/bash\ndocker run a:1\n"));
  assert.ok(!holdsCommands("README.md", "markdown", "# Docker\n\nRuns in Docker.\n"));
});

test("a mount of a job's container is taken away with its line, the last one with its key", () => {
  const removed = (volumes: string): string => {
    const text = `jobs:\n  a:\n    container:\n      image: app:1\n${volumes}    steps: []\n`;
    const [mount] = parseCommands(text, "workflow").commands[0]?.options ?? [];
    assert.ok(mount);
    const start = text.indexOf("app:1\n") + "app:1\n".length;
    return applyEdits(text, mount.removal).slice(start).replace("    steps: []\n", "");
  };
  assert.equal(
    removed("      volumes:\n        - /a:/a # why\n        - /b:/b\n"),
    "      volumes:\n        - /b:/b\n",
  );
  assert.equal(removed("      volumes:\n        - /a:/a\n"), "");
  assert.equal(removed("      volumes: [/a:/a, '/b:/b']\n"), "      volumes: ['/b:/b']\n");
});
