import type { ServiceBuild } from "../compose/builds";
import type { ComposeDocument } from "../compose/model";
import type { DockerfileDocument, Stage } from "../dockerfile/model";

/** A Compose file together with the Dockerfiles that its services build. */
export interface ProjectDocument {
  readonly language: "project";
  readonly compose: ComposeDocument;
  /** What the document's own services build, in order. */
  readonly builds: readonly JoinedBuild[];
}

/** A service with the stage that it builds. */
export interface JoinedBuild extends ServiceBuild {
  readonly found: FoundDockerfile;
  /** The ignore file of the build; `unknown` where it could not be read. */
  readonly ignoreFile: FoundIgnoreFile;
}

export type FoundDockerfile =
  | {
      readonly state: "known";
      readonly path: string;
      readonly document: DockerfileDocument;
      readonly stage: BuiltStage;
    }
  | { readonly state: "absent"; readonly path: string }
  /** `inline`: it stands in the Compose file. */
  | { readonly state: "unknown" | "inline" };

/** The stage that a build makes. */
export type BuiltStage =
  | { readonly state: "known"; readonly stage: Stage }
  /** No stage has that name. */
  | { readonly state: "absent"; readonly name: string }
  /** The name stands in a variable, or the Dockerfile has no stage. */
  | { readonly state: "unknown" };

export type FoundIgnoreFile =
  | { readonly state: "known"; readonly path: string; readonly text: string }
  | { readonly state: "absent" | "unknown" };
