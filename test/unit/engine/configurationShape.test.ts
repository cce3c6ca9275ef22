import assert from "node:assert/strict";
import test from "node:test";
import { parseConfiguration } from "../../../server/src/engine/configuration";
import {
  alternatives,
  configurationShape,
  type Shape,
  shapesAt,
} from "../../../server/src/engine/configurationShape";
import { rules } from "../../../server/src/rules/index";

/** Every key of the shape with a text in which it stands, in flow style. */
function* keys(shape: Shape, wrap: (inner: string) => string): Generator<{ key: string; text: string }> {
  for (const one of alternatives(shape)) {
    if (one.items !== undefined) yield* keys(one.items, (inner) => wrap(`[${inner}]`));
    for (const [key, value] of Object.entries(one.properties ?? {})) {
      yield { key, text: wrap(`{ ${key}: null }`) };
      yield* keys(value, (inner) => wrap(`{ ${key}: ${inner} }`));
    }
  }
}

const all = [...keys({ ...configurationShape, properties: configurationShape.properties! }, (text) => text)];

test("the reader knows every key of the shape, and no other", () => {
  assert.ok(all.length > 25);
  const unknownKeys = (text: string): readonly string[] =>
    parseConfiguration(text, rules).issues.flatMap(({ message }) =>
      message.startsWith("There is no key") ? message : [],
    );
  for (const { key, text } of all) {
    // Below the name of a rule stands what that rule knows.
    const known = text.replace("{ severity: null }", '{ "*": { severity: null } }');
    if (key === "severity") continue;
    assert.deepEqual(unknownKeys(known), [], text);
    const wrong = text.replace(`{ ${key}: null }`, `{ ${key}x: null }`);
    assert.equal(unknownKeys(wrong).length, 1, wrong);
  }
});

test("every key says what it is for", () => {
  for (const { key, text } of all) {
    const path = [...text.matchAll(/[[{] ?(\w+)?/g)].map(([mark, name]) =>
      mark === "[" ? "-" : (name ?? "-"),
    );
    const said = shapesAt(path).some(({ description }) => description !== undefined);
    assert.ok(said || key === "severity", text);
  }
});
