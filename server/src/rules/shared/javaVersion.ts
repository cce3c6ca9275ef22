import type { Stage } from "../../documents/dockerfile/model";

/** The major version of Java that a stage's base image has, where its name or tag says so: 8 for `1.8` as well. */
export function javaVersionOf({ base }: Stage): number | undefined {
  const target = base?.target;
  if (target?.kind !== "image") return undefined;
  const { familiar, tag = "" } = target.reference;
  const name = familiar.slice(0, 200);
  const named = /(?:jdk|jre|java)[-_]?(\d{1,2})(?:\.(\d{1,2}))?/i.exec(
    `${name.split(":", 1)[0]}:${tag.slice(0, 100)}`,
  );
  const isOfJava = /openjdk|temurin|corretto|zulu|liberica|semeru|sapmachine|graalvm/i.test(name);
  const leading = isOfJava ? /^(\d{1,2})(?:\.(\d{1,2}))?/.exec(tag) : null;
  const [, major, minor] = named ?? leading ?? [];
  if (major === undefined) return undefined;
  return major === "1" && minor !== undefined ? Number(minor) : Number(major);
}
