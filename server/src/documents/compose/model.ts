import type { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import type { DocumentBase } from "../document";
import type { ImageReference } from "../imageReference";
import type { YamlNode, YamlTree } from "../yaml/tree";

/** A Compose file as Compose understands it, with every span in the text as written. Readonly through and through. */
export interface ComposeDocument extends DocumentBase {
  readonly language: "compose";
  /**
   * `spec`: has `services:` (or only `include:`). `v1`: services stand at the top. `fragment`: top-level keys of Compose
   * but no service. `not-compose`: anything else; there are no services then.
   */
  readonly form: "spec" | "v1" | "fragment" | "not-compose";
  readonly tree: YamlTree;
  /** Columns between a key and the dashes of its list, as the first such list of the file has it. */
  readonly dashIndent: number | undefined;
  /** The roots of the tree's documents; of a document that is judged in part, one that holds that part alone. */
  readonly judged: readonly YamlNode[];
  /** Those of every document of the stream, in order; a name may come twice. What other files give them is in force, too. */
  readonly services: readonly Service[];
  /** Whether every service of the file is all that there is of it: complete, and no overlay. */
  readonly hasWholeServices: boolean;
  readonly volumes: readonly TopLevelEntry[];
  readonly networks: readonly TopLevelEntry[];
  readonly secrets: readonly TopLevelEntry[];
  readonly configs: readonly TopLevelEntry[];
  /** Paths and addresses of `include:`. */
  readonly includes: readonly Text[];
  /** What Compose reads together with this file. */
  readonly project: Project;
}

/**
 * A file and those that belong to it: what it includes, what its services extend, and the base or override beside it.
 *
 * A place in another file is a span beyond the end of the document's text: see `placeIn`. What the document says itself
 * is in force in its model, whichever of two files Compose would let win: a base is used without its override, too.
 */
export interface Project {
  /** Those that stand in other files only: of a base, an override, or a file that is included. */
  readonly otherServices: readonly Service[];
  readonly otherSecrets: readonly TopLevelEntry[];
  readonly otherConfigs: readonly TopLevelEntry[];
  /** The files that were read, in order of `start`. */
  readonly files: readonly ProjectFile[];
  /** The paths of all files that were looked for, as `Neighbours` has them. */
  readonly asked: readonly string[];
  /** Where an environment file sets a variable that the document names. */
  readonly settings: ReadonlyMap<string, Span>;
  /** The path of the base that Compose merges this file over. */
  readonly base: string | undefined;
  /** The paths of the files that Compose merges over this one. */
  readonly overrides: readonly string[];
}

/** Another file of a project. */
export interface ProjectFile {
  /** `environment`: a file of variables, of which only those that the project asks for are looked at. */
  readonly kind: "compose" | "environment";
  /** Relative to the folder of the document. */
  readonly path: string;
  /** What paths in it are relative to, itself relative to the folder of the document. */
  readonly folder: string;
  readonly lines: Lines;
  /** What is added to its offsets. */
  readonly start: number;
  readonly length: number;
}

/** A named volume, network, secret or config. */
export interface TopLevelEntry {
  readonly name: string;
  readonly nameSpan: Span;
  readonly fields: ReadonlyMap<string, Field<YamlNode>>;
}

/**
 * Where a field or an item comes from. `own`: written where it applies. Otherwise it stands elsewhere in the file, and
 * `via` is what brings it here: a merge key, an alias or an `extends`, or the service's name where it is another file of
 * the project that speaks of the same service (`file`). Its spans are always those of the source, so
 * that one that many services inherit can be reported once (see `distinct`).
 */
export type Origin =
  | { readonly kind: "own" }
  | { readonly kind: "merge" | "alias" | "extends" | "file"; readonly via: Span };

/** A key of a map with its value. */
export interface Field<T> {
  readonly name: string;
  readonly keySpan: Span;
  /** With quotes and brackets; the target's where the value is an alias. */
  readonly valueSpan: Span;
  readonly value: T;
  readonly origin: Origin;
  /** The value's node, an alias followed. */
  readonly node: YamlNode;
}

/** A scalar with `$VARIABLES`. */
export interface Text {
  readonly span: Span;
  /** The scalar's value with its variables as written. */
  readonly raw: string;
  /** After interpolation with defaults and environment files; `undefined` where a variable has neither. */
  readonly value: string | undefined;
  readonly variables: readonly Variable[];
  readonly node: YamlNode;
}

/** A `$NAME` or `${NAME…}`, not counting those in other variables' defaults. */
export interface Variable {
  readonly name: string;
  /** What stands between name and default. */
  readonly operator: ":-" | "-" | ":?" | "?" | ":+" | "+" | undefined;
  /** As written, `undefined` without an operator. */
  readonly argument: string | undefined;
  /** Offsets into `Text.raw`. */
  readonly from: number;
  readonly to: number;
}

/** An item of a list of scalars. */
export interface Item extends Text {
  readonly origin: Origin;
}

/** An entry of `environment`, `labels`, `args`, `sysctls`, `extra_hosts`: a list of `NAME=value`, or a map. */
export interface NamedValue {
  readonly name: string;
  readonly nameSpan: Span;
  /** `undefined` where only the name is given: the value comes from outside. */
  readonly value: Text | undefined;
  /** The value with its quotes; for `NAME=value` the part after the sign. */
  readonly valueSpan: Span;
  /** The whole entry: `NAME=value`, or key to value. */
  readonly span: Span;
  readonly form: "list" | "map";
  readonly origin: Origin;
}

export interface PortMapping {
  readonly span: Span;
  readonly form: "short" | "long";
  /** `undefined`: none is given, so all interfaces; `unknown`: a variable may hold one. */
  readonly hostIp: string | "unknown" | undefined;
  /** Where the address is written: as a part of a short form, or as the value of `host_ip`. */
  readonly hostIpSpan: Span | undefined;
  /** `undefined`: Docker picks a port; `unknown`: it stands in a variable. */
  readonly published: PortRange | "unknown" | undefined;
  readonly target: PortRange | "unknown";
  readonly protocol: string;
  readonly origin: Origin;
  /** The scalar of a short form; `undefined` for a long one. */
  readonly text: Text | undefined;
  readonly node: YamlNode;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface VolumeMount {
  readonly span: Span;
  readonly form: "short" | "long";
  /** `unknown` where a variable decides. */
  readonly type: "bind" | "volume" | "tmpfs" | "npipe" | "cluster" | "image" | "unknown";
  /** After interpolation; `undefined` for an anonymous volume, `unknown` where it stands in a variable. */
  readonly source: string | undefined;
  readonly sourceKnown: boolean;
  readonly sourceSpan: Span;
  readonly target: string | undefined;
  readonly readOnly: boolean;
  readonly origin: Origin;
  readonly node: YamlNode;
}

/** `image:` with the reference it names after interpolation, where that is known and well formed. */
export interface ImageValue extends Text {
  readonly reference: ImageReference | undefined;
}

export interface Build {
  readonly context: Text | undefined;
  readonly dockerfile: Text | undefined;
  readonly dockerfileInline: Text | undefined;
  readonly target: Text | undefined;
  readonly network: Text | undefined;
  readonly args: readonly NamedValue[];
  readonly privileged: Field<boolean | undefined> | undefined;
  readonly fields: ReadonlyMap<string, Field<YamlNode>>;
}

/** `command`, `entrypoint` and `healthcheck.test`. */
export interface CommandValue {
  readonly form: "string" | "list";
  /** The words of a list; the one line of a string. */
  readonly words: readonly Text[];
}

export interface EnvFile {
  readonly path: Text;
  readonly required: boolean;
}

export interface Healthcheck {
  readonly disabled: boolean;
  readonly test: CommandValue | undefined;
}

/** What bounds a service's use of the host, from `deploy.resources.limits` or the older keys. */
export interface Limits {
  readonly memory: Field<Text> | undefined;
  readonly cpus: Field<Text> | undefined;
  readonly pids: Field<Text> | undefined;
}

export interface Extends {
  readonly service: Text | undefined;
  readonly file: Text | undefined;
  /** Whether the service was found in this file, so that its fields are part of this one's. */
  readonly resolved: boolean;
  readonly span: Span;
}

/** A service with what it inherits. */
export interface Service {
  readonly name: string;
  readonly nameSpan: Span;
  /** The node behind the name, an alias not followed. */
  readonly body: YamlNode;
  /**
   * Whether it has neither image nor build nor `extends` nor provider: such a service adds to one of another file, so
   * that rules about absent keys must stay silent, as they must where `extends` could not be resolved. A service of an
   * override is one in any case: what its base lacks is said there.
   */
  readonly overlay: boolean;
  /** Whether every key in force is known: no unresolved `extends`, no merge that could not be followed. */
  readonly complete: boolean;
  /** Every key in force; the last one where a key is repeated. */
  readonly fields: ReadonlyMap<string, Field<YamlNode>>;

  readonly image: Field<ImageValue> | undefined;
  readonly build: Field<Build> | undefined;
  readonly extends: Extends | undefined;
  readonly command: Field<CommandValue> | undefined;
  readonly entrypoint: Field<CommandValue> | undefined;

  /** `undefined` as a value: a variable without a default decides. */
  readonly privileged: Field<boolean | undefined> | undefined;
  readonly readOnly: Field<boolean | undefined> | undefined;
  readonly useApiSocket: Field<boolean | undefined> | undefined;
  readonly user: Field<Text> | undefined;
  readonly networkMode: Field<Text> | undefined;
  readonly pid: Field<Text> | undefined;
  readonly ipc: Field<Text> | undefined;
  readonly uts: Field<Text> | undefined;
  readonly usernsMode: Field<Text> | undefined;
  readonly cgroup: Field<Text> | undefined;
  readonly cgroupParent: Field<Text> | undefined;
  readonly restart: Field<Text> | undefined;
  readonly containerName: Field<Text> | undefined;

  readonly capAdd: Field<readonly Item[]> | undefined;
  readonly capDrop: Field<readonly Item[]> | undefined;
  readonly securityOpt: Field<readonly Item[]> | undefined;
  readonly devices: Field<readonly Item[]> | undefined;
  readonly deviceCgroupRules: Field<readonly Item[]> | undefined;
  readonly expose: Field<readonly Item[]> | undefined;
  readonly profiles: Field<readonly Item[]> | undefined;
  readonly tmpfs: Field<readonly Item[]> | undefined;
  readonly groupAdd: Field<readonly Item[]> | undefined;

  readonly environment: readonly NamedValue[];
  readonly labels: readonly NamedValue[];
  readonly sysctls: readonly NamedValue[];
  readonly extraHosts: readonly NamedValue[];
  readonly envFiles: readonly EnvFile[];
  readonly ports: readonly PortMapping[];
  readonly volumes: readonly VolumeMount[];
  /** Names of granted secrets and configs. */
  readonly secrets: readonly Item[];
  readonly configs: readonly Item[];

  readonly limits: Limits;
  readonly healthcheck: Healthcheck | undefined;
  readonly logging:
    | { readonly driver: Text | undefined; readonly options: readonly NamedValue[] }
    | undefined;
}
