import { isNull, itemsOf, scalarOf, type YamlNode } from "../documents/yaml/tree";
import type { Span } from "../text/span";
import { type Profile, profiles } from "./config";
import { nearest, type ReportIssue } from "./configurationReader";

/** One entry of `extends:`. */
export type Extended = { readonly text: string; readonly span: Span } & (
  | { readonly kind: "profile"; readonly profile: Profile }
  /** A path relative to the folder of the configuration. */
  | { readonly kind: "file" }
  /** A package below some `node_modules`, and perhaps a file in it. */
  | { readonly kind: "package"; readonly name: string; readonly file: string | undefined }
);

/** Reads `extends:`: one entry or a list of them. */
export function extendedAt(node: YamlNode | undefined, issue: ReportIssue): readonly Extended[] {
  if (node === undefined || isNull(node)) return [];
  if (node.kind === "map") {
    issue(node.span, "A profile, a file, a package or a list of these is wanted here");
    return [];
  }
  const items = node.kind === "sequence" ? itemsOf(node) : [node];
  return items.flatMap((item) => extended(item, issue) ?? []);
}

function extended(item: YamlNode, issue: ReportIssue): Extended | undefined {
  const text = scalarOf(item)?.value;
  const { span } = item;
  if (text === undefined || text === "") {
    issue(span, "A profile, a file or a package is wanted here");
    return undefined;
  }
  const profile = profiles.find((candidate) => candidate === text);
  if (profile !== undefined) return { text, span, kind: "profile", profile };
  if (/^\.{1,2}\//.test(text)) return { text, span, kind: "file" };
  if (/^[A-Za-z][A-Za-z0-9+.-]{1,30}:/.test(text)) {
    issue(span, "A configuration is never fetched: install it as a package, or keep it in the repository");
    return undefined;
  }
  if (/^[/~\\]|^[A-Za-z]:/.test(text)) {
    issue(span, "A file is named from here on, as in ../plimsoll.yaml");
    return undefined;
  }
  const [, name, file] = packagePattern.exec(text) ?? [];
  if (name !== undefined && !(file === undefined && /\.ya?ml$/.test(name)) && !hasDots(file))
    return { text, span, kind: "package", name, file };
  if (/\.ya?ml$/.test(text)) issue(span, "A file is named from here on", `./${text}`);
  else issue(span, "This is neither a profile nor a file nor a package", nearest(text, profiles));
  return undefined;
}

/** A package's name as npm has it, then perhaps a file within it. */
const packagePattern = /^((?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)(?:\/([^\\]+\.ya?ml))?$/;

function hasDots(file: string | undefined): boolean {
  return (file ?? "x").split("/").some((part) => part === "" || part === "." || part === "..");
}
