import assert from "node:assert/strict";
import test from "node:test";
import { isInProfile } from "../../../server/src/engine/levels";
import { rules } from "../../../server/src/rules/index";

const idsIn = (profile: Parameters<typeof isInProfile>[1]): ReadonlySet<string> =>
  new Set(rules.filter((rule) => isInProfile(rule, profile)).map((rule) => rule.id));

test("each profile holds what the one before it holds", () => {
  const [recommended, strict, all] = [idsIn("recommended"), idsIn("strict"), idsIn("all")];
  assert.ok(recommended.size > 0 && recommended.size < strict.size && strict.size < all.size);
  for (const id of recommended) assert.ok(strict.has(id), id);
  assert.equal(all.size, rules.length);
});

test("the hadolint profile says what hadolint says, and nothing that it has off or never said", () => {
  const hadolint = idsIn("hadolint");
  for (const id of ["unpinned-apt-package", "workdir-relative", "shell-form-cmd", "pipe-without-pipefail"])
    assert.ok(hadolint.has(id), id);
  for (const id of ["healthcheck-missing", "suppression-comment", "curl-pipe-shell", "compose-privileged"])
    assert.ok(!hadolint.has(id), id);
});
