import type { CopySource, DockerfileDocument, PlainInstruction } from "../../documents/dockerfile/model";
import { instructionsOf } from "./stages";

/** A port or a range of ports that EXPOSE names. */
export interface ExposedPort {
  readonly instruction: PlainInstruction;
  /** Of the value in its instruction. */
  readonly index: number;
  readonly value: CopySource;
  readonly from: number;
  /** Equals `from` where it is no range. */
  readonly to: number;
  /** Lower case; `tcp` where none is given. */
  readonly protocol: string;
}

/**
 * Every port that EXPOSE names, with the values that variables have in the file. Of `127.0.0.1:80:8080`, which builders
 * take with a warning, the container's port counts.
 */
export function exposedPorts(document: DockerfileDocument): readonly ExposedPort[] {
  return instructionsOf(document).flatMap((instruction) => {
    if (instruction.keyword !== "EXPOSE") return [];
    return instruction.values.flatMap((value, index) => {
      const port = parsePort(value);
      return port === undefined ? [] : [{ instruction, index, value, ...port }];
    });
  });
}

function parsePort({ expanded }: CopySource): Pick<ExposedPort, "from" | "to" | "protocol"> | undefined {
  if (expanded.state === "unknown") return undefined;
  const text = expanded.value.slice(-100).trim();
  const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/([a-z]{1,9})?)?$/i.exec(text.slice(text.lastIndexOf(":") + 1));
  if (match === null) return undefined;
  const from = Number(match[1]);
  return { from, to: Number(match[2] ?? match[1]), protocol: (match[3] ?? "tcp").toLowerCase() };
}
