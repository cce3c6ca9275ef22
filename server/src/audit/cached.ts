import type { Config } from "../engine/config";
import type { ResultCache } from "../platform/ports";
import { type AuditedText, type AuditTextInput, auditText, ranUnder } from "./auditText";
import { pack, type Said, type Tally, tallyOf } from "./packed";

/** What is said of one text, packed. */
export interface PackedText extends Omit<AuditedText, keyof Said> {
  readonly packed: string;
  readonly tally: Tally;
}

/**
 * Checks one text, or asks a cache first. What is kept depends on all that goes into the check: the text and its
 * name, the facts with the day and with what became of `extends:`, the configuration as it is for this file, bases and
 * overrides and image policy put together, and what a baseline has accepted of it; the rules are those of the program
 * whose cache it is.
 */
export function auditTextCached(input: AuditTextInput, cache: ResultCache | undefined): PackedText {
  const key = cache && keyOf(input, cache);
  const kept = key === undefined ? undefined : cache?.get(key);
  if (kept !== undefined) return read(kept, input);
  const result = auditText(input);
  const { failures, notChecked, lasts, ran } = result;
  const text: PackedText = {
    packed: pack(result),
    tally: tallyOf(result),
    ...{ failures, notChecked, lasts, ran },
  };
  if (key !== undefined && lasts) cache?.put(key, write(text));
  return text;
}

/** No JSON of ours holds a tab, so that one parts what is read at once from what a report reads. */
const separator = "\t";

function write({ packed, tally, failures, notChecked }: PackedText): string {
  return JSON.stringify({ tally, failures, notChecked }) + separator + packed;
}

function read(kept: string, input: AuditTextInput): PackedText {
  const end = kept.indexOf(separator);
  const head = JSON.parse(kept.slice(0, end)) as Omit<PackedText, "packed" | "lasts" | "ran">;
  return { ...head, packed: kept.slice(end + 1), lasts: true, ran: ranUnder(input) };
}

function keyOf(
  { kind, name, path, text, facts, config, accepted, withPosture }: AuditTextInput,
  cache: ResultCache,
): string | undefined {
  const known = textOf(facts);
  const settings = configTextOf(config);
  const waived = textOf(accepted ?? []);
  if (known === undefined || settings === undefined || waived === undefined) return undefined;
  const how = withPosture === true ? "with posture" : "";
  return cache.keyOf([kind, name, path ?? "\u0000", known, settings, waived, how, text]);
}

const configTexts = new WeakMap<Config, { readonly text: string | undefined }>();

/** One configuration counts for many files. */
function configTextOf(config: Config): string | undefined {
  let kept = configTexts.get(config);
  if (kept === undefined) {
    kept = { text: textOf(config) };
    configTexts.set(config, kept);
  }
  return kept.text;
}

/** Plain data as text; `undefined` for what holds something else, which no text can stand for. */
function textOf(value: unknown): string | undefined {
  let isPlain = true;
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (member instanceof Map) return { map: [...member] };
    if (member instanceof Set) return { set: [...member] };
    if (typeof member === "function" || typeof member === "symbol" || member instanceof Promise)
      isPlain = false;
    return member;
  });
  return isPlain ? text : undefined;
}
