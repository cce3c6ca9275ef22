import assert from "node:assert/strict";
import test from "node:test";
import { parseConfiguration } from "../../../server/src/engine/configuration";
import {
  canBePath,
  newRepositoryIgnore,
  repositoryIgnoreEdit,
} from "../../../server/src/engine/repositoryIgnoreEdit";
import { rules } from "../../../server/src/rules/index";
import { applyEdits } from "../../../server/src/text/edit";

const rule = "sudo-in-run";

function added(text: string): string | undefined {
  const edit = repositoryIgnoreEdit(text, { rule });
  return edit && applyEdits(text, [edit]);
}

test("an exception is added in the layout that is there", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["", "ignore:\n  - rule: sudo-in-run\n"],
    ["profile: strict", "profile: strict\nignore:\n  - rule: sudo-in-run\n"],
    ["# ours\nprofile: strict\r\n", "# ours\nprofile: strict\r\nignore:\n  - rule: sudo-in-run\n"],
    ["ignore:\n", "ignore:\n  - rule: sudo-in-run\n"],
    ["ignore: []\n", "ignore: [{ rule: sudo-in-run }]\n"],
    ["ignore: [{ rule: curl-insecure }]\n", "ignore: [{ rule: sudo-in-run }, { rule: curl-insecure }]\n"],
    [
      "ignore:\n- rule: curl-insecure\n  reason: mirror # inside\n\n# below\nprofile: strict\n",
      "ignore:\n- rule: curl-insecure\n  reason: mirror # inside\n- rule: sudo-in-run\n\n# below\nprofile: strict\n",
    ],
    [
      "profile: strict\nignore:\n    - rule: curl-insecure",
      "profile: strict\nignore:\n    - rule: curl-insecure\n    - rule: sudo-in-run",
    ],
  ];
  for (const [text, expected] of cases) {
    assert.equal(added(text), expected);
    const { config, issues } = parseConfiguration(expected, rules);
    assert.deepEqual(issues, []);
    assert.ok(config.ignore.some((entry) => entry.rule === rule));
  }
});

test("a file of another shape is left alone", () => {
  for (const text of [
    "- a\n",
    "ignore: yes\n",
    "ignore: {a: b}\n",
    "a: 'x\n",
    "{ profile: strict }\n",
    "a: 1\n---\nb: 2\n",
  ]) {
    assert.equal(added(text), undefined, text);
  }
});

test("a new configuration does nothing but silence the rule", () => {
  const { config, issues } = parseConfiguration(newRepositoryIgnore({ rule }), rules);
  assert.deepEqual(issues, []);
  assert.deepEqual(
    config.ignore.map((entry) => [entry.rule, entry.path]),
    [[rule, "**"]],
  );
});

test("an exception for one file names it, and nothing else is silenced", () => {
  const silencing = { rule, path: "docker/daemon.json" };
  const texts = [
    newRepositoryIgnore(silencing),
    ...["", "ignore:\n", "ignore: []\n", "ignore:\n- rule: curl-insecure\n", "profile: strict\r\n"].map(
      (text) => {
        const edit = repositoryIgnoreEdit(text, silencing);
        assert.ok(edit, text);
        return applyEdits(text, [edit]);
      },
    ),
  ];
  for (const text of texts) {
    const { config, issues } = parseConfiguration(text, rules);
    assert.deepEqual(issues, [], text);
    assert.deepEqual(config.ignore.find((entry) => entry.rule === rule)?.path, silencing.path, text);
  }
});

test("a path in which a glob's signs stand is none that a configuration can name", () => {
  assert.equal(canBePath("docker/daemon.json"), true);
  for (const path of ["a*/daemon.json", "[a]/daemon.json", 'a"b/daemon.json', "a\nb/daemon.json", "!a", ""])
    assert.equal(canBePath(path), false, path);
});
