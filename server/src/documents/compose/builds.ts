import { maxNeighbours } from "../../limits";
import type { Span } from "../../text/span";
import { joinRelative } from "../neighbours";
import type { Build, ComposeDocument, Field, Service, Text, TopLevelEntry } from "./model";
import { folderAt } from "./places";
import { textOf } from "./values";

type Read = Parameters<typeof folderAt>[0] & Pick<ComposeDocument, "services">;

/** What a service builds, with paths relative to the document's folder. */
export interface ServiceBuild {
  readonly service: Service;
  readonly field: Field<Build>;
  /** The folder of the build context; empty for the document's own. */
  readonly context: string;
  /** The path of the Dockerfile; `undefined` where it stands in the Compose file. */
  readonly dockerfile: string | undefined;
}

/** What services build of files beside the document; none whose context is an address, absolute, or not known. */
export function buildsOf(document: Read): readonly ServiceBuild[] {
  return document.services.flatMap((service): ServiceBuild[] => {
    const field = service.build;
    if (field === undefined) return [];
    const { context, dockerfile, dockerfileInline } = field.value;
    const place = context?.span ?? field.valueSpan;
    const folder = context === undefined ? folderAt(document, place) : pathOf(document, context);
    if (folder === undefined) return [];
    if (dockerfileInline !== undefined) return [{ service, field, context: folder, dockerfile: undefined }];
    const name = dockerfile === undefined ? "Dockerfile" : dockerfile.value;
    const path = name === undefined ? undefined : joinRelative(folder, name);
    return path === undefined ? [] : [{ service, field, context: folder, dockerfile: path }];
  });
}

/** The path that a text names, relative to the document's folder; `undefined` where that cannot be told. */
export function pathOf(document: Parameters<typeof folderAt>[0], { value, span }: Text): string | undefined {
  return value === undefined ? undefined : joinRelative(folderAt(document, span), value);
}

/** Ignore files that may apply to a build, the one that wins first (BuildKit takes the one that is named for the Dockerfile). */
export function ignoreFilesOf({ context, dockerfile }: ServiceBuild): readonly string[] {
  const own = dockerfile === undefined ? [] : [`${dockerfile}.dockerignore`];
  return [...own, joinRelative(context, ".dockerignore") ?? ".dockerignore"];
}

/** The files of which rules about a whole project want the text. */
export function pathsNamedBy(document: Read): readonly string[] {
  return buildsOf(document)
    .slice(0, maxNeighbours)
    .flatMap((build) => (build.dockerfile === undefined ? [] : [build.dockerfile, ...ignoreFilesOf(build)]));
}

/** A file that the document names and that nobody opens: it may hold secrets. */
export interface NamedFile {
  /** Relative to the document's folder. */
  readonly path: string;
  /** Where it is named. */
  readonly span: Span;
  /** `mounted`: a bind mount or a config, which may be anything else as well. */
  readonly kind: "env_file" | "secret" | "mounted";
}

/** Files of `env_file:`, `secrets:`, `configs:` and bind mounts that lie below the document's folder or beside it. */
export function secretFilesOf(
  document: Read & Pick<ComposeDocument, "secrets" | "configs">,
): readonly NamedFile[] {
  const at =
    (kind: NamedFile["kind"]) =>
    ({ value, span }: Pick<Text, "value" | "span">): NamedFile[] => {
      const path = value === undefined ? undefined : joinRelative(folderAt(document, span), value);
      return path === undefined || path === "" ? [] : [{ path, span, kind }];
    };
  const filesOf = (entries: readonly TopLevelEntry[]): Text[] =>
    entries.flatMap(({ fields }) => textOf(fields.get("file")?.node) ?? []);
  const envFiles = document.services.flatMap(({ envFiles }) => envFiles.map((file) => file.path));
  const mounts = document.services.flatMap(({ volumes }) =>
    volumes
      .filter(({ type, source }) => type === "bind" && source !== undefined && source.startsWith("."))
      .map(({ source, sourceSpan }) => ({ value: source, span: sourceSpan })),
  );
  return [
    ...envFiles.flatMap(at("env_file")),
    ...filesOf(document.secrets).flatMap(at("secret")),
    ...[...filesOf(document.configs), ...mounts].flatMap(at("mounted")),
  ];
}
