import { buildsOf, secretFilesOf } from "../documents/compose/builds";
import type { ComposeDocument } from "../documents/compose/model";
import { parseComposeAgain } from "../documents/compose/parse";
import { placeIn } from "../documents/compose/places";
import { kindOfPath } from "../documents/kind";
import type { Neighbours } from "../documents/neighbours";
import type { BuiltBy, Fact, Facts, ForeignSpan, GitState } from "../engine/facts";
import { maxComposeFilesNear, maxFoldersAbove, maxNeighbours } from "../limits";
import type { DirectoryEntry, Files, ResultCache } from "../platform/ports";
import type { Span } from "../text/span";
import {
  absolute,
  collectAsked,
  collectNeighbours,
  createNeighbourReader,
  type Standing,
} from "./neighbours";
import { isWithin, joinPath, parentOf, relativePath } from "./paths";
import { createRepositories } from "./repositories";
import type { AuditedLanguage } from "./result";
import { type SeenCompose, seenIn } from "./seenCompose";

/** What other files say of a checked one. */
export type ProjectFacts = Pick<Facts, "neighbours" | "git" | "committedTexts" | "builtBy">;

/** What other files say of a Compose file, and the model that names them. */
export interface ComposeFacts extends Omit<ProjectFacts, "builtBy"> {
  readonly document: ComposeDocument;
}

/** Reads what lies around files, each thing once: a new one is needed to see what has changed since. */
export interface Projects {
  /**
   * What belongs to a Compose file.
   * @param before what was found for an earlier text of the same document
   */
  ofCompose(text: string, standing: Standing, before?: ComposeFacts): Promise<ComposeFacts>;
  /** The same for a text that is checked once: without the model, where a cache knows what that says. */
  aroundCompose(text: string, standing: Standing): Promise<Omit<ComposeFacts, "document">>;
  /** The services that build a Dockerfile. */
  ofDockerfile(standing: Standing): Promise<ProjectFacts["builtBy"]>;
  /** Whether something that was said depends on the file at a path. */
  dependsOn(path: string): boolean;
}

/** Names of folders that hold the Compose files of a project whose Dockerfiles lie elsewhere. */
const composeFolder =
  /^\.?(?:docker|compose|containers?|deploy|deployments?|infra|ops|devcontainer|dev|local)$/i;

/** @param cache what earlier runs of the same program have read out of Compose files */
export function createProjects(files: Files, cache?: ResultCache): Projects {
  const reader = createNeighbourReader(files);
  const repositories = createRepositories(files);
  const composeIn = new Map<string, Promise<readonly string[] | undefined>>();
  const documents = new Map<string, Promise<ComposeDocument | undefined>>();

  const composeFilesIn = (folder: string): Promise<readonly string[] | undefined> => {
    const found = composeIn.get(folder) ?? listCompose(files, folder);
    composeIn.set(folder, found);
    return found;
  };

  const documentAt = (standing: Standing): Promise<ComposeDocument | undefined> => {
    const found = documents.get(standing.path) ?? read(standing);
    documents.set(standing.path, found);
    return found;
  };

  const read = async (standing: Standing): Promise<ComposeDocument | undefined> => {
    const text = await reader.textOf(standing.path, standing.boundary);
    if (text.state !== "known") return undefined;
    return (await collectNeighbours(reader, text.value, standing)).document;
  };

  const stateOf = async (
    secretFiles: SeenCompose["secretFiles"],
    { path: composePath, boundary }: Standing,
  ): Promise<Pick<ComposeFacts, "git" | "committedTexts">> => {
    const folder = parentOf(composePath) ?? "/";
    const git = new Map<string, Fact<GitState>>();
    const committedTexts = new Map<string, string>();
    for (const { path, kind } of secretFiles.slice(0, maxNeighbours)) {
      if (git.has(path)) continue;
      const file = absolute(folder, path);
      const state = await repositories.stateOf(file, boundary);
      git.set(path, state);
      if (kind !== "env_file" || state.state !== "known" || state.value !== "tracked") continue;
      const text = await reader.textOf(file, boundary);
      if (text.state === "known") committedTexts.set(path, text.value);
    }
    return { git, committedTexts };
  };

  return {
    dependsOn: reader.knows,
    async ofCompose(text, standing, before) {
      const { neighbours, document } = await collectNeighbours(reader, text, standing, before?.neighbours);
      if (before !== undefined && namesTheSame(text, neighbours, before.document))
        return { ...before, neighbours, document };
      return { neighbours, document, ...(await stateOf(secretFilesOf(document), standing)) };
    },
    async aroundCompose(text, standing) {
      const look = (neighbours: Neighbours): SeenCompose => seenIn(text, neighbours, cache);
      const { neighbours, seen } = await collectAsked(reader, look, standing);
      return { neighbours, ...(await stateOf(seen.secretFiles, standing)) };
    },
    async ofDockerfile({ path, boundary, overrides }) {
      const builders: BuiltBy[] = [];
      const seen = new Set<string>();
      let folder = parentOf(path);
      for (
        let above = 0;
        folder !== undefined && isWithin(boundary, folder) && above <= maxFoldersAbove;
        above++
      ) {
        const near = await composeFilesIn(folder);
        if (near === undefined) return { state: "unknown", reason: "the folders around it cannot be listed" };
        for (const file of near) {
          if (seen.has(file)) continue;
          if (seen.add(file).size > maxComposeFilesNear)
            return {
              state: "unknown",
              reason: `more than ${maxComposeFilesNear} Compose files lie around it`,
            };
          const document = await documentAt({ path: file, boundary, overrides });
          if (document !== undefined) builders.push(...buildersIn(document, file, path));
        }
        folder = parentOf(folder);
      }
      return { state: "known", value: builders };
    },
  };
}

/** Whether an edit has left all paths as they were of files that may hold secrets. */
function namesTheSame(text: string, neighbours: Neighbours, before: ComposeDocument): boolean {
  const { kept } = parseComposeAgain(text, neighbours);
  const keys = kept?.before === before ? kept.keys : undefined;
  return keys !== undefined && !["env_file", "volumes"].some((key) => keys.has(key));
}

/** What other files say of one, by its kind. */
export async function projectFacts(
  projects: Projects,
  kind: AuditedLanguage,
  text: string,
  standing: Standing,
): Promise<Partial<ProjectFacts>> {
  if (kind === "compose") return projects.aroundCompose(text, standing);
  return kind === "dockerfile" ? { builtBy: await projects.ofDockerfile(standing) } : {};
}

/** The Compose files in a folder, and in folders of it that are named for them; `undefined` where it cannot be listed. */
async function listCompose(files: Files, folder: string): Promise<readonly string[] | undefined> {
  const entries = await listed(files, folder);
  if (entries === undefined) return undefined;
  const found: string[] = [];
  for (const { name, kind } of entries) {
    const path = joinPath(folder, name);
    if (kind === "file" && kindOfPath(name) === "compose") found.push(path);
    if (kind !== "directory" || !composeFolder.test(name)) continue;
    const inside = await listed(files, path);
    // A service in there may build as root: with it unseen, nothing can be said of every service.
    if (inside === undefined) return undefined;
    for (const inner of inside)
      if (inner.kind === "file" && kindOfPath(inner.name) === "compose")
        found.push(joinPath(path, inner.name));
  }
  return found.sort();
}

async function listed(files: Files, folder: string): Promise<readonly DirectoryEntry[] | undefined> {
  try {
    return await files.list(folder);
  } catch {
    return undefined;
  }
}

function buildersIn(document: ComposeDocument, composePath: string, dockerfile: string): readonly BuiltBy[] {
  const folder = parentOf(composePath) ?? "/";
  const home = parentOf(dockerfile) ?? "/";
  return buildsOf(document).flatMap((build): BuiltBy[] => {
    if (build.dockerfile === undefined || absolute(folder, build.dockerfile) !== dockerfile) return [];
    const { service, field } = build;
    const placed = (span: Span): ForeignSpan =>
      placeOf(document, span, relativePath(home, composePath), home, folder);
    const target = field.value.target;
    return [
      {
        service: service.name,
        path: relativePath(home, composePath),
        target: target === undefined ? undefined : (target.value ?? "unknown"),
        user: service.user && {
          value: service.user.value.value ?? "unknown",
          place: placed(service.user.valueSpan),
        },
        place: placed(service.nameSpan),
      },
    ];
  });
}

function placeOf(
  document: ComposeDocument,
  span: Span,
  own: string,
  home: string,
  folder: string,
): ForeignSpan {
  const foreign = placeIn(document, span);
  const lines = foreign?.file.lines ?? document.lines;
  const at = foreign?.span ?? span;
  const path = foreign === undefined ? own : relativePath(home, absolute(folder, foreign.file.path));
  return { path, span: at, start: lines.at(at.start), end: lines.at(at.end) };
}
