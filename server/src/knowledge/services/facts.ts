import type { Known } from "../serviceImages";

/** A fact with the page that shows it. */
export function known<T>(source: string, value: T): Known<T> {
  return { value, source };
}

/** The documentation of an image of the official library. */
export function officialDocs(name: string): string {
  return `https://github.com/docker-library/docs/blob/master/${name}/content.md`;
}

/**
 * What an entrypoint needs that starts as root, gives the data to the service's user (`chown`), reads directories that
 * only this user may read, and goes on as this user (gosu, su-exec, setpriv).
 */
export const stepDown: readonly string[] = ["CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"];

/** As {@link stepDown}, for an entrypoint that also changes the modes of files which it has given away. */
export const stepDownWithModes: readonly string[] = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"];

/**
 * What a web server needs whose first process stays root, listens below port 1024, and starts, signals and ends workers
 * that run as another user.
 */
export const rootMaster: readonly string[] = [
  "CHOWN",
  "DAC_OVERRIDE",
  "KILL",
  "NET_BIND_SERVICE",
  "SETGID",
  "SETUID",
];

/** A service that stays root, for files of mounts that belong to somebody else. */
export const rootWithForeignFiles: readonly string[] = ["DAC_OVERRIDE"];
