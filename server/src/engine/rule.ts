import type { CommandFormat, CommandsDocument } from "../documents/commands/model";
import type { ComposeDocument } from "../documents/compose/model";
import type { DaemonDocument } from "../documents/daemon/model";
import type { DockerfileDocument, Instruction } from "../documents/dockerfile/model";
import type { ProjectDocument } from "../documents/project/model";
import type { Span } from "../text/span";
import type { ConfigurationDocument } from "./configuration";
import type { BuiltBy, ExtendedFact, Facts, GitState, SignatureVerdict, Vulnerabilities } from "./facts";
import type { Fix, Related } from "./finding";
import type { Needs } from "./needs";
import type { ImagePolicy } from "./policy";
import type { Severity } from "./severity";
import type { IgnoreCommentsDocument } from "./suppress";

/** The model that rules of each language read. */
export interface Documents {
  readonly dockerfile: DockerfileDocument;
  readonly compose: ComposeDocument;
  /** A Compose file with the Dockerfiles that it builds; findings stand in the Compose file. */
  readonly project: ProjectDocument;
  /** `daemon.json` of Docker's daemon. */
  readonly daemon: DaemonDocument;
  /** A script, a pipeline, a development container or documentation with commands of a container engine. */
  readonly commands: CommandsDocument;
  /** The ignore comments of a Dockerfile, Compose file or script, after the other rules have run. */
  readonly comments: IgnoreCommentsDocument;
  /** `plimsoll.yaml`. */
  readonly configuration: ConfigurationDocument;
}

export type Language = keyof Documents;

export const categories = [
  "user",
  "secrets",
  "base-image",
  "supply-chain",
  "privilege",
  "network",
  "mounts",
  "resources",
  "hygiene",
  "style",
  "configuration",
] as const;

export type Category = (typeof categories)[number];

/** `all` holds every rule, `strict` also everything in `recommended`: both are derived. */
export type DeclaredProfile = "recommended" | "strict" | "cis";

/**
 * A message formatter: its parameters are the only way for data to enter the text. A message names no line: it would
 * grow stale with an edit elsewhere. Related places do that.
 */
export type Messages = Readonly<Record<string, (...data: never[]) => string>>;

/** The options of a rule: each with its default and a sentence for the settings page. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionSpec =
  | { readonly type: "boolean"; readonly default: boolean; readonly description: string }
  | {
      readonly type: "number";
      readonly default: number;
      readonly description: string;
      readonly minimum?: number;
    }
  | { readonly type: "strings"; readonly default: readonly string[]; readonly description: string };

type OptionValue<S extends OptionSpec> = S extends { type: "boolean" }
  ? boolean
  : S extends { type: "number" }
    ? number
    : readonly string[];

export type Options<O extends OptionSpecs> = { readonly [K in keyof O]: OptionValue<O[K]> };

/** An example is a test and a piece of documentation. */
export interface GoodExample {
  readonly title: string;
  /** `«…»` marks each span that must be reported; a good example has none. */
  readonly source: string;
  readonly context?: ExampleContext;
}

export interface BadExample extends GoodExample {
  /** The source after all safe fixes; or, where the rule has only unsafe ones, after the first fix of each finding. */
  readonly fixed?: string;
}

/** What surrounds an example. */
export interface ExampleContext {
  /** The ignore file of the build context: its text, or `null` for none. Unknown where it is missing. */
  readonly dockerignore?: string | null;
  /** Sensitive names in the build context, relative to its folder. Unknown where it is missing. */
  readonly files?: readonly string[];
  /** What registries said: by reference, the digest that its tag stands for, or `null` where they could not be asked. */
  readonly tagDigests?: Readonly<Record<string, string | null>>;
  /** What registries said of images, by reference; without `created` the image does not say when it was made. */
  readonly asked?: Readonly<
    Record<
      string,
      {
        readonly created?: string;
        /** The user that it starts as, empty for root; `null` where the registry could not be asked. */
        readonly user?: string | null;
        readonly signed?: readonly SignatureVerdict[];
      }
    >
  >;
  /** What a scanner found, by image. */
  readonly vulnerabilities?: Readonly<Record<string, Vulnerabilities>>;
  /** Other files with their texts, by path relative to the folder of the source; no others lie there. */
  readonly neighbours?: Readonly<Record<string, string>>;
  /** What git does with files that the source names; it is unknown of others. */
  readonly git?: Readonly<Record<string, GitState>>;
  /** For rules about Dockerfiles: the services that build the source. */
  readonly builtBy?: readonly BuiltBy[];
  /** Who the repository belongs to, in lower case. */
  readonly owners?: readonly string[];
  /** The file name of the source; `compose.yaml` for a Compose file. */
  readonly name?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly policy?: Partial<ImagePolicy>;
  /** For rules about the configuration: what became of each entry of `extends:`. */
  readonly extended?: readonly ExtendedFact[];
  /** For rules about comments: the other rules that run, and the language of the source. */
  readonly with?: readonly string[];
  readonly language?: "dockerfile" | "compose";
  /** For rules about commands: what the source is. A shell script where it is missing. */
  readonly format?: CommandFormat;
  /** `YYYY-MM-DD`; a fixed day where it is missing. */
  readonly today?: string;
}

/** Where a finding stands, and what goes with it. */
export interface Place {
  readonly at: Span;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
  /** Where this case is milder or worse than the rule's own severity. */
  readonly severity?: Severity;
  readonly tag?: "unnecessary" | "deprecated";
}

export interface RuleContext<M extends Messages, O extends OptionSpecs> {
  readonly facts: Facts;
  readonly policy: ImagePolicy;
  readonly options: Options<O>;
  /** Reports one finding: the message's name, its data, and the place. */
  report<K extends keyof M & string>(message: K, data: Parameters<M[K]>, place: Place): void;
  /** Says that something could not be judged, and why. Never silent, never a finding. */
  notChecked(reason: string, at?: Span): void;
}

export interface Reference {
  readonly title: string;
  readonly url: string;
}

interface RuleDefinition<L extends Language, M extends Messages, O extends OptionSpecs> {
  /** The file's name: kebab-case, naming the bad pattern, so that "ignore <id>" reads well. */
  readonly id: string;
  readonly language: L;
  /** The good state, on one line, without a full stop. */
  readonly title: string;
  /** Markdown: the attack or failure that this prevents, when the rule is wrong, how to fix by hand. */
  readonly why: string;
  readonly category: Category;
  readonly severity: Severity;
  /** For rules about secrets: what they mark is no secret itself but a name or a path, so that reports may show it. */
  readonly marksNoSecret?: true;
  readonly profiles: readonly DeclaredProfile[];
  /** The first version that has it. */
  readonly since: string;
  /** Other tools' ids (`hadolint:DL3002`, `trivy:DS-0002`, `cis:4.1`, `cwe:250`). */
  readonly aliases: readonly string[];
  readonly references: readonly Reference[];
  /**
   * Whether what it reports at an instruction depends on that instruction alone, and on FROM, ARG, ENV, USER, SHELL,
   * WORKDIR and ONBUILD: then an instruction that did not change is not judged again. Of a Compose file: whether what it
   * reports at a service depends on that service alone, and on what stands beside `services:`. A test holds every rule
   * that says so to it.
   */
  readonly local?: true;
  /**
   * For other Dockerfile rules: whether an instruction, beside FROM, ARG, ENV, USER, SHELL, WORKDIR and ONBUILD, can bear
   * on anything that the rule reports, anywhere in the file. As long as none that does has changed, the rule is not run
   * again. A test holds every rule to it.
   *
   * @param text of the document that the instruction stands in
   */
  readonly reads?: (instruction: Instruction, text: string) => boolean;
  /**
   * For Dockerfiles: what must be there for the rule to have anything to say, so that it is not asked in vain. A `local`
   * rule is shown no other instructions. A test holds every rule to it.
   */
  readonly needs?: Needs;
  /**
   * For other rules about Compose files and projects: the keys of services that bear on what the rule reports. As long as
   * none of them has changed, the rule is not run again. A test holds every rule to it.
   */
  readonly keys?: readonly string[];
  /** For a `local` rule that reports so many findings of one file and says then that it did not look further. */
  readonly listsAtMost?: number;
  readonly options?: O;
  readonly messages: M;
  readonly bad: readonly BadExample[];
  readonly good: readonly GoodExample[];
  /** Pure and synchronous: no input, no output, no clock, no mutation. */
  check(document: Documents[L], context: RuleContext<M, O>): void;
}

/** A rule with its parameters forgotten, as lists hold it. */
export interface Rule extends Omit<RuleDefinition<Language, Messages, OptionSpecs>, "check" | "options"> {
  readonly options: OptionSpecs;
  check(document: Documents[Language], context: RuleContext<Messages, OptionSpecs>): void;
}

/**
 * Declares a rule. The compiler checks message names and the types of their data against `messages`,
 * and option names against `options`.
 */
export function defineRule<
  const L extends Language,
  const M extends Messages,
  const O extends OptionSpecs = Record<never, never>,
>(definition: RuleDefinition<L, M, O>): Rule {
  // The one place where a rule's own types are forgotten: `run.ts` hands it only documents of its language. The object is
  // not copied, since a bundle may hold getters in place of its long texts.
  const rule = definition as unknown as Rule & { options?: OptionSpecs };
  rule.options ??= {};
  return rule;
}
