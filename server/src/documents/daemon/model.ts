import type { Span } from "../../text/span";
import type { DocumentBase } from "../document";

/** Docker's `daemon.json`. */
export interface DaemonDocument extends DocumentBase {
  readonly language: "daemon";
  /** The object that holds the settings; `undefined` where the text has none. */
  readonly root: JsonObject | undefined;
  /** By key; of a key that is given twice the last, which is the one that counts. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** Keys given again in the same object, anywhere in the file: the second place and every further one. */
  readonly repeatedKeys: readonly Setting[];
  /** Whether the text is whole, so that a setting which is not in it is not set. */
  readonly isWhole: boolean;
}

/** A key with its value. */
export interface Setting extends Place {
  readonly key: string;
  /** With its quotes. */
  readonly keySpan: Span;
  /** `undefined` as long as it is not written. */
  readonly value: JsonValue | undefined;
}

/** An item of an array. */
export interface JsonItem extends Place {
  readonly value: JsonValue;
}

/** Where a part of an object or array stands. */
export interface Place {
  /** Without the comma behind it. */
  readonly span: Span;
  /** The offset of the comma behind it. */
  readonly comma: number | undefined;
}

export type JsonValue = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonOther;

export interface JsonObject {
  readonly kind: "object";
  readonly span: Span;
  readonly entries: readonly Setting[];
  /** Whether its closing bracket is there. */
  readonly closed: boolean;
}

export interface JsonArray {
  readonly kind: "array";
  readonly span: Span;
  readonly items: readonly JsonItem[];
  readonly closed: boolean;
}

export interface JsonString {
  readonly kind: "string";
  /** With its quotes. */
  readonly span: Span;
  /** Escapes resolved. */
  readonly value: string;
}

export interface JsonNumber {
  readonly kind: "number";
  readonly span: Span;
  readonly value: number;
}

export interface JsonBoolean {
  readonly kind: "boolean";
  readonly span: Span;
  readonly value: boolean;
}

/** `null`, or a word that JSON does not know, such as a template's placeholder. */
export interface JsonOther {
  readonly kind: "null" | "unknown";
  readonly span: Span;
}

/** The text that a setting is set to, or `undefined` where it is not a text. */
export function textOf(setting: Setting | undefined): string | undefined {
  return setting?.value?.kind === "string" ? setting.value.value : undefined;
}

/** Whether a setting is set to a boolean. */
export function isSetTo(setting: Setting | undefined, value: boolean): boolean {
  return setting?.value?.kind === "boolean" && setting.value.value === value;
}

/** The items of a setting that is a list; none for other values. */
export function itemsOf(setting: Setting | undefined): readonly JsonItem[] {
  return setting?.value?.kind === "array" ? setting.value.items : [];
}

/** The entries of a setting that is an object; none for other values. */
export function entriesOf(setting: Setting | undefined): readonly Setting[] {
  return setting?.value?.kind === "object" ? setting.value.entries : [];
}
