import type { RuleSetting } from "./config";
import type { ImagePolicy, Requirement } from "./policy";

/**
 * The rules that judge what a policy demands of every image. Each of them judges more strictly where it is demanded
 * than where it is only advised, and says where it cannot tell.
 */
export const judges: Readonly<Record<Requirement, readonly string[]>> = {
  digest: [
    "base-image-not-pinned-by-digest",
    "copy-from-external-image-unpinned",
    "compose-image-not-digest",
    "pipeline-image-not-digest",
  ],
  notEndOfLife: ["base-image-end-of-life", "compose-image-end-of-life"],
  nonRoot: ["final-stage-user-root", "missing-user-instruction", "compose-user-root", "compose-user-missing"],
  maxAge: ["base-image-too-old", "compose-image-too-old", "pipeline-image-too-old"],
  signature: ["base-image-unverified", "compose-image-unverified", "pipeline-image-unverified"],
  vulnerabilities: ["base-image-vulnerable", "compose-image-vulnerable"],
};

/**
 * Rules that judge what a registry or a scanner tells. Their silence for want of an answer is no matter of one rule: somebody
 * has demanded or ordered the answer, and everybody who looks at the result is told that it did not come.
 */
export const toldByOthers: ReadonlySet<string> = new Set([
  ...judges.maxAge,
  ...judges.signature,
  ...judges.vulnerabilities,
]);

/** What a policy's demands make of the rules that judge them. An exception is written as one: under `ignore:`. */
export function requiredSettings({ require }: ImagePolicy): readonly RuleSetting[] {
  return (Object.keys(judges) as Requirement[]).flatMap((requirement) => {
    const level = require[requirement];
    if (level === undefined || level === false) return [];
    return judges[requirement].map((pattern) => ({ pattern, level, options: {} }));
  });
}
