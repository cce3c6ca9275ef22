import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { AppliedFix } from "../../server/src/engine/fix";
import { type Build, buildImage } from "./buildImage";
import type { BuildCase } from "./cases";
import { differencesOf } from "./differences";
import { fixFolder } from "./fixCase";
import { builderRoot } from "./folders";

export interface Result {
  readonly testCase: BuildCase;
  readonly applied: readonly AppliedFix[];
  /** Whether a fix has changed anything, so that two builds were compared. */
  readonly changed: boolean;
  readonly differences: readonly string[];
  /** What is not as the case says, in words. */
  readonly faults: readonly string[];
}

/** Builds a case as it is and fixed, and compares the images with each other and with what the case expects. */
export async function runCase(testCase: BuildCase): Promise<Result> {
  try {
    return await compareBuilds(testCase);
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { testCase, applied: [], changed: false, differences: [], faults: [fault] };
  }
}

async function compareBuilds(testCase: BuildCase): Promise<Result> {
  const work = `/var/tmp/cases/${testCase.name}`;
  rmSync(path.join(builderRoot, work), { recursive: true, force: true });
  for (const side of ["before", "after"]) copyContext(testCase, path.join(builderRoot, work, side));
  const texts = (): readonly string[] =>
    ["before", "after"].map((side) => readFileSync(path.join(builderRoot, work, side, "Dockerfile"), "utf8"));
  const applied = await fixFolder(path.join(builderRoot, work, "after"), testCase.unsafe, testCase.fills);
  const [old, now] = texts();
  const changed = old !== now || applied.some(({ creates }) => creates !== undefined);
  const [before, after] = await Promise.all([
    buildImage(testCase, `${work}/before`, `${testCase.name}:before`),
    changed ? buildImage(testCase, `${work}/after`, `${testCase.name}:after`) : undefined,
  ]);
  const differences =
    before.state === "built" && after?.state === "built" ? differencesOf(before.image, after.image) : [];
  rmSync(path.join(builderRoot, work), { recursive: true, force: true });
  return {
    testCase,
    applied,
    changed,
    differences,
    faults: [
      ...testCase.applied
        .filter((id) => !applied.some(({ rule }) => rule === id))
        .map((id) => `no fix of ${id} was applied`),
      ...(changed || testCase.applied.length === 0 ? [] : ["the fixes change nothing"]),
      ...stateFaults("before the fix", before, testCase.fails.before),
      ...(after ? stateFaults("after the fix", after, testCase.fails.after) : []),
      ...startFaults(before, testCase.prints),
      ...listFaults(testCase.differences, differences),
    ],
  };
}

function copyContext({ folder }: BuildCase, target: string): void {
  mkdirSync(path.dirname(target), { recursive: true });
  cpSync(folder, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => path.relative(folder, source) !== "case.json",
  });
}

function stateFaults(when: string, build: Build, failure: string | undefined): readonly string[] {
  if (build.state === "built")
    return failure === undefined ? [] : [`${when} it builds, but should fail with: ${failure}`];
  if (failure === undefined)
    return [`${when} the build fails:\n${build.log.trimEnd().split("\n").slice(-12).join("\n")}`];
  return build.log.includes(failure)
    ? []
    : [`${when} the build fails, but without saying: ${failure}\n${build.log.slice(-1_500)}`];
}

function startFaults(build: Build, prints: string | undefined): readonly string[] {
  if (prints === undefined || build.state !== "built") return [];
  const status = build.image.started.get("Exit status");
  const output = build.image.started.get("Output");
  return status === "0" && output === JSON.stringify(prints)
    ? []
    : [`before the fix it ends with ${status} and prints ${output}`];
}

function listFaults(expected: readonly string[], actual: readonly string[]): readonly string[] {
  return [
    ...actual.filter((line) => !expected.includes(line)).map((line) => `unexpected difference: ${line}`),
    ...expected.filter((line) => !actual.includes(line)).map((line) => `missing difference: ${line}`),
  ];
}
