import type { DockerfileDocument } from "../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../server/src/documents/dockerfile/parse";
import { officialName } from "../../server/src/knowledge/publishers";
import { accountCommand, idOption, optionValue } from "../../server/src/rules/shared/accounts";
import { finalChain } from "../../server/src/rules/shared/stages";
import { isRootUser } from "../../server/src/rules/shared/users";
import type { DockerfilePlace, LibraryFile } from "./library";
import type { OfficialImage } from "./tables";

/** Gives the text of a file of a repository at a commit; `undefined` where there is none. */
export type FetchFile = (
  place: Omit<DockerfilePlace, "folder" | "file">,
  path: string,
) => Promise<string | undefined>;

/** How long a chain of official images may be that are built on each other. */
const maxChain = 8;

/** What the Dockerfiles of official images tell of users, each Dockerfile read once. */
export interface UserReader {
  of(name: string): Promise<Pick<OfficialImage, "user" | "users" | "drops">>;
}

export function createUserReader(
  library: ReadonlyMap<string, LibraryFile>,
  fetchFile: FetchFile,
): UserReader {
  const documents = new Map<string, Promise<DockerfileDocument | undefined>>();
  const documentAt = (place: DockerfilePlace): Promise<DockerfileDocument | undefined> => {
    const key = JSON.stringify(place);
    const known =
      documents.get(key) ??
      fetchFile(place, place.folder + place.file).then((text) =>
        text === undefined ? undefined : parseDockerfile(text),
      );
    documents.set(key, known);
    return known;
  };

  const userOf = async (
    document: DockerfileDocument | undefined,
    depth: number,
  ): Promise<string | undefined> => {
    const effective = document?.finalStage?.effectiveUser;
    if (effective === undefined || depth > maxChain) return undefined;
    if (effective.source === "instruction") {
      const { name } = effective.user;
      return name.state === "known" ? named(effective.user.text) : undefined;
    }
    const target = document?.finalStage?.base?.target;
    if (target?.kind === "scratch") return "root";
    const official = target?.kind === "image" ? officialName(target.reference) : undefined;
    if (target?.kind !== "image" || official === undefined) return undefined;
    const tag = target.reference.tag ?? "latest";
    const entry = library.get(official)?.entries.find(({ tags }) => tags.includes(tag));
    return entry?.place === undefined ? undefined : userOf(await documentAt(entry.place), depth + 1);
  };

  return {
    async of(name) {
      const places = (library.get(name)?.entries ?? []).flatMap(({ isWindows, place }) =>
        isWindows ? [] : [place],
      );
      const read = await Promise.all(
        places.map((place) => (place === undefined ? undefined : documentAt(place))),
      );
      const starts = new Set(await Promise.all(read.map((document) => userOf(document, 0))));
      const [start] = starts;
      const known = read.filter((document) => document !== undefined);
      const users = [...new Set(known.flatMap(madeUsers))];
      const drops = await firstDrop(places, read, fetchFile);
      return {
        ...(starts.size === 1 && start !== undefined && { user: start }),
        ...(users.length > 0 && { users }),
        ...(drops !== undefined && { drops }),
      };
    },
  };
}

function named(user: string): string {
  return isRootUser(user.split(":")[0] ?? "") ? "root" : user;
}

/** Users that the commands of the final image make: `name`, or `name:uid` where they say the number. */
function madeUsers(document: DockerfileDocument): readonly string[] {
  return finalChain(document).flatMap((stage) =>
    stage.instructions.flatMap((run, position) => {
      if (run.keyword !== "RUN") return [];
      return run.script.commands.flatMap((command) => {
        const account = accountCommand(command);
        const name = account?.name?.value;
        if (account === undefined || account.kind !== "user" || !account.makes || name === undefined)
          return [];
        const id = optionValue(idOption(account), () => stage.stateAt(position));
        return [/^\d{1,10}$/.test(id ?? "") ? `${name}:${id}` : name];
      });
    }),
  );
}

/** The program with which a script that an image copies gives up root. */
async function firstDrop(
  places: readonly (DockerfilePlace | undefined)[],
  documents: readonly (DockerfileDocument | undefined)[],
  fetchFile: FetchFile,
): Promise<string | undefined> {
  for (const [index, place] of places.entries()) {
    const document = documents[index];
    if (place === undefined || document === undefined) continue;
    for (const script of entrypointScripts(document)) {
      const text = await fetchFile(place, place.folder + script);
      const program = text && /\b(?:gosu|su-exec|setpriv)\b/.exec(text)?.[0];
      if (program) return program;
    }
  }
  return undefined;
}

/** Scripts beside the Dockerfile that are copied and look like an entrypoint. */
function entrypointScripts({ instructions }: DockerfileDocument): readonly string[] {
  return instructions.flatMap((instruction) =>
    instruction.keyword === "COPY" && instruction.from === undefined
      ? instruction.sources.map(({ text }) => text).filter((text) => /^[\w./-]*entrypoint[\w.-]*$/.test(text))
      : [],
  );
}
