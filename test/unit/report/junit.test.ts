import assert from "node:assert/strict";
import test from "node:test";
import { parser } from "sax";
import { renderJunit } from "../../../server/src/report/junit";
import { auditedFile, fileWithMessage, hostilePath, resultWith, sample, troubled } from "./sample";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads XML strictly: a character, an entity or a tag that is wrong throws. */
function readXml(text: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const reader = parser(true);
  reader.onerror = (error) => {
    throw error;
  };
  reader.onopentag = ({ name, attributes }) => {
    const element: Element = { name, attributes, children: [], text: "" };
    open.at(-1)!.children.push(element);
    open.push(element);
  };
  reader.ontext = (part) => (open.at(-1)!.text += part);
  reader.onclosetag = () => open.pop();
  reader.write(text).close();
  // The parser lets pass what XML 1.0 forbids in any form.
  assert.doesNotMatch(text, /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  assert.equal(root.children.length, 1);
  return root.children[0]!;
}

/** What the schema that Jenkins checks with, junit-10.xsd, allows of what we write; `!` marks what it requires. */
const allowed: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: { attributes: ["name", "tests", "failures", "errors"], children: ["testsuite"] },
  testsuite: {
    attributes: ["name!", "tests!", "failures!", "errors!", "skipped", "file"],
    children: ["testcase"],
  },
  testcase: { attributes: ["name!", "classname"], children: ["skipped", "error", "failure"] },
  failure: { attributes: ["type", "message"], children: [] },
  error: { attributes: ["type", "message"], children: [] },
  skipped: { attributes: ["type", "message"], children: [] },
};

function checkSchema(element: Element): void {
  const rule = allowed[element.name];
  assert.ok(rule, element.name);
  const names = Object.keys(element.attributes);
  for (const name of names)
    assert.ok(
      rule.attributes.some((one) => one.replace("!", "") === name),
      name,
    );
  for (const one of rule.attributes) if (one.endsWith("!")) assert.ok(names.includes(one.slice(0, -1)), one);
  for (const child of element.children) {
    assert.ok(rule.children.includes(child.name), `${child.name} in ${element.name}`);
    checkSchema(child);
  }
}

function outcomes(suite: Element): readonly string[] {
  return suite.children.map((entry) => entry.children[0]?.name ?? "passed");
}

test("is within the schema, and its counts are right", () => {
  for (const result of [sample, troubled, resultWith([])]) {
    const root = readXml(renderJunit(result));
    checkSchema(root);
    const all = root.children.flatMap(outcomes);
    for (const [holder, list] of [
      [root, all],
      ...root.children.map((suite) => [suite, outcomes(suite)] as const),
    ] as const) {
      const count = (name: string) => String(list.filter((outcome) => outcome === name).length);
      assert.deepEqual(
        [holder.attributes.tests, holder.attributes.failures, holder.attributes.errors],
        [String(list.length), count("failure"), count("error")],
      );
      if (holder.name === "testsuite") assert.equal(holder.attributes.skipped, count("skipped"));
    }
  }
});

test("a file is a suite, a finding a failure, a silenced one is skipped, and a clean file passes", () => {
  const [hostile, clean] = readXml(renderJunit(sample)).children;
  assert.ok(hostile !== undefined && clean !== undefined);
  assert.ok(hostile.attributes.name?.includes("<script>alert(1)</script>\"'&"));
  assert.ok(outcomes(hostile).includes("skipped"));
  const user = hostile.children.find(({ attributes }) =>
    attributes.name?.startsWith("final-stage-user-root: "),
  );
  const failure = user?.children[0];
  assert.equal(failure?.attributes.type, "high");
  assert.match(failure.text, /Dockerfile:6:6\nhigh: .+\n6 \| USER root\n/);
  assert.deepEqual([clean.attributes.name, outcomes(clean)], ["clean/Dockerfile", ["passed"]]);
});

test("what failed or was not read is an error, what one rule could not tell is skipped", () => {
  const suites = new Map(
    readXml(renderJunit(troubled)).children.map((suite) => [suite.attributes.name, outcomes(suite)]),
  );
  for (const path of ["latin/Dockerfile", "linked/Dockerfile", "x/Dockerfile", "plimsoll.yaml", "plimsoll"])
    assert.deepEqual(suites.get(path), ["error"], path);
  assert.deepEqual(suites.get("folder-that-is-closed"), ["error"]);
  assert.deepEqual(suites.get("clean/Dockerfile"), ["skipped"]);
});

test("tests have names of their own that do not change when lines move", () => {
  const text = "FROM busybox:1.37\nADD a.py /a.py\nADD b.py /b.py\nUSER 1\n";
  const names = (content: string) =>
    readXml(renderJunit(resultWith([auditedFile("Dockerfile", content)]))).children.flatMap((suite) =>
      suite.children.map(({ attributes }) => attributes.name),
    );
  const before = names(text);
  assert.equal(before.length, 2);
  assert.equal(new Set(before).size, 2);
  assert.deepEqual(names(`# a comment\n${text}`), before);
});

test("what XML cannot write is made visible", () => {
  const message = "a\u0000b\u001b[2Jc\ufffed\uffffe\ud800f]]>&#0;<!--";
  const root = readXml(renderJunit(resultWith([fileWithMessage(hostilePath, message)])));
  const [failure] = root.children[0]?.children[0]?.children ?? [];
  assert.equal(failure?.attributes.message, "critical: a␀b␛[2Jc\ufffdd\ufffde\ufffdf]]>&#0;<!--");
});
