import assert from "node:assert/strict";
import test from "node:test";
import type { EffectiveUser } from "../../../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../../../server/src/documents/dockerfile/parse";

function userText(user: EffectiveUser | undefined): string {
  if (user === undefined) return "no stage";
  return user.source === "instruction" ? user.user.text : `of ${user.base?.text ?? "nothing"}`;
}

test("stages are found by name in any case, and FROM never takes an index", () => {
  const { stages, finalStage } = parseDockerfile("FROM a:1 AS Base\nFROM BASE AS next\nFROM 0\nFROM next\n");
  assert.deepEqual(
    stages.map(({ parent }) => parent?.index),
    [undefined, 0, undefined, 1],
  );
  assert.deepEqual(
    stages.map(({ name }) => name),
    ["Base", "next", undefined, undefined],
  );
  assert.deepEqual(
    stages.map(({ base }) => base?.text),
    ["a:1", "a:1", "0", "a:1"],
  );
  assert.equal(finalStage?.index, 3);
});

test("a stage cannot be built from itself or a later one", () => {
  const { stages } = parseDockerfile("FROM b AS a\nFROM a AS b\nFROM b AS b\n");
  assert.deepEqual(
    stages.map(({ parent }) => parent?.index),
    [undefined, 0, 1],
  );
});

test("images, scratch and what is neither", () => {
  const targets = parseDockerfile("FROM a\nFROM scratch\nFROM $X\nFROM A B\nFROM -bad-\nFROM\n").stages;
  assert.deepEqual(
    targets.map(({ from }) => from.image?.target.kind),
    ["image", "scratch", "unknown", "unknown", "unknown", undefined],
  );
});

test("the effective user goes through FROM chains", () => {
  const users = (text: string) => parseDockerfile(text).stages.map((stage) => userText(stage.effectiveUser));
  assert.deepEqual(users("FROM a AS x\nUSER u\nFROM x\nFROM x\nUSER 0\nUSER v:w\nFROM b\nONBUILD USER z\n"), [
    "u",
    "u",
    "v:w",
    "of b",
  ]);
});

test("the name of a user is known without its group", () => {
  const name = (user: string) => {
    const instruction = parseDockerfile(`FROM a\nARG N=app\nUSER ${user}`).instructions[2]!;
    const value = instruction.keyword === "USER" ? instruction.user?.name : undefined;
    return value?.state === "known" ? value.value : value?.variables;
  };
  assert.equal(name("root:root"), "root");
  assert.equal(name("${N}:$GID"), "app");
  assert.equal(name("${U:-x}:$GID"), "x");
  assert.deepEqual(name("$UID:$GID"), ["UID"]);
});

test("the state is known at every point of a stage", () => {
  const text = [
    "FROM a AS p",
    "ENV A=1",
    "WORKDIR /srv",
    'SHELL ["bash", "-c"]',
    "FROM p",
    "ENV A=2",
    "WORKDIR app",
    "USER u",
    'SHELL ["sh"]',
    "ARG B",
  ].join("\n");
  const stage = parseDockerfile(text).finalStage!;
  const summary = [0, 1, 2, 3, 4, 5, 6, 99].map((position) => {
    const { user, workdir, shell, environment } = stage.stateAt(position);
    const a = environment.get("A");
    return [
      userText(user),
      workdir?.state === "known" && workdir.value,
      shell?.[0],
      a?.state === "known" && a.value,
      environment.has("B"),
    ];
  });
  assert.deepEqual(summary, [
    ["of a", "/srv", "bash", "1", false],
    ["of a", "/srv", "bash", "1", false],
    ["of a", "/srv", "bash", "2", false],
    ["of a", "/srv/app", "bash", "2", false],
    ["u", "/srv/app", "bash", "2", false],
    ["u", "/srv/app", "sh", "2", false],
    ["u", "/srv/app", "sh", "2", true],
    ["u", "/srv/app", "sh", "2", true],
  ]);
  const { environment } = stage.stateAt(99);
  assert.deepEqual(
    [...environment],
    [
      ["B", { state: "unknown", variables: ["B"] }],
      ["A", { state: "known", value: "2" }],
    ],
  );
  assert.equal(environment.size, 2);
});

test("a relative WORKDIR on a base image's own is unknown", () => {
  assert.deepEqual(parseDockerfile("FROM a\nWORKDIR app").finalStage!.stateAt(9).workdir, {
    state: "unknown",
    variables: [],
  });
});

test("CMD and ENTRYPOINT are inherited, but a new ENTRYPOINT drops an inherited CMD", () => {
  const { stages } = parseDockerfile(
    'FROM a AS x\nCMD ["c"]\nENTRYPOINT ["e"]\nFROM x\nFROM x\nENTRYPOINT ["f"]\nFROM x\nCMD d\n',
  );
  const text = (index: number) => [
    stages[index]?.command?.words[0]?.value,
    stages[index]?.entrypoint?.words[0]?.value,
  ];
  assert.deepEqual([0, 1, 2, 3].map(text), [
    ["c", "e"],
    ["c", "e"],
    [undefined, "f"],
    ["d", "e"],
  ]);
});

test("Windows is told by image, tag, platform, or the escape directive with a Windows shell", () => {
  const os = (text: string) => parseDockerfile(text).finalStage?.os;
  assert.equal(os("FROM mcr.microsoft.com/windows/servercore:ltsc2022"), "windows");
  assert.equal(os("FROM golang:1.22-nanoserver-1809"), "windows");
  assert.equal(os("FROM mcr.microsoft.com/windows/nanoserver:$V AS a\nFROM a"), "windows");
  assert.equal(os("FROM --platform=windows/amd64 x"), "windows");
  assert.equal(os("FROM --platform=linux/amd64 x"), "linux");
  assert.equal(os('# escape=`\nFROM x\nSHELL ["powershell"]'), "windows");
  assert.equal(os("# escape=`\nFROM x"), "linux");
  assert.equal(os("FROM mcr.microsoft.com/dotnet/sdk:8.0"), "linux");
});

test("instructions know their stage, and lines before the first FROM have none", () => {
  const { instructions, globalArgs } = parseDockerfile("ARG A\nFROM a\nRUN x\nFROM b\nUSER c\n");
  assert.deepEqual(
    instructions.map(({ stageIndex }) => stageIndex),
    [-1, 0, 0, 1, 1],
  );
  assert.equal(globalArgs.length, 1);
});

test("a chain of thousands of stages is followed without recursion", () => {
  const text = Array.from({ length: 9_000 }, (_, i) => `FROM ${i === 0 ? "a" : `s${i - 1}`} AS s${i}\n`).join(
    "",
  );
  const { finalStage } = parseDockerfile(text);
  assert.equal(userText(finalStage?.effectiveUser), "of a");
});

test("stages beyond the limit are said to be unchecked", () => {
  const { stages, problems } = parseDockerfile("FROM a\n".repeat(10_001));
  assert.equal(stages.length, 10_000);
  assert.deepEqual(
    problems.map(({ effect }) => effect),
    ["unchecked"],
  );
});
