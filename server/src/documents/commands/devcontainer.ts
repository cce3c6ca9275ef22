import { maxEngineOptions } from "../../limits";
import { deleteSpan, type TextEdit } from "../../text/edit";
import type { Span } from "../../text/span";
import { removeEntry, removeItem } from "../daemon/edits";
import type {
  DaemonDocument,
  JsonArray,
  JsonItem,
  JsonObject,
  JsonString,
  JsonValue,
  Setting,
} from "../daemon/model";
import { itemsOf, textOf } from "../daemon/model";
import { parseDaemon } from "../daemon/parse";
import type { ShellWord } from "../shell/model";
import { readWords, type ShellOption } from "../shell/options";
import type { EngineAction, EngineCommand, EngineOption, EngineText } from "./model";
import { syntaxOf } from "./optionTable";
import type { Reading, ScriptSource } from "./script";

/**
 * A development container as the commands that it becomes: one that starts the container, one that builds its image
 * (https://containers.dev/implementors/json_reference/). A Feature of one's own has some of the same keys.
 */
export function readDevcontainer(text: string): Reading {
  const json = parseDaemon(text);
  const { root, settings } = json;
  if (root === undefined) return { scripts: [] };
  const keys = { json, root, settings };
  const build = objectOf(settings.get("build"));
  const start: EngineCommand = {
    ...commandOf("run", root),
    options: startOptions(keys),
    image: textOfSetting(settings.get("image"), text),
  };
  const commands = [start];
  if (build !== undefined)
    commands.push({ ...commandOf("build", build), options: buildOptions(json, build) });
  const problems = json.problems.filter(({ effect }) => effect === "unchecked");
  const isCut = ["runArgs", "mounts", "capAdd", "securityOpt"].some(
    (key) => itemsOf(settings.get(key)).length > maxEngineOptions,
  );
  const message = `More than ${maxEngineOptions} items in one list: the rest is not read`;
  const image = settings.get("image")?.value;
  const isNamed = image?.kind === "string" && image.value !== "";
  return {
    scripts: lifecycleScripts(settings),
    commands,
    images: isNamed ? [{ name: image.value, open: image.value.includes("$"), span: image.span }] : [],
    problems: isCut ? [...problems, { span: root.span, message, effect: "unchecked" }] : problems,
  };
}

interface Keys {
  readonly json: DaemonDocument;
  readonly root: JsonObject;
  readonly settings: ReadonlyMap<string, Setting>;
}

function commandOf(action: EngineAction, { span }: JsonObject): EngineCommand {
  return {
    program: "docker",
    action,
    compose: false,
    span,
    nameSpan: { start: span.start, end: span.start + 1 },
    options: [],
    open: true,
    image: undefined,
    written: false,
    commentLine: undefined,
  };
}

function startOptions(keys: Keys): readonly EngineOption[] {
  const { json, root, settings } = keys;
  const privileged = settings.get("privileged");
  const isPrivileged = privileged?.value?.kind === "boolean" && privileged.value.value;
  const user = settings.get("containerUser");
  return [
    ...argumentsOf(json, settings.get("runArgs")),
    ...(isPrivileged
      ? [settingOption("privileged", privileged, undefined, removeEntry(json, root, privileged))]
      : []),
    ...listOf(json, settings.get("capAdd"), "cap-add"),
    ...listOf(json, settings.get("securityOpt"), "security-opt"),
    ...mountsOf(json, settings.get("mounts")),
    ...(user === undefined
      ? []
      : [settingOption("user", user, textOfSetting(user, json.text), removeEntry(json, root, user))]),
    ...environmentOf(settings.get("containerEnv"), json.text),
    ...featuresOf(settings.get("features")),
  ];
}

function buildOptions(json: DaemonDocument, build: JsonObject): readonly EngineOption[] {
  const args = build.entries.find(({ key }) => key === "args");
  const named = environmentOf(args, json.text).map((option) => ({ ...option, name: "build-arg" }));
  return [
    ...named,
    ...argumentsOf(
      json,
      build.entries.find(({ key }) => key === "options"),
      "build",
    ),
  ];
}

function settingOption(
  name: string,
  setting: Setting,
  value: EngineText | undefined,
  removal: readonly TextEdit[],
): EngineOption {
  return { name, span: setting.span, value, removal };
}

/** The strings of a list of options read as the words of a command line. */
function argumentsOf(
  json: DaemonDocument,
  list: Setting | undefined,
  action: EngineAction = "run",
): readonly EngineOption[] {
  const array = list?.value;
  if (array?.kind !== "array") return [];
  const items = new Map<ShellWord, JsonItem>();
  for (const item of itemsWithin(array))
    if (item.value.kind === "string") items.set(wordOf(item.value), item);
  const syntax = syntaxOf(action, false);
  return readWords([...items.keys()], syntax, false).options.map((option) => {
    const first = items.get(option.word)!;
    const last = option.valueWord === undefined ? first : items.get(option.valueWord)!;
    const own = option.alone && last === first ? removeItem(json, array, first) : [];
    const both = last !== first && option.alone ? removePair(json.text, first, last, array.items) : own;
    return {
      name: syntax.nameOf(option.name),
      span: { start: first.span.start, end: last.span.end },
      value: attachedValue(option, last, json.text),
      removal: both,
    };
  });
}

/** The items that are looked at. */
function itemsWithin({ items }: JsonArray): readonly JsonItem[] {
  return items.slice(0, maxEngineOptions);
}

/** Two items that stand side by side go together, with the comma behind or before them. */
function removePair(
  text: string,
  first: JsonItem,
  last: JsonItem,
  items: readonly JsonItem[],
): readonly TextEdit[] {
  const after = items[items.indexOf(last) + 1];
  const before = items[items.indexOf(first) - 1];
  const clean = (span: Span): readonly TextEdit[] =>
    /\/[/*]/.test(text.slice(span.start, span.end).replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, ""))
      ? []
      : [deleteSpan(span)];
  if (after !== undefined) return clean({ start: first.span.start, end: after.span.start });
  if (before !== undefined) return clean({ start: before.span.end, end: last.span.end });
  return clean({ start: first.span.start, end: last.comma === undefined ? last.span.end : last.comma + 1 });
}

/** `${localEnv:NAME}` is put in when the container starts. */
function isKnown(value: string): boolean {
  return !value.includes("${");
}

function wordOf({ value, span }: JsonString): ShellWord {
  return {
    span,
    text: value,
    value: isKnown(value) ? value : undefined,
    literalPrefix: isKnown(value) ? value : value.slice(0, value.indexOf("${")),
    quoted: true,
    exact: false,
    variables: [],
  };
}

function attachedValue(option: ShellOption, item: JsonItem, text: string): EngineText | undefined {
  const { valueWord, word, letter, long } = option;
  if (valueWord === undefined || item.value.kind !== "string") return undefined;
  const whole = textOfString(item.value, text);
  if (valueWord !== word) return whole;
  const from = long ? word.literalPrefix.indexOf("=") + 1 : letter + 1;
  const part = {
    text: whole.text.slice(from),
    value: whole.value?.slice(from),
    prefix: whole.prefix.slice(from),
  };
  if (!whole.exact) return { ...part, span: whole.span, exact: false };
  return { ...part, span: { start: whole.span.start + from, end: whole.span.end }, exact: true };
}

/** The inside of a string, where it has no escapes. */
function textOfString({ value, span }: JsonString, text: string): EngineText {
  const exact = text.startsWith(value, span.start + 1) && span.end - span.start === value.length + 2;
  const known = isKnown(value);
  return {
    text: value,
    value: known ? value : undefined,
    prefix: known ? value : value.slice(0, value.indexOf("${")),
    span: exact ? { start: span.start + 1, end: span.end - 1 } : span,
    exact,
  };
}

function textOfSetting(setting: Setting | undefined, text: string): EngineText | undefined {
  return setting?.value?.kind === "string" ? textOfString(setting.value, text) : undefined;
}

function listOf(json: DaemonDocument, setting: Setting | undefined, name: string): readonly EngineOption[] {
  const array = setting?.value;
  if (array?.kind !== "array") return [];
  return itemsWithin(array).flatMap((item) =>
    item.value.kind === "string"
      ? [
          {
            name,
            span: item.span,
            value: textOfString(item.value, json.text),
            removal: removeItem(json, array, item),
          },
        ]
      : [],
  );
}

/** `mounts` holds the syntax of `--mount`, or objects with the same keys. */
function mountsOf(json: DaemonDocument, setting: Setting | undefined): readonly EngineOption[] {
  const array = setting?.value;
  if (array?.kind !== "array") return [];
  return itemsWithin(array).map((item) => ({
    name: "mount",
    span: item.span,
    value: item.value.kind === "string" ? textOfString(item.value, json.text) : textOfMount(item.value),
    removal: removeItem(json, array, item),
  }));
}

function textOfMount(value: JsonValue): EngineText | undefined {
  if (value.kind !== "object") return undefined;
  const parts = value.entries.flatMap((entry) => {
    const text = textOf(entry);
    return text === undefined || /[,"\n]/.test(text) ? [] : [`${entry.key}=${text}`];
  });
  const text = parts.join(",");
  const known = isKnown(text);
  return { text, value: known ? text : undefined, prefix: known ? text : "", span: value.span, exact: false };
}

function environmentOf(setting: Setting | undefined, text: string): readonly EngineOption[] {
  return (objectOf(setting)?.entries ?? []).flatMap((entry) => {
    const value = textOfSetting(entry, text);
    if (value === undefined) return [];
    const before = `${entry.key}=`;
    return [
      {
        name: "env",
        span: entry.span,
        // The value alone has a place of its own, so that is what a part of the whole is.
        value: {
          text: before + value.text,
          value: value.value === undefined ? undefined : before + value.value,
          prefix: before + value.prefix,
          span: value.span,
          exact: false,
        },
        removal: [],
      },
    ];
  });
}

/** Features that hand the engine in, under an option's name that Docker does not have. */
function featuresOf(setting: Setting | undefined): readonly EngineOption[] {
  return (objectOf(setting)?.entries ?? []).map((entry) => ({
    name: "feature",
    span: entry.keySpan,
    value: { text: entry.key, value: entry.key, prefix: entry.key, span: entry.keySpan, exact: false },
    removal: [],
  }));
}

function objectOf(setting: Setting | undefined): JsonObject | undefined {
  return setting?.value?.kind === "object" ? setting.value : undefined;
}

const lifecycle = [
  "initializeCommand",
  "onCreateCommand",
  "updateContentCommand",
  "postCreateCommand",
  "postStartCommand",
  "postAttachCommand",
];

/** Commands in a string go to a shell; a list is a program with its arguments, an object holds several of either. */
function lifecycleScripts(settings: ReadonlyMap<string, Setting>): readonly ScriptSource[] {
  return lifecycle.flatMap((key) => {
    const setting = settings.get(key);
    const own = objectOf(setting)?.entries ?? [setting];
    return own.flatMap((entry) => {
      const value = entry?.value;
      if (value?.kind === "string") return [scriptOfString(value)];
      const words = itemsOf(entry).flatMap((item) => (item.value.kind === "string" ? [item.value] : []));
      return words.length === 0 ? [] : [scriptOfWords(words)];
    });
  });
}

function scriptOfString({ value, span }: JsonString): ScriptSource {
  const isPlain = span.end - span.start === value.length + 2;
  const places = isPlain ? Array.from({ length: value.length }, (_, index) => span.start + 1 + index) : span;
  return { text: value, places, takesComments: false, isScript: false };
}

function scriptOfWords(words: readonly JsonString[]): ScriptSource {
  const text = words
    .map(({ value }) => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "_")}'`))
    .join(" ");
  const span = { start: words[0]!.span.start, end: words.at(-1)!.span.end };
  return { text, places: span, takesComments: false, isScript: false };
}
