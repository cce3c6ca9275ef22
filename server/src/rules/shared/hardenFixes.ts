import { type Addition, addServiceKeys, appendToList } from "../../documents/compose/edits";
import type { ComposeDocument, Service } from "../../documents/compose/model";
import type { Fix } from "../../engine/finding";
import { unsafeFix } from "./composeFix";
import { editsOfPart } from "./hardenService";
import { dropping, freezing } from "./hardenSteps";
import { needsOf } from "./serviceNeeds";

/** Drops every capability, and adds back what the image is known to need; where nobody knows, nothing comes back. */
export function dropCapabilitiesFix(document: ComposeDocument, service: Service): readonly Fix[] {
  const needs = needsOf(service);
  const edits = editsOfPart(document, service, dropping(document, service, needs));
  if (edits === undefined || needs.capabilities === undefined || needs.capabilities.length === 0)
    return unsafeFix("Drop all capabilities", ...(edits ?? [dropEdit(document, service)]));
  return unsafeFix("Drop all capabilities but those that the image needs", ...edits);
}

/**
 * Makes a container's own files read-only, with the places where the image writes, or `/tmp` where nobody knows them; none
 * for an image that is known to change its own files.
 */
export function readOnlyFix(document: ComposeDocument, service: Service): readonly Fix[] {
  const needs = needsOf(service);
  if (needs.image?.rewritesItself !== undefined) return [];
  const edits = editsOfPart(document, service, freezing(document, service, needs));
  const additions: Addition[] = [{ key: "read_only", value: "true" }];
  if (!hasRoomToWrite(service)) additions.push({ key: "tmpfs", items: ["/tmp"] });
  return unsafeFix(
    "Make the container's files read-only",
    ...(edits ?? [addServiceKeys(document, service, additions)]),
  );
}

function dropEdit(document: ComposeDocument, service: Service): ReturnType<typeof appendToList> {
  if (service.capDrop !== undefined) return appendToList(document, service.capDrop, "ALL");
  return addServiceKeys(document, service, [{ key: "cap_drop", items: ["ALL"] }]);
}

function hasRoomToWrite(service: Service): boolean {
  return service.tmpfs !== undefined || service.volumes.some((mount) => mount.target === "/tmp");
}
