import type { Connection, InitializeParams, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { withBaseline } from "../audit/auditText";
import { commandFormatOfPath } from "../documents/commands/format";
import { isWhatItIsCalled, kindOfDocument } from "../documents/kind";
import { type Analysis, type AnalysisInput, createAnalyser } from "../engine/analyse";
import type { Facts } from "../engine/facts";
import type { Rule } from "../engine/rule";
import { maxGatherings } from "../limits";
import type { Clock, Files, Log } from "../platform/ports";
import { createClientSettings } from "./clientSettings";
import { type Positions, positionsOf } from "./convert";
import { chooseEncoding, type Encoding } from "./encoding";
import type { Locations } from "./locations";
import { createNeighbours, type Neighbours } from "./neighbours";
import { createRecentEdits, type RecentEdits } from "./recentEdits";
import { createResources, type Resource, type Resources } from "./resources";
import { createAged } from "./scanText";
import { defaultSettings, parseSettings, type Settings } from "./settings";
import { createTextDocuments } from "./textDocuments";

/** What registries have said of a document's images. */
export type AskedFacts = Pick<Facts, "tagDigests" | "asked">;

/** What one run over one text has given. */
export interface Checked {
  readonly uri: string;
  /** `undefined` for a file that is not open. */
  readonly version: number | undefined;
  /** Different for every run of this server: what pull diagnostics call a result id. */
  readonly id: string;
  readonly input: AnalysisInput;
  readonly analysis: Analysis;
  readonly positions: Positions;
  readonly resource: Resource;
  /** Milliseconds that the run took. */
  readonly took: number;
}

/** The state of the server, in one place. */
export interface Session {
  readonly rules: readonly Rule[];
  readonly log: Log;
  readonly clock: Clock;
  readonly files: Files;
  readonly locations: Locations;
  readonly documents: TextDocuments<TextDocument>;
  readonly recentEdits: RecentEdits;
  readonly neighbours: Neighbours;
  readonly resources: Resources;
  readonly folders: Set<string>;
  readonly client: InitializeParams["capabilities"];
  readonly encoding: Encoding;
  /** Whether the client is ours, and knows the commands that actions may name. */
  readonly hasOwnClient: boolean;
  /** Whether the editor says by itself what the schema of `plimsoll.yaml` says. */
  readonly readsSchemas: boolean;
  /** The latest result for an open document; `undefined` where it is closed or nothing is to be checked. */
  checked(uri: string): Promise<Checked | undefined>;
  /** Checks a text that is not open in the editor. */
  checkText(uri: string, text: string): Promise<Checked | undefined>;
  /** The user's settings for a resource or folder. */
  settingsOf(uri: string): Promise<Settings>;
  /** The settings as a client without `workspace/configuration` pushes them. */
  setPushedSettings(section: unknown): void;
  /** Keeps what registries said of an open document's images, so that its next check knows it. */
  setAsked(uri: string, facts: AskedFacts | undefined): void;
  /** Keeps what scanners have said, for all documents and audits. */
  setVulnerabilities(found: NonNullable<Facts["vulnerabilities"]>): void;
  /** What scanners have said, as facts for an audit. */
  vulnerabilities(): Facts["vulnerabilities"];
  /** Called with every new result. */
  onChecked: (checked: Checked) => void;
  /** Called when settings have come for which defaults were taken, since the client was slow to tell them. */
  onLateSettings: () => void;
}

export function createSession(setup: {
  readonly connection: Connection;
  readonly params: InitializeParams;
  readonly rules: readonly Rule[];
  readonly log: Log;
  readonly clock: Clock;
  readonly files: Files;
  readonly locations: Locations;
  readonly hasOwnClient: boolean;
  readonly readsSchemas: boolean;
}): Session {
  const { connection, params, rules, log, clock, files, locations } = setup;
  const encoding = chooseEncoding(params.capabilities.general?.positionEncodings);
  const recentEdits = createRecentEdits(() => clock.now());
  const documents = createTextDocuments(() => encoding, recentEdits.note);
  const folders = new Set(foldersOf(params));
  const results = new WeakMap<
    TextDocument,
    { readonly key: string; readonly checked: Checked | undefined }
  >();
  const asked = new WeakMap<TextDocument, AskedFacts>();
  const slow = new WeakMap<TextDocument, Set<string>>();
  let scanned: Facts["vulnerabilities"];
  const agedBy = createAged();
  const vulnerabilities = (): Facts["vulnerabilities"] => scanned && agedBy(scanned, clock.now());
  let pushedSettings = defaultSettings;
  // One for all documents: what it remembers of the last one is what makes the next keystroke in it fast.
  const analyse = createAnalyser();
  let runs = 0;
  let scans = 0;

  const askSettings = createClientSettings(connection, log, () => session.onLateSettings());
  const settingsOf = async (scopeUri: string): Promise<Settings> =>
    params.capabilities.workspace?.configuration === true ? askSettings(scopeUri) : pushedSettings;
  const resources = createResources({
    files,
    clock,
    rules,
    locations,
    folders: () => [...folders],
    settingsOf,
    openText: (path) => {
      const uri = documents.keys().find((key) => locations.pathOf(key) === path);
      return uri === undefined ? undefined : documents.get(uri)?.getText();
    },
  });

  const run = (
    uri: string,
    version: number | undefined,
    kind: AnalysisInput["kind"],
    text: string,
    resource: Resource,
    facts: Facts,
    open?: TextDocument,
  ): Checked => {
    const slowHere = (open && slow.get(open)) ?? new Set();
    if (open !== undefined) slow.set(open, slowHere);
    const format = kind === "commands" ? commandFormatOfPath(decodeURIComponentSafely(uri)) : undefined;
    const input: AnalysisInput = {
      kind,
      ...(format === undefined ? {} : { format }),
      text,
      rules,
      config: resource.config,
      spent: clock.spent,
      slow: slowHere,
      facts: {
        ...facts,
        today: new Date(clock.now()).toISOString().slice(0, 10),
        ...(open && asked.get(open)),
        ...(scanned !== undefined && { vulnerabilities: agedBy(scanned, clock.now()) }),
      },
      ...(resource.path === undefined ? {} : { path: resource.path }),
    };
    const before = clock.now();
    const analysis = withBaseline(input, analyse(input), resource.accepted);
    const took = clock.now() - before;
    const positions = positionsOf(text, analysis.document.lines, encoding);
    return { uri, version, id: String(++runs), input, analysis, positions, resource, took };
  };

  const session: Session = {
    rules,
    log,
    clock,
    files,
    locations,
    documents,
    recentEdits,
    neighbours: createNeighbours(),
    resources,
    folders,
    client: params.capabilities,
    encoding,
    hasOwnClient: setup.hasOwnClient,
    readsSchemas: setup.readsSchemas,
    settingsOf,
    setPushedSettings: (section) => {
      pushedSettings = parseSettings(section);
    },
    async checked(uri) {
      for (let attempt = 0; attempt < maxGatherings; attempt++) {
        const document = documents.get(uri);
        if (document === undefined) return undefined;
        const { generation } = resources;
        const resource = await resources.of(uri);
        const { version } = document;
        const isOutdated = (): boolean =>
          documents.get(uri) !== document ||
          document.version !== version ||
          generation !== resources.generation;
        if (isOutdated()) continue;
        const day = new Date(clock.now()).toISOString().slice(0, 10);
        const hour = scanned === undefined ? "" : Math.floor(clock.now() / 3_600_000);
        const key = `${document.version} ${generation} ${day} ${hour} ${scans}`;
        const last = results.get(document);
        if (last?.key === key) return last.checked;
        const text = document.getText();
        const kind = kindOf(document.languageId, uri, text, resource);
        const facts = await factsFor(kind, text, resource);
        if (isOutdated()) continue;
        const isLeftAlone = kind === undefined || (kind === "commands" && !isCheckedOpen(uri, resource));
        const checked = isLeftAlone ? undefined : run(uri, version, kind, text, resource, facts, document);
        results.set(document, { key, checked });
        if (checked !== undefined) session.onChecked(checked);
        return checked;
      }
      return undefined;
    },
    async checkText(uri, text) {
      const resource = await resources.of(uri);
      const kind = kindOf("", uri, text, resource);
      return kind && run(uri, undefined, kind, text, resource, await factsFor(kind, text, resource));
    },
    setAsked: (uri, facts) => {
      const document = documents.get(uri);
      if (document === undefined) return;
      if (facts === undefined) asked.delete(document);
      else asked.set(document, facts);
      results.delete(document);
    },
    setVulnerabilities: (found) => {
      scanned = found;
      scans++;
    },
    vulnerabilities,
    onChecked: () => {},
    onLateSettings: () => {},
  };
  return session;
}

/** Nothing is waited for but where a Compose file is checked: what others need was gathered with the resource. */
function factsFor(
  kind: AnalysisInput["kind"] | undefined,
  text: string,
  resource: Resource,
): Facts | Promise<Facts> {
  return kind === "compose" ? resource.withNeighbours(text) : resource.facts;
}

/** What of rules reads a document, or `undefined` where none does. */
function kindOf(
  languageId: string,
  uri: string,
  text: string,
  resource: Resource,
): AnalysisInput["kind"] | undefined {
  if (!resource.wanted || resource.kind !== undefined) return resource.wanted ? resource.kind : undefined;
  const path = decodeURIComponentSafely(uri);
  const kind = kindOfDocument(languageId, path);
  if (kind === undefined || kind === "dockerignore") return undefined;
  return isWhatItIsCalled(kind, path, text) ? kind : undefined;
}

/** Whether the commands of an open document are checked: where the user wants it, and never in documentation. */
function isCheckedOpen(uri: string, { checkCommands }: Resource): boolean {
  return checkCommands && commandFormatOfPath(decodeURIComponentSafely(uri)) !== "markdown";
}

function decodeURIComponentSafely(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

function foldersOf(params: InitializeParams): readonly string[] {
  if (Array.isArray(params.workspaceFolders)) return params.workspaceFolders.map((folder) => folder.uri);
  return typeof params.rootUri === "string" ? [params.rootUri] : [];
}
