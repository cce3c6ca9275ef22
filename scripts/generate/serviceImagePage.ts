import type { Known, ServiceImage, WritablePlaces } from "../../server/src/knowledge/serviceImages";

/** The page that shows all that is known of running images as services, each fact with its source. */
export function serviceImagePage(images: readonly ServiceImage[]): string {
  const sorted = [...images].sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
  return [
    "# What is known of images as services",
    "",
    `*Harden service* (see [harden.md](harden.md)) relies on these facts about ${images.length} images. Each links to the page that it`,
    "comes from. *unknown* means that nobody has shown it yet: the action then leaves the control out. *none* means that it",
    "is known to be none. Runtimes (Node.js, Python, PHP and the like) run somebody's program, which decides what it needs: that",
    "stays unknown.",
    "",
    "The data stand in `server/src/knowledge/services/`. Corrections are welcome, with a source.",
    "",
    ...sorted.flatMap(section),
  ].join("\n");
}

function section(image: ServiceImage): readonly string[] {
  const { user, capabilities, writable, secretFiles, ports, credentials, openSettings } = image;
  const more = [
    ...optional("Under a read-only root", image.rewritesItself, (what) => `fails, since ${what}`),
    ...optional("Under no-new-privileges", image.gainsPrivileges, (what) => `fails, since ${what}`),
    ...optional("New containers have", credentials, (words) => words),
    ...optional("Lets everybody in", openSettings, codes),
  ];
  return [
    `## ${image.title}`,
    "",
    namesOf(image),
    "",
    `- Starts as: ${shown(user, ({ start, uid }) => (uid === undefined || start === `${uid}` ? code(start) : `${code(start)}, works as ${uid}`))}`,
    `- Capabilities to add back: ${shown(capabilities, codes)}`,
    `- Writes to: ${image.rewritesItself === undefined ? shown(writable, places) : "its own files"}`,
    `- Secrets from files: ${shown(secretFiles, ({ variables, suffix }) => `${codes(variables)} with ${code(suffix)}`)}`,
    `- Ports: ${shown(ports, (numbers) => numbers.join(", "))}`,
    ...more,
    "",
  ];
}

function namesOf({ names, tags, exceptTags }: ServiceImage): string {
  const only = tags === undefined ? "" : `, tags ${codes(tags)}`;
  const except = exceptTags === undefined ? "" : `, but for tags ${codes(exceptTags)}`;
  return `${codes(names.map((name) => name.replace(/^docker\.io\/(?:library\/)?/, "")))}${only}${except}`;
}

function shown<T>(fact: Known<T> | undefined, text: (value: T) => string): string {
  return fact === undefined ? "unknown" : `${text(fact.value)} ([source](${fact.source}))`;
}

function optional<T>(
  label: string,
  fact: Known<T> | undefined,
  text: (value: T) => string,
): readonly string[] {
  return fact === undefined ? [] : [`- ${label}: ${shown(fact, text)}`];
}

function places(writable: WritablePlaces): string {
  const { volumes, scratch, kept = [], unlessMounted = [], unlessSet = [], exceptTags = [] } = writable;
  const all = [
    ...volumes.map((path) => `${code(path)} (volume)`),
    ...scratch.map(code),
    ...kept.map((path) => `${code(path)} (needs a mount)`),
  ];
  const more = [
    unlessMounted.length === 0 ? "" : `; further places where ${codes(unlessMounted)} is mounted`,
    unlessSet.length === 0 ? "" : `; further places with ${codes(unlessSet)}`,
    exceptTags.length === 0 ? "" : `; unknown for tags ${codes(exceptTags)}`,
  ];
  return (all.length === 0 ? "none" : all.join(", ")) + more.join("");
}

function codes(texts: readonly string[]): string {
  return texts.length === 0 ? "none" : texts.map(code).join(", ");
}

function code(text: string): string {
  return `\`${text}\``;
}
