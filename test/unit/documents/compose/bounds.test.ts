import assert from "node:assert/strict";
import test from "node:test";
import { parseCompose } from "../../../../server/src/documents/compose/parse";
import { maxServices } from "../../../../server/src/limits";

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("");
}

const tooMany = "Too many keys are inherited to follow them all";

test("a thousand honest merges are followed", () => {
  const anchor = `x-a: &a\n${times(20, (i) => `  k${i}: v\n`)}`;
  const document = parseCompose(
    `${anchor}services:\n${times(1_000, (i) => `  s${i}:\n    <<: *a\n    image: x\n`)}`,
  );
  assert.deepEqual(document.problems, []);
  assert.ok(document.services.every((service) => service.fields.size === 21 && service.complete));
});

test("ten thousand aliases are read, and of fifty thousand services as many as are looked at", () => {
  const aliases = parseCompose(
    `x-a: &a A\nservices:\n  web:\n    cap_add:\n${"      - *a\n".repeat(10_000)}`,
  );
  assert.equal(aliases.services[0]?.capAdd?.value.length, 10_000);
  const { services, problems } = parseCompose(
    `services:\n${times(50_000, (i) => `  s${i}: { image: x }\n`)}`,
  );
  assert.equal(services.length, maxServices);
  assert.deepEqual(
    problems.map(({ message, effect }) => [message, effect]),
    [[`Only the first ${maxServices} services are looked at`, "unchecked"]],
  );
});

test("aliases of aliases of aliases cost what they weigh in the text", () => {
  const layers = times(40, (i) =>
    i === 0
      ? "a0: &a0 { x: 1 }\n"
      : `a${i}: &a${i} { p: *a${i - 1}, q: *a${i - 1}, <<: [*a${i - 1}, *a${i - 1}] }\n`,
  );
  const document = parseCompose(
    `${layers}services:\n  web:\n    image: x\n    environment: *a39\n    labels: *a39\n`,
  );
  assert.deepEqual(
    document.services[0]?.environment.map((one) => one.name),
    ["p", "q", "x"],
  );
});

test("what would grow with the product of two sizes is cut, and said to be", () => {
  const products = [
    `x-a: &a\n${times(2_000, (i) => `  k${i}: v\n`)}services:\n${times(2_000, (i) => `  s${i}: { environment: *a, image: x }\n`)}`,
    `x-a: &a\n${times(2_000, (i) => `  - k${i}:/v\n`)}services:\n${times(2_000, (i) => `  s${i}: { volumes: *a, image: x }\n`)}`,
    `x-a: &a\n${times(2_000, (i) => `  k${i}: v\n`)}services:\n${times(2_000, (i) => `  s${i}: { <<: *a, image: x }\n`)}`,
  ];
  for (const text of products) {
    const document = parseCompose(text);
    assert.deepEqual(
      document.problems.map((problem) => [problem.message, problem.effect]),
      [[tooMany, "unchecked"]],
    );
    assert.equal(document.services.at(-1)?.complete, false, "absence is not to be judged there");
  }
});

test("long chains of merges and of extends end", () => {
  const merges = times(5_000, (i) =>
    i === 0 ? "x-0: &a0 { x: 1 }\n" : `x-${i}: &a${i} { <<: *a${i - 1} }\n`,
  );
  const document = parseCompose(`${merges}services:\n  web: *a4999\n`);
  assert.equal(document.services.length, 1);
  const chain = parseCompose(`services:\n${times(maxServices, (i) => `  s${i}: { extends: s${i + 1} }\n`)}`);
  assert.equal(chain.services.length, maxServices);
  assert.equal(chain.services[0]?.complete, false);
});
