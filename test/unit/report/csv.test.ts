import assert from "node:assert/strict";
import test from "node:test";
import { renderCsv } from "../../../server/src/report/csv";
import { fileWithMessage, resultWith, sample, troubled } from "./sample";

/** The records of a text as RFC 4180 defines them. */
function readCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    assert.ok(match, `no field at ${at}: ${text.slice(at, at + 40)}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

function rowsOf(text: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...records] = readCsv(text);
  return records.map((record) => {
    assert.equal(record.length, header!.length);
    return Object.fromEntries(record.map((value, index) => [header![index]!, value]));
  });
}

test("one row for each finding, each silenced one, and each thing that was not checked", () => {
  const rows = rowsOf(renderCsv(troubled));
  const counts = new Map<string, number>();
  for (const { status } of rows) counts.set(status!, (counts.get(status!) ?? 0) + 1);
  assert.deepEqual(
    [...counts],
    [
      ["finding", sample.files.flatMap((file) => file.findings).length],
      ["suppressed", 1],
      ["failure", 3],
      ["not checked", 4],
    ],
  );
  const silenced = rows.find(({ status }) => status === "suppressed");
  assert.deepEqual([silenced?.rule, silenced?.reason], ["sudo-in-run", "the image needs it"]);
});

test("a finding has its place, its fingerprint and its rule's page", () => {
  const row = rowsOf(renderCsv(sample)).find(({ rule }) => rule === "final-stage-user-root");
  assert.deepEqual(
    [row?.severity, row?.line, row?.column, row?.endLine, row?.endColumn],
    ["high", "6", "6", "6", "10"],
  );
  assert.match(row?.fingerprint ?? "", /^[0-9a-f]{16}$/);
  assert.match(row?.url ?? "", /\/final-stage-user-root\.md$/);
});

const hostile: readonly (readonly [string, string])[] = [
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "' =1"],
  ["\r=1", "␍=1"],
  ["＝1", "'＝1"],
  ["a;=1", "a;'=1"],
  ['"=1"', '"=1"'],
  ["a,b\nc", "a,b␊c"],
  ["a - b @ c", "a - b @ c"],
];

for (const [text, read] of hostile) {
  test(`${JSON.stringify(text)} is no formula and no new cell`, () => {
    const rows = rowsOf(renderCsv(resultWith([fileWithMessage(text, text)])));
    assert.equal(rows.length, 5);
    for (const row of rows) assert.deepEqual([row.message, row.path], [read, read]);
  });
}
