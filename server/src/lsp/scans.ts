import type { CancellationToken, Connection } from "vscode-languageserver";
import type { Facts, Vulnerabilities } from "../engine/facts";
import { maxRegistryAnswers } from "../limits";
import type { ScannerPorts } from "../platform/ports";
import { type ImagePlace, imagePlaces } from "../registry/imagePlaces";
import { findScanner } from "../scanners/findScanner";
import { imageKey } from "../scanners/results";
import { scanImages } from "../scanners/scanPlaces";
import { touchesOffset } from "../text/span";
import { guardRequest, guardTask, signalOf } from "./guard";
import type { Network } from "./network";
import { type Progress, progressTo } from "./progress";
import { methods, type ScanParams, type ScanResult } from "./protocol";
import type { ServerPorts } from "./server";
import type { Checked, Session } from "./session";

/** What scanners have said in this session. */
export interface Scans {
  /** Of the image at a place; `undefined` where none was run. */
  of(place: ImagePlace): Vulnerabilities | { readonly unknown: string } | undefined;
  /** Whether one may be run by these settings. */
  mayScan(checked: Checked): boolean;
}

/**
 * Runs the user's scanner over the images of a document: when a command or a lens asks for it, and on save where the user
 * wants that. Never while somebody types.
 * @param changed called when there are new results
 */
export function registerScans(
  connection: Connection,
  session: Session,
  setup: { readonly network: Network; readonly ports: ServerPorts; changed(): void },
): Scans {
  const { network, ports, changed } = setup;
  const results = new Map<string, Vulnerabilities | { readonly unknown: string }>();
  let loaded: Promise<ScannerPorts> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const mayScan = ({ resource }: Checked): boolean =>
    ports.scannerPorts !== undefined && network.isOn(resource.settings);

  const scan = async (
    checked: Checked,
    places: readonly ImagePlace[],
    watch: { readonly signal?: AbortSignal; readonly progress?: Progress },
  ): Promise<ScanResult> => {
    const { settings } = checked.resource;
    if (ports.scannerPorts === undefined || !mayScan(checked)) return refused(settings.network);
    loaded ??= ports.scannerPorts();
    const scannerPorts = await loaded;
    const avoid = [...session.folders].flatMap((uri) => session.locations.pathOf(uri) ?? []);
    const installed = await findScanner(settings.scanner, scannerPorts.programs, avoid);
    if (typeof installed === "string") return { scanned: 0, grave: 0, notes: [installed] };
    const found = await scanImages(
      places.map(({ reference }) => reference),
      {
        installed,
        ports: scannerPorts,
        client: await network.client(settings),
        ...(watch.signal !== undefined && { signal: watch.signal }),
        onImage: ({ source }, index, count) =>
          watch.progress?.step(`${installed.scanner.title}: ${source} (${index + 1} of ${count})`),
      },
    );
    if (results.size + found.size > maxRegistryAnswers) results.clear();
    for (const [image, result] of found) results.set(image, result);
    if (found.size > 0) {
      session.setVulnerabilities(new Map(results) satisfies Facts["vulnerabilities"]);
      changed();
    }
    return resultOf(found);
  };
  /** One after the other: a scanner takes what a machine has. */
  const inTurn = (
    uri: string,
    at: (checked: Checked) => readonly ImagePlace[],
    watch: Parameters<typeof scan>[2],
  ): Promise<ScanResult | null> => {
    const next = last.then(async () => {
      const checked = await session.checked(uri);
      return checked === undefined ? null : scan(checked, at(checked), watch);
    });
    last = next.catch(() => undefined);
    return next;
  };

  const answer = async (params: ScanParams, token: CancellationToken): Promise<ScanResult | null> => {
    const { uri, position, workDoneToken } = params;
    const at = (checked: Checked): readonly ImagePlace[] => {
      const places = imagePlaces(checked.analysis.document);
      if (position === undefined) return places;
      const offset = checked.positions.offset(position);
      return places.filter(({ span }) => touchesOffset(span, offset));
    };
    const progress = progressTo(connection, workDoneToken);
    return inTurn(uri, at, { signal: signalOf(token), progress });
  };
  connection.onRequest<ScanResult | null, never>(
    methods.scan,
    guardRequest(methods.scan, session.log, null, answer),
  );
  session.documents.onDidSave(({ document }) => {
    guardTask("scan on save", session.log, async () => {
      const checked = await session.checked(document.uri);
      if (checked === undefined || !checked.resource.settings.scanOnSave || !mayScan(checked)) return;
      const open = ({ analysis }: Checked): readonly ImagePlace[] => imagePlaces(analysis.document);
      for (const note of (await inTurn(document.uri, open, {}))?.notes ?? []) session.log.warn(note);
    })();
  });
  return { of: ({ reference }) => results.get(imageKey(reference.source) ?? ""), mayScan };
}

function resultOf(found: NonNullable<Facts["vulnerabilities"]>): ScanResult {
  const entries = [...found];
  const notes = entries.flatMap(([image, result]) =>
    "unknown" in result ? [`${image} was not scanned: ${result.unknown}`] : [],
  );
  const grave = entries.filter(([, result]) => !("unknown" in result) && result.critical + result.high > 0);
  return { scanned: entries.length - notes.length, grave: grave.length, notes };
}

function refused(setting: boolean): ScanResult {
  const note = setting
    ? "images can be scanned in trusted workspaces on a disk only"
    : "a scanner fetches images, so it is run only where the setting plimsoll.network is on";
  return { scanned: 0, grave: 0, notes: [note] };
}
