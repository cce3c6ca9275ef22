import { maxShiftedLength, maxShiftedTrees } from "../../limits";
import { ownCopy } from "../../text/ownCopy";
import { buildsOf, ignoreFilesOf, type ServiceBuild } from "../compose/builds";
import type { ComposeDocument, Text } from "../compose/model";
import type { DockerfileDocument, Stage } from "../dockerfile/model";
import { parseDockerfile } from "../dockerfile/parse";
import { type Neighbours, textAt } from "../neighbours";
import type { BuiltStage, FoundDockerfile, FoundIgnoreFile, JoinedBuild, ProjectDocument } from "./model";

/** Joins the services of a Compose file to the Dockerfiles that they build, as far as their texts are known. */
export function joinProject(compose: ComposeDocument, neighbours: Neighbours): ProjectDocument {
  return { language: "project", compose, builds: buildsOf(compose).map((build) => join(build, neighbours)) };
}

function join(build: ServiceBuild, neighbours: Neighbours): JoinedBuild {
  return { ...build, found: dockerfileOf(build, neighbours), ignoreFile: ignoreFileOf(build, neighbours) };
}

function dockerfileOf(build: ServiceBuild, neighbours: Neighbours): FoundDockerfile {
  const { dockerfile: path, field } = build;
  if (path === undefined) return { state: "inline" };
  const text = textAt(neighbours, path);
  if (text?.state === "absent") return { state: "absent", path };
  if (text?.state !== "known") return { state: "unknown" };
  const document = parsed(text.value);
  return { state: "known", path, document, stage: builtStage(document, field.value.target) };
}

function builtStage(document: DockerfileDocument, target: Text | undefined): BuiltStage {
  if (document.stages.length === 0 || (target !== undefined && target.value === undefined))
    return { state: "unknown" };
  const name = target?.value ?? "";
  const stage = name === "" ? document.finalStage : stageNamed(document, name);
  return stage === undefined ? { state: "absent", name } : { state: "known", stage };
}

/** The stage that `--target` names: by its name without regard to case, else by its number. */
export function stageNamed(document: DockerfileDocument, name: string): Stage | undefined {
  const lower = name.toLowerCase();
  const named = document.stages.findLast((stage) => stage.name?.toLowerCase() === lower);
  return named ?? (/^[0-9]{1,6}$/.test(name) ? document.stages[Number(name)] : undefined);
}

/** The first that there is counts; one before it that could not be read leaves open which. */
function ignoreFileOf(build: ServiceBuild, neighbours: Neighbours): FoundIgnoreFile {
  for (const path of ignoreFilesOf(build)) {
    const text = textAt(neighbours, path);
    if (text?.state === "known") return { state: "known", path, text: text.value };
    if (text?.state !== "absent") return { state: "unknown" };
  }
  return { state: "absent" };
}

const remembered = new Map<string, DockerfileDocument>();
let rememberedLength = 0;

/** At each keystroke in a Compose file its Dockerfiles are the same. */
function parsed(text: string): DockerfileDocument {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= maxShiftedTrees || rememberedLength + text.length > maxShiftedLength) {
    remembered.clear();
    rememberedLength = 0;
  }
  const own = ownCopy(text);
  const document = parseDockerfile(own);
  remembered.set(own, document);
  rememberedLength += text.length;
  return document;
}
