import { setKeys } from "../../documents/daemon/edits";
import type { DaemonDocument, Setting } from "../../documents/daemon/model";
import type { Fix } from "../../engine/finding";
import type { Reference } from "../../engine/rule";
import type { TextEdit } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";

/**
 * Where the lack of a setting is shown: the bracket that opens the file.
 * @returns undefined where the text is not whole, so that it cannot be told what is missing
 */
export function placeOfMissing({ root, isWhole }: DaemonDocument): Span | undefined {
  return root !== undefined && isWhole ? spanOf(root.span.start, root.span.start + 1) : undefined;
}

/** How a setting that is to be true, or false, is not: given otherwise, or missing. */
export interface NotSet {
  readonly how: "given" | "missing";
  readonly at: Span;
}

/** @returns undefined where the setting is as wanted, or what it is cannot be told */
export function notSetTo(document: DaemonDocument, key: string, wanted: boolean): NotSet | undefined {
  const setting = document.settings.get(key);
  if (setting !== undefined) {
    const { value, span } = setting;
    return value?.kind === "boolean" && value.value !== wanted ? { how: "given", at: span } : undefined;
  }
  const at = placeOfMissing(document);
  return at === undefined ? undefined : { how: "missing", at };
}

/** Whether a setting is given with a value that is empty: nothing between its quotes or brackets. */
export function isEmpty({ value }: Setting): boolean {
  if (value?.kind === "string") return value.value === "";
  if (value?.kind === "array") return value.items.length === 0;
  return value?.kind === "object" && value.entries.length === 0;
}

/** A fix of the daemon's settings. It is never safe: the daemon, or what it runs, behaves otherwise afterwards. */
export function daemonFix(title: string, edits: readonly TextEdit[]): readonly Fix[] {
  return edits.length === 0 ? [] : [{ title, safety: "unsafe", edits }];
}

/** What hardens any daemon, with the JSON text of its value; it needs no preparation on the host. */
const hardening: readonly (readonly [key: string, value: string])[] = [
  ["icc", "false"],
  ["live-restore", "true"],
  ["no-new-privileges", "true"],
  ["userland-proxy", "false"],
];

/** One fix that sets all that is missing of what hardens any daemon; none where that is a single setting. */
export function hardenDaemon(document: DaemonDocument): readonly Fix[] {
  const missing = hardening.filter(([key]) => !document.settings.has(key));
  if (missing.length < 2) return [];
  const names = missing.map(([key]) => key).join(", ");
  return daemonFix(`Harden the daemon: set ${names}`, setKeys(document, Object.fromEntries(missing)));
}

/** Docker's own page about the file. */
export const daemonFile: Reference = {
  title: "Docker: dockerd, daemon configuration file",
  url: "https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file",
};

/** A page of Docker's documentation. */
export function dockerPage(title: string, path: string): Reference {
  return { title: `Docker: ${title}`, url: `https://docs.docker.com/${path}` };
}
