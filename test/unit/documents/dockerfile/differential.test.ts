import assert from "node:assert/strict";
import test from "node:test";
import { DockerfileParser } from "dockerfile-ast";
import { parseDockerfile } from "../../../../server/src/documents/dockerfile/parse";
import { astDifferences, firstLineLooksLikeDirective, type Structure } from "./astDifferences";
import { buildkitStructures, sharedMissing } from "./sharedFiles";

function ourStructure(text: string): readonly Structure[] {
  return parseDockerfile(text).instructions.map(({ keywordSpan, startLine, endLine, flags }) => ({
    keyword: text.slice(keywordSpan.start, keywordSpan.end).toUpperCase(),
    start: startLine,
    end: endLine,
    flags: flags.map(({ name, value }) => `--${name}${value === undefined ? "" : `=${value}`}`),
  }));
}

interface WithFlags {
  getFlags?(): readonly { getName(): string; getValue(): string | null }[];
}

function theirStructure(text: string): readonly Structure[] {
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => ({
      keyword: instruction.getKeyword(),
      start: instruction.getRange().start.line,
      end: instruction.getRange().end.line,
      flags: ((instruction as WithFlags).getFlags?.() ?? []).map((flag) => {
        const value = flag.getValue();
        return `--${flag.getName()}${value === null ? "" : `=${value}`}`;
      }),
    }));
}

test("dockerfile-ast, the second opinion, differs only where a listed class explains it", {
  skip: sharedMissing,
}, () => {
  const found = new Map<string, number>();
  let equal = 0;
  for (const { name, text } of buildkitStructures()) {
    const ours = ourStructure(text);
    const theirs = theirStructure(text);
    const length = Math.max(ours.length, theirs.length);
    let same = true;
    for (let i = 0; i < length; i++) {
      if (JSON.stringify(ours[i]) === JSON.stringify(theirs[i])) continue;
      same = false;
      const difference = astDifferences.find((one) => one.explains(ours[i], theirs[i], text));
      assert.ok(difference, `${name}: ${JSON.stringify(ours[i])} against ${JSON.stringify(theirs[i])}`);
      found.set(difference.name, (found.get(difference.name) ?? 0) + 1);
      if (ours.length !== theirs.length) break;
    }
    if (same) equal++;
  }
  assert.deepEqual(
    new Set(found.keys()),
    new Set(astDifferences.map(({ name }) => name)),
    "a listed class is not met",
  );
  assert.ok(equal > 2_100, `only ${equal} files are equal`);
});

test("comments are where dockerfile-ast sees them", { skip: sharedMissing }, () => {
  for (const { name, text } of buildkitStructures()) {
    const document = parseDockerfile(text);
    const ours = document.comments.map(({ span }) => document.lines.at(span.start));
    const theirs = DockerfileParser.parse(text)
      .getComments()
      .map((comment) => ({
        line: comment.getRange().start.line,
        column: comment.getRange().start.character,
      }));
    if (ours[0]?.line === 0 && theirs[0]?.line !== 0 && firstLineLooksLikeDirective.test(text)) ours.shift();
    assert.deepEqual(ours, theirs, name);
  }
});
