import type { CopySource, DockerfileDocument } from "../../documents/dockerfile/model";
import { instructionsOf } from "./stages";

/** A value of EXPOSE taken apart, whether it is right or not. Strings are as written, `${…}` included. */
export interface ExposeParts {
  readonly value: CopySource;
  /** Length of what stands before the container's port: `127.0.0.1:8080:`; 0 where there is nothing. */
  readonly hostLength: number;
  /** The container's port or range of ports. */
  readonly port: string;
  /** After the slash; `undefined` without one. */
  readonly protocol: string | undefined;
}

/** Every value of EXPOSE that is longer than nothing, triggers of ONBUILD included. */
export function exposeParts(document: DockerfileDocument): readonly ExposeParts[] {
  return instructionsOf(document).flatMap((instruction) =>
    instruction.keyword === "EXPOSE" ? instruction.values.map(partsOf) : [],
  );
}

function partsOf(value: CopySource): ExposeParts {
  const { text } = value;
  // Colons and slashes within `${X:-y}` are not the value's own.
  const visible = text.replace(/\$\{[^{}]*\}/g, (variable) => "$".repeat(variable.length));
  const slash = visible.lastIndexOf("/");
  const portEnd = slash < 0 ? text.length : slash;
  const hostLength = visible.lastIndexOf(":", portEnd) + 1;
  return {
    value,
    hostLength,
    port: text.slice(hostLength, portEnd),
    protocol: slash < 0 ? undefined : text.slice(slash + 1),
  };
}
