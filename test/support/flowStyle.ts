import { parseCompose } from "../../server/src/documents/compose/parse";
import { resolveAlias, type YamlNode } from "../../server/src/documents/yaml/tree";

const plainName = /^[\w.-]+$/;

/** A Compose file's first document with each service, and all else at the top, as one line in flow style. */
export function inFlowStyle(text: string): string {
  const root = parseCompose(text).tree.documents[0]?.root;
  if (root?.kind !== "map") return text;
  return Object.entries(plain(root) as Readonly<Record<string, unknown>>)
    .map(([key, value]) =>
      key === "services" && value !== null && typeof value === "object" && !Array.isArray(value)
        ? `services:\n${Object.entries(value)
            .map(([name, body]) => `  ${nameText(name)}: ${flow(body)}\n`)
            .join("")}`
        : `${nameText(key)}: ${flow(value)}\n`,
    )
    .join("");
}

/** A file whose every indentation is twice as deep. */
export function indentedTwice(text: string): string {
  return text.replace(/^ +/gm, (blanks) => blanks + blanks);
}

/** What a node stands for; aliases are followed thirty levels deep. */
function plain(written: YamlNode, depth = 0): unknown {
  const node = resolveAlias(written);
  if (depth > 30) return null;
  if (node.kind === "map")
    return Object.fromEntries(
      node.pairs.map(({ key, value }, at) => [
        key.kind === "scalar" ? key.value : `key${at}`,
        plain(value, depth + 1),
      ]),
    );
  if (node.kind === "sequence") return node.items.map((item) => plain(item, depth + 1));
  if (node.kind !== "scalar") return null;
  if (node.style !== "plain") return node.value;
  if (/^(?:|~|null)$/.test(node.value)) return null;
  return /^(?:true|false|0|-?[1-9]\d*(?:\.\d+)?)$/.test(node.value) ? JSON.parse(node.value) : node.value;
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).map(([key, one]) => `${nameText(key)}: ${flow(one)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  const isWord = typeof value === "string" && /^[a-z][\w./-]*$/i.test(value);
  return isWord && !/^(?:true|false|null|yes|no|on|off)$/i.test(value) ? value : JSON.stringify(value);
}

function nameText(name: string): string {
  return plainName.test(name) ? name : JSON.stringify(name);
}
