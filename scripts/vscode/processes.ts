import { readdirSync, readFileSync } from "node:fs";

export interface RunningProcess {
  readonly id: number;
  /** Its program and arguments, with blanks between them. */
  readonly command: string;
}

/** What runs on this machine, as Linux tells it. */
export function processes(): readonly RunningProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return { id: Number(name), command };
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}
