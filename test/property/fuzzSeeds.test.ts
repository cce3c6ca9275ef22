import assert from "node:assert/strict";
import test, { after } from "node:test";
import { checkText } from "../fuzz/checkText";
import { createDice } from "../fuzz/dice";
import { makeTextInput, textTargets } from "../fuzz/makeInput";
import { makeTraffic } from "../fuzz/makeTraffic";
import { keptSeeds } from "../fuzz/seeds";
import { shrink } from "../fuzz/shrink";
import { checkTraffic, trafficEnded } from "../fuzz/traffic";

after(trafficEnded);

for (const { name, input } of keptSeeds()) {
  test(`what the fuzzer has once found is right: ${name}`, async () => {
    if (input.target === "lsp") await checkTraffic(input);
    else checkText(input);
  });
}

for (const target of textTargets) {
  test(`${target}: a few made-up texts hold what the fuzzer looks for`, () => {
    for (let seed = 1; seed <= 5; seed++) checkText(makeTextInput(createDice(seed), target));
  });
}

test("a made-up session with the server ends in what a fresh check finds", async () => {
  await checkTraffic(makeTraffic(createDice(1)));
});

test("the same seed makes the same input", () => {
  for (const target of textTargets)
    assert.deepEqual(makeTextInput(createDice(7), target), makeTextInput(createDice(7), target));
  assert.deepEqual(makeTraffic(createDice(7)), makeTraffic(createDice(7)));
});

test("a failing input is made as small as it can be", async () => {
  const text = `FROM debian\n${"RUN true\n".repeat(20)}RUN a b c; broken here\n${"RUN true\n".repeat(20)}`;
  const small = await shrink(
    { target: "dockerfile", text, edits: [] },
    (input) => input.target !== "lsp" && input.text.includes("broken"),
  );
  assert.deepEqual(small, { target: "dockerfile", text: "broken", edits: [] });
});
