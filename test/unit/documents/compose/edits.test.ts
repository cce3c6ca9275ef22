import assert from "node:assert/strict";
import test from "node:test";
import { addServiceKeys, appendToList, removeField } from "../../../../server/src/documents/compose/edits";
import { parseCompose } from "../../../../server/src/documents/compose/parse";
import { removeItem } from "../../../../server/src/documents/yaml/remove";
import { applyEdits, type TextEdit } from "../../../../server/src/text/edit";

function applied(text: string, edit: TextEdit | undefined): string | undefined {
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

function withKeys(text: string): string | undefined {
  const document = parseCompose(text);
  const service = document.services[0];
  assert.ok(service !== undefined);
  return applied(
    text,
    addServiceKeys(document, service, [
      { key: "cap_drop", items: ["ALL"] },
      { key: "init", value: "true" },
    ]),
  );
}

test("keys are added in the file's own style", () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      "services:\n  a:\n    image: x # why\n  # next\n  b:\n    image: y\n",
      "services:\n  a:\n    image: x # why\n    cap_drop:\n      - ALL\n    init: true\n  # next\n  b:\n    image: y\n",
    ],
    [
      "services:\n  a:\n    image: x",
      "services:\n  a:\n    image: x\n    cap_drop:\n      - ALL\n    init: true",
    ],
    [
      "services:\r\n  a:\r\n    image: x\r\n",
      "services:\r\n  a:\r\n    image: x\r\n    cap_drop:\r\n      - ALL\r\n    init: true\r\n",
    ],
    [
      "services:\n    a:\n        ports:\n        - 1:1\n",
      "services:\n    a:\n        ports:\n        - 1:1\n        cap_drop:\n        - ALL\n        init: true\n",
    ],
    ["services: { a: { image: x, } }\n", "services: { a: { image: x, cap_drop: [ALL], init: true, } }\n"],
    [
      "services:\n  a:\n    command: |+\n      x\n\n\n  b: {}\n",
      "services:\n  a:\n    command: |+\n      x\n\n\n    cap_drop:\n      - ALL\n    init: true\n  b: {}\n",
    ],
    [
      "services:\n  a:\n    ports:\n",
      "services:\n  a:\n    ports:\n    cap_drop:\n      - ALL\n    init: true\n",
    ],
  ];
  for (const [before, after] of cases) assert.equal(withKeys(before), after);
});

test("no key is added to an alias or an empty service", () => {
  assert.equal(withKeys("services:\n  a: *x\nx: 1\n"), undefined);
  assert.equal(withKeys("services:\n  a:\n"), undefined);
});

test("items are added to the list that is there", () => {
  const append = (text: string): string | undefined => {
    const document = parseCompose(text);
    const field = document.services[0]?.capAdd;
    assert.ok(field !== undefined);
    return applied(text, appendToList(document, field, "B"));
  };
  assert.equal(
    append("services:\n  a:\n    cap_add:\n    - A # x\n"),
    "services:\n  a:\n    cap_add:\n    - A # x\n    - B\n",
  );
  assert.equal(append("services:\n  a:\n    cap_add: [ A ]\n"), "services:\n  a:\n    cap_add: [ A, B ]\n");
  assert.equal(append("services:\n  a:\n    cap_add: []\n"), "services:\n  a:\n    cap_add: [B]\n");
  assert.equal(append("x: &x [A]\nservices:\n  a:\n    cap_add: *x\n"), undefined, "shared");
});

test("a key is removed with its lines, and neighbours keep their comments", () => {
  const remove = (text: string): string | undefined => {
    const document = parseCompose(text);
    const field = document.services[0]?.fields.get("pid");
    assert.ok(field !== undefined);
    return applied(text, removeField(document, field));
  };
  assert.equal(
    remove("services:\n  a:\n    # above\n    pid: host # own\n    # below\n    image: x\n"),
    "services:\n  a:\n    # above\n    # below\n    image: x\n",
  );
  assert.equal(remove("services:\n  a: { pid: host, image: x }\n"), "services:\n  a: { image: x }\n");
  assert.equal(remove("services:\n  a: { image: x, pid: host }\n"), "services:\n  a: { image: x }\n");
  assert.equal(remove("services:\n  a:\n    image: x\n    pid: host"), "services:\n  a:\n    image: x");
  assert.equal(remove("services:\n  a:\n    pid: host\n"), undefined, "the only key");
  assert.equal(
    remove("services:\n  a:\n    pid: &p host\n    image: x\n  b:\n    pid: *p\n"),
    undefined,
    "an anchor",
  );
});

test("an item is removed, and its key with the last one", () => {
  const remove = (list: string, index: number): string | undefined => {
    const text = `services:\n  a:\n    image: x\n    cap_add:${list}\n    init: true\n`;
    const document = parseCompose(text);
    const item = document.services[0]?.capAdd?.value[index];
    assert.ok(item !== undefined);
    const whole = applied(text, removeItem(document, item.node));
    return whole?.slice("services:\n  a:\n    image: x\n".length, -"    init: true\n".length);
  };
  assert.equal(remove("\n      - A # a\n      - B", 0), "    cap_add:\n      - B\n");
  assert.equal(remove("\n      - A\n      - B # b", 1), "    cap_add:\n      - A\n");
  assert.equal(remove(" [A, B, C]", 1), "    cap_add: [A, C]\n");
  assert.equal(remove(" [A, B]", 0), "    cap_add: [B]\n");
  assert.equal(remove(" [A]", 0), "");
  assert.equal(remove("\n      - A", 0), "");
});
