import { type Addition, addServiceKeys, addTopLevelEntry, appendToList } from "../../documents/compose/edits";
import type { ComposeDocument, NamedValue, Service } from "../../documents/compose/model";
import { scalarOf } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { matchesPattern } from "../../knowledge/pattern";
import { insertAt, replaceSpan, type TextEdit } from "../../text/edit";
import { unsafeFix } from "./composeFix";
import { knownImage } from "./serviceNeeds";
import { shorten } from "./shorten";

/**
 * Gives a secret as a file, where the image is known to read the variable from one: a secret at the top of the file with
 * the path of a file that is to be written, its name below the service, and the variable with that file's place in the
 * container. None where the service's text is shared with others, or the variable for the file is there already.
 */
export function moveToSecretFile(
  document: ComposeDocument,
  service: Service,
  named: NamedValue,
): readonly Fix[] {
  const files = knownImage(service)?.secretFiles?.value;
  if (files === undefined || document.form !== "spec" || service.body.anchor !== undefined) return [];
  if (!files.variables.some((pattern) => matchesPattern(pattern, named.name))) return [];
  const fileVariable = named.name + files.suffix;
  if (service.environment.some(({ name }) => name === fileVariable)) return [];
  const name = `${service.name}_${named.name}`.toLowerCase().replace(/[^a-z0-9_.-]/g, "_");
  if (document.secrets.some((secret) => secret.name === name)) return [];
  const entry: Addition = { key: name, fields: [{ key: "file", value: `./secrets/${name}.txt` }] };
  return unsafeFix(
    `Move ${shorten(named.name)} to a secret file`,
    ...renamed(document, service, named, files.suffix, `/run/secrets/${name}`),
    grant(document, service, name),
    addTopLevelEntry(document, "secrets", entry),
  );
}

/** The variable with the suffix and the path; one of them undefined where it is written in an unusual way. */
function renamed(
  document: ComposeDocument,
  service: Service,
  named: NamedValue,
  suffix: string,
  path: string,
): readonly (TextEdit | undefined)[] {
  const { nameSpan, valueSpan, form } = named;
  const field = service.fields.get("environment");
  const scalar = scalarOf(named.value?.node);
  const isOwn =
    named.origin.kind === "own" && field?.origin.kind === "own" && field.node.anchor === undefined;
  if (!isOwn || scalar === undefined || scalar.anchor !== undefined || scalar.tag !== undefined)
    return [undefined];
  const isQuoted = scalar.style === "single" || scalar.style === "double";
  if (!isQuoted && scalar.style !== "plain") return [undefined];
  const written = document.text.slice(nameSpan.start, nameSpan.end);
  if (form === "map") {
    const end = written === named.name ? nameSpan.end : nameSpan.end - 1;
    const isName = written === named.name || written === `"${named.name}"` || written === `'${named.name}'`;
    return [isName ? insertAt(end, suffix) : undefined, replaceSpan(scalar.span, path)];
  }
  // The value of an item must end where the item's text ends, before the closing quotation mark.
  const end = isQuoted ? scalar.span.end - 1 : scalar.span.end;
  if (written !== named.name || valueSpan.end !== end) return [undefined];
  return [insertAt(nameSpan.end, suffix), replaceSpan(valueSpan, path)];
}

function grant(document: ComposeDocument, service: Service, name: string): TextEdit | undefined {
  const field = service.fields.get("secrets");
  if (field === undefined) return addServiceKeys(document, service, [{ key: "secrets", items: [name] }]);
  return field.node.anchor === undefined ? appendToList(document, field, name) : undefined;
}
