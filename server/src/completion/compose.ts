import type { ComposeDocument, Item, Service } from "../documents/compose/model";
import { serviceImage } from "../knowledge/serviceImages";
import { capabilityOf } from "../rules/shared/composeCapabilities";
import { addableCapabilities, droppableCapabilities } from "./capabilities";
import { type ImageContext, imageProposals } from "./images";
import { type Proposal, proposeAt, type Suggestion } from "./suggestion";
import { userProposals } from "./users";
import { yamlCursor } from "./yamlCursor";

/** What could stand at a place of a Compose file where security is decided. */
export function suggestInCompose(
  document: ComposeDocument,
  context: ImageContext,
  offset: number,
): readonly Suggestion[] {
  const cursor = yamlCursor(document.text, document.lines, offset);
  const [section, name, key, item] = cursor?.path ?? [];
  if (cursor === undefined || cursor.place !== "value" || section !== "services" || name === undefined)
    return [];
  // While its value is typed a service may be read as something else; then only what it says is missing.
  const service = document.services.find((one) => one.name === name);
  const proposals = proposalsFor(key, item, service, { ...context, typed: cursor.typed });
  return proposeAt(cursor.span, proposals);
}

function proposalsFor(
  key: string | undefined,
  item: string | undefined,
  service: Service | undefined,
  context: ImageContext & { readonly typed: string },
): readonly Proposal[] {
  if (item === undefined) {
    if (key === "image") return imageProposals(context.typed, context);
    const reference = service?.image?.value.reference;
    return key === "user" && reference !== undefined ? userProposals(reference) : [];
  }
  const names = (items: readonly Item[] | undefined): ReadonlySet<string> =>
    new Set((items ?? []).flatMap((one) => capabilityOf(one) ?? []));
  const dropped = names(service?.capDrop?.value);
  switch (key) {
    case "cap_add": {
      const reference = service?.image?.value.reference;
      const needed = reference && serviceImage(reference)?.capabilities;
      const present = names(service?.capAdd?.value);
      return addableCapabilities(dropped.has("ALL"), needed, except(present, context.typed));
    }
    case "cap_drop":
      return droppableCapabilities(except(dropped, context.typed));
    case "security_opt": {
      const present = (service?.securityOpt?.value ?? []).map((one) => one.value ?? "");
      return securityOptions.filter(({ text }) => {
        const kind = text.split(/[:=]/)[0] ?? text;
        return (
          kind === "label" || !present.some((value) => value !== context.typed && value.startsWith(kind))
        );
      });
    }
    default:
      return [];
  }
}

/** Without the word that is being typed, which is not there yet. */
function except(present: ReadonlySet<string>, typed: string): ReadonlySet<string> {
  const word = typed.toUpperCase();
  return new Set([...present].filter((name) => name !== word));
}

/** Those that make a service safer; what switches a protection off is for its owner to look up. */
const securityOptions: readonly Proposal[] = [
  {
    label: "no-new-privileges:true",
    kind: "option",
    text: "no-new-privileges:true",
    detail: "no program in it gains rights by a set-user-id mark",
    documentation: "Without it, a set-user-id program such as `su` in the image is a way back to root.",
  },
  {
    label: "apparmor:…",
    kind: "option",
    text: "apparmor:docker-default",
    snippet: "apparmor:${1:docker-default}",
    detail: "an AppArmor profile that the host has loaded",
    documentation:
      "A profile made for the service says which files it may open. `docker-default` is what holds anyway.",
  },
  {
    label: "seccomp:…",
    kind: "option",
    text: "seccomp:./seccomp.json",
    snippet: "seccomp:${1:./seccomp.json}",
    detail: "a list of the system calls that it may use",
    documentation: "The path of a profile in JSON. Without one, Docker's own list holds.",
  },
  {
    label: "label:type:…",
    kind: "option",
    text: "label:type:container_t",
    snippet: "label:type:${1:container_t}",
    detail: "the type that SELinux gives its processes",
    documentation: "On hosts with SELinux: a type made for the service says what it may touch.",
  },
];
