import type { Config } from "../engine/config";

/** An image policy in the words of another tool. */
export interface Exported {
  readonly text: string;
  /** What those words cannot say, each in one line. */
  readonly notExpressed: readonly string[];
}

/** What no other tool's policy can say, whatever its form. */
export function neverExpressed({ policy, ignore }: Config): readonly string[] {
  const exceptions = ignore.filter(({ image }) => image !== undefined).length;
  return [
    ...(policy.require.notEndOfLife ? ["require.notEndOfLife: no end of support is known there"] : []),
    ...(policy.require.nonRoot
      ? ["require.nonRoot: it is judged by the Dockerfile, not by its base image"]
      : []),
    ...(policy.require.maxAge ? ["require.maxAge: it is judged where files are checked"] : []),
    ...(policy.require.signature ? ["require.signature: it is judged where files are checked"] : []),
    ...(policy.require.vulnerabilities ? ["require.vulnerabilities: a scanner tells, not a policy"] : []),
    ...(exceptions > 0 ? [`${exceptions} exceptions with an image: they silence findings, not builds`] : []),
  ];
}

/** Said where everything but a list is denied. */
export const frontendNote =
  "images named by # syntax= count as well: approve docker.io/docker/dockerfile where files name it";
