import assert from "node:assert/strict";
import test from "node:test";
import { parseCompose } from "../../../server/src/documents/compose/parse";
import { addFirstKey } from "../../../server/src/rules/shared/composeFirstKey";
import { applyEdits } from "../../../server/src/text/edit";

const cases: readonly (readonly [written: string, expected: string | undefined])[] = [
  ["  back: # note\n", "  back: # note\n    internal: true\n"],
  ["  back:\n      driver: bridge\n", "  back:\n      internal: true\n      driver: bridge\n"],
  ["  back: { driver: bridge }\n", "  back: { internal: true, driver: bridge }\n"],
  ["  back: ~\n", undefined],
  ["  back: {}\n", undefined],
  ["  back: &b\n", undefined],
];

for (const [written, expected] of cases)
  for (const lineBreak of ["\n", "\r\n"])
    test(`${JSON.stringify(written)} with ${JSON.stringify(lineBreak)}`, () => {
      const inFile = (networks: string): string =>
        `services:\n  a:\n    image: x:1\nnetworks:\n${networks}  front:\n`.replaceAll("\n", lineBreak);
      const text = inFile(written);
      const document = parseCompose(text);
      const back = document.networks[0];
      assert.ok(back !== undefined);
      const edit = addFirstKey(document, back.nameSpan, "internal", "true");
      assert.equal(edit === undefined ? undefined : applyEdits(text, [edit]), expected && inFile(expected));
    });
