/**
 * What the client and the server say to each other beyond the Language Server Protocol.
 *
 * Both sides import this file and nothing else of each other, so it holds plain types and constants only. URIs are
 * strings as `vscode.Uri.toString()` writes them, lines and characters count from 0 as in the protocol, sizes are
 * bytes and times are milliseconds.
 */

import type { LanguageFiles } from "./protocolFiles";

export * from "./protocolFiles";
export * from "./protocolImages";

/** Names of the requests and notifications. */
export const methods = {
  /** client -> server, {@link AuditParams} -> {@link AuditResult}; progress on `workDoneToken`, cancellable. */
  audit: "plimsoll/audit",
  /** client -> server, {@link AuditFileParams} -> {@link AuditFileResult}. */
  auditFile: "plimsoll/auditFile",
  /** client -> server, {@link IgnoreParams} -> {@link PreparedEdit}, or null where there is nothing to ignore. */
  ignore: "plimsoll/ignore",
  /** client -> server, {@link ReasonRequiredParams} -> boolean: whether the repository of an open file wants a reason. */
  reasonRequired: "plimsoll/reasonRequired",
  /** client -> server, {@link HardenParams} -> {@link PreparedEdit}, or null where there is nothing to harden. */
  harden: "plimsoll/harden",
  /** client -> server, {@link FixWorkspaceParams} -> {@link WorkspaceFix}; progress on `workDoneToken`, cancellable. */
  fixWorkspace: "plimsoll/fixWorkspace",
  /** client -> server, {@link ChangedFilesParams} -> the URIs of those files that are not any more as they were. */
  changedFiles: "plimsoll/changedFiles",
  /** client -> server, {@link FalsePositiveParams} -> {@link FalsePositiveReport}, or null where the finding is gone. */
  falsePositive: "plimsoll/falsePositive",
  /** client -> server, no parameters -> {@link RuleSummary}[], sorted by id. */
  rules: "plimsoll/rules",
  /** client -> server, {@link ExplainParams} -> {@link ExplainResult}, or null for an unknown id. */
  explain: "plimsoll/explain",
  /** client -> server, notification, {@link NeighbourParams}. */
  neighbours: "plimsoll/neighbours",
  /** client -> server, {@link PinParams} -> {@link PinResult}; asks registries, cancellable. */
  pin: "plimsoll/pin",
  /** client -> server, {@link PinAllParams} -> {@link PinResult}; asks registries, cancellable. */
  pinAll: "plimsoll/pinAll",
  /** client -> server, {@link ScanParams} -> {@link ScanResult}; runs the user's scanner, cancellable. */
  scan: "plimsoll/scan",
  /** client -> server, notification without parameters: the user now trusts the workspace. */
  trusted: "plimsoll/trusted",
  /** server -> client, notification, {@link StatusParams}. */
  status: "plimsoll/status",
  /** server -> client, {@link ReadFileParams} -> {@link ReadFileResult}. */
  readFile: "plimsoll/readFile",
  /** server -> client, {@link FindFilesParams} -> {@link FindFilesResult}. */
  findFiles: "plimsoll/findFiles",
  /** server -> client, {@link StatParams} -> {@link StatResult}. */
  stat: "plimsoll/stat",
} as const;

/**
 * Commands that the client registers and that the server may name in code actions, lenses and links.
 * The server must not announce them in `executeCommandProvider`: the client would register them twice.
 */
export const clientCommands = {
  /** Argument: a rule's id. Shows its page; without an argument the user picks one. */
  explainRule: "plimsoll.explainRule",
  /** Argument: {@link IgnoreTarget}. Asks for a reason and an end date, and silences the finding. */
  ignore: "plimsoll.ignoreFinding",
  /** Argument: a rule's id. Fixes all that it has found in the workspace. */
  fixRuleInWorkspace: "plimsoll.fixRuleInWorkspace",
  /** Argument: {@link ScanParams}; without one, all images of the active file. Has the user's scanner look at images. */
  scan: "plimsoll.scanImages",
  /** Argument: {@link HardenParams}. Hardens the stage or service there. */
  harden: "plimsoll.harden",
  /** Argument: {@link PostureView}. Shows the controls of a stage or service one by one. */
  showPosture: "plimsoll.showPosture",
} as const;

/** The code action kind of "apply every safe fix"; also what users put under `editor.codeActionsOnSave`. */
export const fixAllKind = "source.fixAll.plimsoll";

/** The section of the settings that the client synchronizes. */
export const configurationSection = "plimsoll";

/** Globs for files whose contents may change a finding: those that are checked, and those about others. */
export const watchedGlobs = [
  "**/{plimsoll.yaml,plimsoll.baseline.json,*.dockerignore,.env,*.env,.env.*}",
  "**/{Dockerfile,Dockerfile.*,*.dockerfile,*.Dockerfile,Containerfile,Containerfile.*}",
  "**/{compose,docker-compose}*.{yml,yaml}",
  "**/{daemon,docker-daemon,devcontainer,.devcontainer,devcontainer-feature}.json",
  "**/{*.sh,*.bash,*.md,*.mk,Makefile,.gitlab-ci.yml}",
  "**/.github/workflows/*.{yml,yaml}",
] as const;

/** A glob for the names of files whose appearance or end may change what a build takes. Their contents never matter. */
export const contextNamesGlob =
  "**/{.git,.env,.env.*,.npmrc,.netrc,.pypirc,.pgpass,.htpasswd,.git-credentials,kubeconfig,id_*,secret*.*,password*.txt," +
  "*credentials*,*service*account*.json,master.key,*.{pem,key,p12,pfx,ppk,kdbx,ovpn,tfstate,tfvars,jks,keystore}}";

/** Severities, the gravest first. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof severities)[number];

/** How many findings there are of each severity. */
export type SeverityCounts = Readonly<Record<Severity, number>>;

/** What the client tells in `initializationOptions`. */
export interface InitializationOptions {
  /**
   * Whether files must be read through {@link methods.readFile} and its like, because the server has no disk (a web
   * worker) or the workspace is not on one.
   */
  readonly filesThroughClient: boolean;
  /** Whether the user trusts the workspace; only then are registries asked, where the settings say so, too. */
  readonly trusted?: boolean;
  /** Whether another extension completes and explains `plimsoll.yaml` by the schema of our manifest. */
  readonly readsSchemas?: boolean;
  /** The texts of the editor's language, for a server that has no disk to read them from; missing for English. */
  readonly languageFiles?: LanguageFiles;
}

/**
 * What the client starts the server's Node with. Files are small and are read one at a time, so that most of what is made
 * for one is gone before the next: 2 MB for what is young, in place of up to 16, do as well and save memory. Most of the
 * rules' functions are never run in a session, so that none is compiled before it is: 1 MB less.
 */
export const serverNodeOptions = ["--max-semi-space-size=1", "--max-lazy"] as const;

/**
 * Variables that our own client starts the server with. The C library of Linux otherwise keeps memory of its own for each
 * of Node's threads: 5 MB less.
 */
export const serverEnvironment = { MALLOC_ARENA_MAX: "1" } as const;

/** The first message to a server in a web worker, which cannot tell where its other files are. */
export interface WorkerGreeting {
  /** The URL of their folder, with `/` at its end. */
  readonly folder: string;
}

/** What other extensions show in one open document, in place of what they showed before. */
export interface NeighbourParams {
  readonly uri: string;
  readonly shown: readonly NeighbourFinding[];
}

export interface NeighbourFinding {
  /** The id of the tool's own rule, as a text. */
  readonly code: string;
  /** Zero-based lines, both included. */
  readonly from: number;
  readonly to: number;
}

export type IgnoreScope = "line" | "file" | "repository";

/** The finding to silence, and how far. */
export interface IgnoreTarget {
  readonly uri: string;
  readonly rule: string;
  readonly start: ProtocolPosition;
  readonly scope: IgnoreScope;
  /** Whether the repository wants a reason. */
  readonly reasonRequired: boolean;
}

export interface ReasonRequiredParams {
  readonly uri: string;
}

export interface IgnoreParams extends IgnoreTarget {
  readonly reason?: string;
  /** `YYYY-MM-DD`: the last day on which the finding is ignored. */
  readonly until?: string;
}

export interface FixWorkspaceParams {
  /** Fixes what this rule has found, by unsafe fixes too. Without it, all that safe fixes can do. */
  readonly rule?: string;
  /** The workspace folders. */
  readonly folders: readonly string[];
  /** Where `$/progress` goes, as work-done progress with percentages. */
  readonly workDoneToken?: string | number;
}

/** A change of many files, which the client shows and applies. */
export interface WorkspaceFix {
  /** A `WorkspaceEdit` of the Language Server Protocol with `documentChanges`; `undefined` where nothing is to be done. */
  readonly edit?: object;
  /** The files that it changes, as they were when it was worked out, in the order of the edit's parts. */
  readonly files: readonly FixedFile[];
  /** How many fixes it is made of. */
  readonly fixes: number;
  /** What was not looked at, so that there may be more to fix. */
  readonly notChecked: readonly NotChecked[];
}

export interface StampedFile {
  readonly uri: string;
  /** A name for the text in the editor and on the disk, made and compared by the server alone. */
  readonly stamp: string;
}

export interface FixedFile extends StampedFile {
  /** What is done, each thing once. */
  readonly titles: readonly string[];
}

export interface ChangedFilesParams {
  readonly files: readonly StampedFile[];
}

/** A change that the client applies. */
export interface PreparedEdit {
  /** A `WorkspaceEdit` of the Language Server Protocol. */
  readonly edit: object;
  /** How many files it changes. */
  readonly files: number;
}

/** The stage whose FROM, or the service whose name, is at a place. */
export interface HardenParams {
  readonly uri: string;
  readonly position: ProtocolPosition;
}

/** How one stage or service stands. */
export interface PostureView {
  readonly uri: string;
  readonly title: string;
  readonly controls: readonly PostureControl[];
}

export interface PostureControl {
  /** The good state, in a few words. */
  readonly title: string;
  readonly state: "pass" | "fail" | "accepted" | "notApplicable" | "notChecked";
  /** Why, or what fails it; empty where there is nothing to say. */
  readonly detail: string;
  /** Where it fails. */
  readonly range?: ProtocolRange;
}

export interface FalsePositiveParams {
  readonly uri: string;
  readonly rule: string;
  readonly start: ProtocolPosition;
}

/** An issue that the user may file. */
export interface FalsePositiveReport {
  /** Markdown, with secrets masked. */
  readonly body: string;
  /** The page of the project that takes it, filled in. */
  readonly url: string;
}

/** Formats of an audit's report. */
export const reportFormats = ["html", "sarif", "json", "markdown", "csv"] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface AuditParams {
  /** The workspace folders to audit. */
  readonly folders: readonly string[];
  /** A further format in which the report is wanted, beside HTML. */
  readonly reportFormat?: ReportFormat;
  /** Where `$/progress` goes, as work-done progress with percentages. */
  readonly workDoneToken?: string | number;
}

/** The server publishes the findings as diagnostics too; this is what the client's own views need. */
export interface AuditResult {
  readonly summary: SeverityCounts;
  readonly filesChecked: number;
  readonly notChecked: readonly NotChecked[];
  /** Rules that failed, as lines for a person. Not empty means that the result is not to be relied upon. */
  readonly failures: readonly string[];
  /** Files with at least one finding, sorted by URI. */
  readonly files: readonly AuditedFile[];
  /** What registries say of the images that files name, in order of name; missing where they were not asked. */
  readonly images?: readonly AuditedImage[];
  /** One self-contained HTML document that needs neither script nor network. */
  readonly reportHtml: string;
  /** The report in {@link AuditParams.reportFormat}, where one was asked for. */
  readonly report?: string;
}

/** What a registry says of an image. */
export interface AuditedImage {
  readonly image: string;
  /** When it was made, or why nothing is known. */
  readonly summary: string;
  /** Where files name it; lines count from 0. */
  readonly places: readonly { readonly uri: string; readonly line: number }[];
  /** In words, part by part; empty where nothing was told. */
  readonly told: readonly { readonly name: string; readonly text: string }[];
  /** Why nothing was told. */
  readonly unknown?: string;
}

export interface AuditFileParams {
  /** A file of the workspace, or an open document. */
  readonly uri: string;
}

export interface AuditFileResult {
  /** In the order of their place in the file. */
  readonly findings: readonly AuditFinding[];
  /** Not empty where the file, or a part of it, was not checked. */
  readonly notChecked: readonly NotChecked[];
  /** Rules that failed, as lines for a person. */
  readonly failures: readonly string[];
}

export interface AuditedFile {
  readonly uri: string;
  /** In the order of their place in the file. */
  readonly findings: readonly AuditFinding[];
}

export interface AuditFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: ProtocolRange;
}

/** A range as the Language Server Protocol has it, characters counted in UTF-16 code units. */
export interface ProtocolRange {
  readonly start: ProtocolPosition;
  readonly end: ProtocolPosition;
}

export interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

/** A file that could not be checked, and why, in one sentence. */
export interface NotChecked {
  readonly uri: string;
  readonly reason: string;
}

export interface RuleSummary {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly category: string;
}

export interface ExplainParams {
  readonly id: string;
  /** The rule's examples, from a client that ships them apart from the server. */
  readonly examples?: RuleExamples;
}

/** What a rule's page shows of its examples. */
export interface RuleExamples {
  readonly bad: readonly { readonly title: string; readonly source: string; readonly fixed?: string }[];
  readonly good: readonly { readonly title: string; readonly source: string }[];
}

export interface ExplainResult {
  readonly markdown: string;
}

export interface StatusParams {
  readonly state: "ready" | "checking" | "error";
  /** One sentence for the status item; there at least when `state` is "error". */
  readonly message?: string;
  /** Open files that could not be checked. */
  readonly notChecked: readonly NotChecked[];
  /** How long the last run of the rules took. */
  readonly lastRunMs?: number;
}
