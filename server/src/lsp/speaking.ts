import type { Connection, InitializeParams } from "vscode-languageserver";
import { describeError } from "./guard";
import { languageOf, sayFrom } from "./languages";
import type { Say } from "./say";
import { ownOptions, type ServerPorts } from "./server";

/** The connection as the client's language wants it: as it is for English, and where its texts cannot be had. */
export async function speakingTo(
  connection: Connection,
  ports: ServerPorts,
  params: InitializeParams,
): Promise<Connection> {
  const language = languageOf(params.locale);
  if (language === undefined) return connection;
  try {
    const files = ownOptions(params)?.languageFiles ?? (await ports.languageFiles?.(language));
    const say = files && sayFrom(files);
    if (say !== undefined) return speaking(connection, say);
    connection.console.warn(`There are no texts for the language ${language}.`);
  } catch (error) {
    connection.console.error(
      `The texts for the language ${language} cannot be used: ${describeError(error)}`,
    );
  }
  return connection;
}

/**
 * A connection that says in another language what people read of it. All that the server sends passes here, so that no
 * feature has to know of languages, and nothing is added for whoever reads English: then there is no such connection.
 */
export function speaking(connection: Connection, say: Say): Connection {
  return wrapped(connection, say);
}

/** Wraps an object of the library, and those that it holds, such as `languages.diagnostics`. */
function wrapped<T extends object>(target: T, say: Say): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key, object);
      if (typeof value === "object" && value !== null) return wrapped(value, say);
      if (typeof value !== "function" || typeof key !== "string") return value;
      if (key.startsWith("on"))
        return (...args: readonly unknown[]) =>
          value.apply(
            object,
            args.map((arg) => (typeof arg === "function" ? answering(arg as Handler, say) : arg)),
          );
      if (key.startsWith("send"))
        return (...args: readonly unknown[]) =>
          value.apply(
            object,
            args.map((arg) => translated(arg, say, 0)),
          );
      return value.bind(object);
    },
  });
}

type Handler = (...args: readonly unknown[]) => unknown;

/** A handler whose answer is translated; one that answers nothing stays as it is. */
function answering(handler: Handler, say: Say): Handler {
  return (...args) => {
    const answer: unknown = handler(...args);
    return answer instanceof Promise
      ? answer.then((value) => translated(value, say, 0))
      : translated(answer, say, 0);
  };
}

/** Keys of messages of the protocol, and of our own, whose texts people read. */
const readKeys: ReadonlySet<string> = new Set([
  ..."message title tooltip detail reason description label".split(" "),
  // Lists of sentences.
  ..."notes failures".split(" "),
]);

/** Keys whose texts are Markdown or have several lines. */
const linedKeys: ReadonlySet<string> = new Set(["value", "documentation", "contents"]);

/** Keys beneath which nothing is for people: the reports are files, an edit's text is the user's. */
const leftKeys: ReadonlySet<string> = new Set([
  "edits",
  "changes",
  "edit",
  "reportHtml",
  "report",
  "body",
  "url",
  "data",
]);

/** What the protocol nests is far shallower. */
const deepest = 20;

/** The same data with the texts for people translated; data that holds none is not copied. */
function translated(value: unknown, say: Say, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth > deepest) return value;
  if (Array.isArray(value)) return changed(value, (item) => translated(item, say, depth + 1));
  // Errors and the library's own objects, such as message types, have prototypes of their own.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const next = underKey(key, inner, say, depth);
    if (next === inner || key === "__proto__") continue;
    copy ??= { ...value };
    copy[key] = next;
  }
  return copy ?? value;
}

function underKey(key: string, inner: unknown, say: Say, depth: number): unknown {
  if (typeof inner === "string") {
    if (readKeys.has(key)) return say(inner);
    return linedKeys.has(key) ? lines(inner, say) : inner;
  }
  if (key === "changeAnnotations") return translated(inner, say, depth + 1);
  if (leftKeys.has(key)) return annotations(inner, say, depth);
  if (Array.isArray(inner) && readKeys.has(key))
    return changed(inner, (item) =>
      typeof item === "string" ? say(item) : translated(item, say, depth + 1),
    );
  return translated(inner, say, depth + 1);
}

/** An edit is left as it is, but for the question that is asked before it is made. */
function annotations(inner: unknown, say: Say, depth: number): unknown {
  if (typeof inner !== "object" || inner === null || !("changeAnnotations" in inner)) return inner;
  return { ...inner, changeAnnotations: translated(inner.changeAnnotations, say, depth + 1) };
}

/** Each line by itself, without the mark of a list before it. */
function lines(text: string, say: Say): string {
  return text
    .split("\n")
    .map((line) => (line.startsWith("- ") ? `- ${say(line.slice(2))}` : say(line)))
    .join("\n");
}

function changed(items: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const next = items.map(change);
  return next.every((item, index) => item === items[index]) ? items : next;
}
