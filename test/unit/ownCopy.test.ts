import assert from "node:assert/strict";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createAnalyser } from "../../server/src/engine/analyse";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { rules } from "../../server/src/rules";
import { ownCopy } from "../../server/src/text/ownCopy";

test("an own copy is the same text", () => {
  for (const text of ["", "a", "a text of more than thirteen units", "\ud83d half a pair, and more \u2028"])
    assert.equal(ownCopy(text), text);
});

test("what is remembered of a long file does not keep the file as it was before each edit", () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  const comment = `${"# nothing to see\n".repeat(150)}RUN true\n`.repeat(200);
  const analyse = createAnalyser();
  const check = (edits: number, name: string): number => {
    for (let edit = 0; edit < edits; edit++) {
      const lines = [
        `FROM registry.example.com/team/${name}-${edit}:1.2`,
        `ARG SETTING_OF_${name}_${edit}_TOKEN`,
        `COPY files-of-${name}-${edit} /opt/target/`,
        `RUN curl -fsSL https://example.com/${name}-${edit}.tar.gz | tar -xz`,
      ];
      // Written as bytes and read again, as a text that comes from an editor: one piece that nothing else holds.
      const text = Buffer.from(`${lines.join("\n")}\n${comment}`, "latin1").toString("latin1");
      analyse({
        ...{ kind: "dockerfile", text, rules, facts: unknownFacts("2026-01-01") },
        config: { ...defaultConfig, profile: "all" },
      });
    }
    gc();
    return process.memoryUsage().heapUsed;
  };
  // The first edits also fill what has a bound of its own: compiled code, and what is remembered by its text.
  const before = check(30, "first");
  const after = check(25, "second");
  assert.ok(after - before < 5 * comment.length, `${edits(after - before)} of 25 texts are still there`);

  function edits(bytes: number): number {
    return Math.round(bytes / comment.length);
  }
});
