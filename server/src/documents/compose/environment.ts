import { maxEnvironmentValue, maxExpansionWork } from "../../limits";
import { movedSpan, type Span } from "../../text/span";
import { readDotenv } from "./dotenv";
import { interpolate } from "./interpolation";

/** A variable that an environment file sets. */
export interface Setting {
  /** `undefined` where it is not to be known: a secret, or one that the environment of whoever starts Compose decides. */
  readonly value: string | undefined;
  /** Its name in the environment file, as a place of the project. */
  readonly span: Span;
}

/** What variables are set to, as far as files say so. */
export interface Environment {
  /** `undefined` where no file sets it. */
  lookup(name: string): Setting | undefined;
}

/** For texts without a file, and for values that must not be mixed with those of another file. */
export const noEnvironment: Environment = { lookup: () => undefined };

/** An environment file, and what is added to its offsets. */
export interface EnvironmentText {
  readonly text: string;
  readonly start: number;
}

/**
 * The variables of some files, a later one over an earlier one, beneath those that are set already.
 * @param open called when a variable is first asked for: most documents have none
 */
export function createEnvironment(
  open: () => readonly EnvironmentText[],
  outer: Environment = noEnvironment,
): Environment {
  let settings: ReadonlyMap<string, Setting> | undefined;
  let handedOut = 0;
  return {
    lookup(name) {
      settings ??= settingsIn(open(), outer);
      const found = outer.lookup(name) ?? settings.get(name);
      handedOut += found?.value?.length ?? 0;
      // Beyond the budget nothing is known any more, so that nothing wrong is said.
      return found === undefined || handedOut <= maxExpansionWork ? found : { ...found, value: undefined };
    },
  };
}

function settingsIn(files: readonly EnvironmentText[], outer: Environment): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  const before: Environment = { lookup: (name) => outer.lookup(name) ?? settings.get(name) };
  for (const { text, start } of files) {
    for (const { name, nameSpan, raw, quote } of readDotenv(text)) {
      const value = quote === "'" ? raw : interpolate(quote === '"' ? unescaped(raw) : raw, before).value;
      const isKept = value !== undefined && value.length <= maxEnvironmentValue && !isSecret(name, value);
      settings.set(name, { value: isKept ? value : undefined, span: movedSpan(nameSpan, start) });
    }
  }
  return settings;
}

/** A value that may be a secret is never looked at, so that no message can show it. */
function isSecret(name: string, value: string): boolean {
  return secretName.test(name) || /:\/\/[^/]*@/.test(value);
}

const secretName =
  /pass|pwd|secret|token|credential|private|salt|(?:^|_)[a-z]{0,20}key(?:_|$)|(?:^|_)auth(?:_|$)/i;

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "\\": "\\",
  $: "$$",
};

function unescaped(raw: string): string {
  return raw.replace(/\\([nrt"\\$])/g, (_, sign: string) => escapes[sign] ?? "");
}
