import type { DockerfileDocument, Expansion, ImageUse } from "../../documents/dockerfile/model";
import { platformArgs, proxyArgs } from "../../documents/dockerfile/predefinedArgs";
import { expand } from "../../documents/dockerfile/variables";
import { maxFromWork } from "../../ruleLimits";

/**
 * Tells what a FROM names in a build without any build argument: an ARG without a default is then empty.
 *
 * @returns a function that gives undefined where the file does not tell
 */
export function fromDefaults(document: DockerfileDocument): (image: ImageUse) => string | undefined {
  const defaults = new Map<string, Expansion>();
  const work = { left: maxFromWork };
  const variables = { lookup: (name: string) => defaults.get(name), work };
  for (const { name, value, valueSpan } of document.globalArgs.flatMap(({ assignments }) => assignments)) {
    if (value === undefined) {
      if (!defaults.has(name)) defaults.set(name, setByBuild.has(name) ? unknown(name) : empty);
      continue;
    }
    const raw = document.text.slice(valueSpan.start, valueSpan.end);
    const isContinued = /[\r\n]/.test(raw);
    defaults.set(name, isContinued ? unknown(name) : expand(raw, variables, document.escape));
  }
  return ({ text }) => {
    // An ARG without a default is not set, which only these operators tell from an empty one.
    if (/\$\{\w{1,200}[-+?]/.test(text)) return undefined;
    const value = expand(text, variables, document.escape);
    return value.state === "known" ? value.value : undefined;
  };
}

const setByBuild: ReadonlySet<string> = new Set([...platformArgs, ...proxyArgs]);

const empty: Expansion = { state: "known", value: "" };

function unknown(name: string): Expansion {
  return { state: "unknown", variables: [name] };
}
