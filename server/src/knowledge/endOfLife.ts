import type { ImageReference } from "../documents/imageReference";
import { rememberMany } from "../text/rememberMany";
import table from "./endOfLife.json";
import { officialName } from "./publishers";

/** The end of support of what an image holds. Whether it has passed is for the caller to say. */
export interface EndOfLife {
  /** Name for people: `Node.js`, `Debian`. */
  readonly product: string;
  /** `os`, `lang`, `database`, `server-app`, `framework` or `app`. */
  readonly kind: string;
  /** The version line: `20`, `3.19`. */
  readonly cycle: string;
  /** `YYYY-MM-DD`: the last day of general support. */
  readonly date: string;
  /** `YYYY-MM-DD`: the last day of extended support, where there is any; it may cost money. */
  readonly extended?: string;
}

/** The day, `YYYY-MM-DD`, whose state the dates describe, and where they come from. */
export const endOfLifeSource = { asOf: table.asOf, source: table.source } as const;

/** The first of {@link endOfLifeDates} to come. */
export function endOfLife(reference: ImageReference): EndOfLife | undefined {
  return [...endOfLifeDates(reference)].sort((a, b) => (a.date < b.date ? -1 : 1))[0];
}

/**
 * The end of support of an image's own product, and then of the system that its tag names: both for
 * `python:3.8-slim-buster`. Empty where the tag names no version line, or the end is not decided.
 */
export const endOfLifeDates: (reference: ImageReference) => readonly EndOfLife[] = rememberMany(
  (reference) => reference.source,
  datesOf,
);

function datesOf(reference: ImageReference): readonly EndOfLife[] {
  const tag = reference.tag ?? "";
  const own = ownCycle(reference, tag);
  const base = baseCycle(reference, tag);
  const found = [own, base].flatMap((one) => (one === undefined ? [] : [one]));
  const dates = found.flatMap(([slug, cycle]) => dateOf(slug, cycle) ?? []);
  return dates.filter((date, index) => dates.findIndex(({ product }) => product === date.product) === index);
}

interface Product {
  readonly label: string;
  readonly kind: string;
  /** Cycle to `end+extended`, newest first; an empty end is not decided. */
  readonly cycles: ReadonlyMap<string, string>;
}

type Found = readonly [slug: string, cycle: string];

const products: ReadonlyMap<string, Product> = new Map(
  Object.entries(table.products).map(([slug, { label, kind, cycles }]) => [
    slug,
    { label, kind, cycles: new Map(cycles.split(" ").map((row) => splitOnce(row, "="))) },
  ]),
);

const slugOfImage: ReadonlyMap<string, string> = new Map(
  Object.entries(table.products).flatMap(([slug, { images }]) =>
    (images as readonly string[]).map((image): [string, string] => [image, slug]),
  ),
);

const codenames: ReadonlyMap<string, string> = new Map(Object.entries(table.codenames));

/** Images in other registries whose software the table has. */
const slugOfName: ReadonlyMap<string, string> = new Map([
  ["container-registry.oracle.com/java/jdk", "oracle-jdk"],
  ["container-registry.oracle.com/os/oraclelinux", "oracle-linux"],
  ["docker.elastic.co/elasticsearch/elasticsearch", "elasticsearch"],
  ["docker.elastic.co/kibana/kibana", "kibana"],
  ["docker.elastic.co/logstash/logstash", "logstash"],
  ["mcr.microsoft.com/windows/nanoserver", "windows-nano-server"],
  ["public.ecr.aws/amazoncorretto/amazoncorretto", "amazon-corretto"],
  ["public.ecr.aws/amazonlinux/amazonlinux", "amazon-linux"],
  ["public.ecr.aws/ubuntu/ubuntu", "ubuntu"],
  ["quay.io/argoproj/argocd", "argo-cd"],
  ["quay.io/centos/centos", "centos-stream"],
  ["quay.io/coreos/etcd", "etcd"],
  ["quay.io/fedora/fedora", "fedora"],
  ["quay.io/keycloak/keycloak", "keycloak"],
  ["quay.io/prometheus/prometheus", "prometheus"],
]);

/** The systems that a word of a tag can name together with their version. */
const baseWords: readonly (readonly [word: string, slug: string])[] = [
  ["alpine", "alpine-linux"],
  ["debian", "debian"],
  ["ubuntu", "ubuntu"],
  ["ubi", "rhel"],
  ["al", "amazon-linux"],
  ["oraclelinux", "oracle-linux"],
];

function ownCycle(reference: ImageReference, tag: string): Found | undefined {
  const { name, path } = reference;
  const redHat =
    /^(?:registry\.access\.redhat\.com|registry\.redhat\.io|docker\.io\/redhat)\/ubi(\d{1,2})(?:\D|$)/.exec(
      name,
    );
  if (redHat?.[1] !== undefined) return ["rhel", redHat[1]];
  const distroless = name.startsWith("gcr.io/distroless/") && /-debian(\d{1,2})$/.exec(path);
  if (distroless && distroless[1] !== undefined) return ["debian", distroless[1]];
  if (name.startsWith("mcr.microsoft.com/dotnet/")) return versionCycle("dotnet", tag);
  const hubName = officialName(reference) ?? (reference.domain === "docker.io" ? path : undefined);
  const slug = hubName === undefined ? slugOfName.get(name) : slugOfImage.get(hubName);
  if (slug === undefined) return undefined;
  if (slug === "debian" || slug === "ubuntu") return codenameCycle(tag) ?? versionCycle(slug, tag);
  if (slug === "centos" && tag.startsWith("stream")) return versionCycle("centos-stream", tag);
  return versionCycle(slug, tag);
}

function baseCycle(reference: ImageReference, tag: string): Found | undefined {
  const byCodename = codenameCycle(tag);
  const words = tag.split(/[-_]/);
  if (byCodename?.[0] === "ubuntu" && !/^\d[02468]\.04$/.test(byCodename[1])) {
    // Two of Ubuntu's short-lived releases share their names with releases of ROS: `ros:kinetic-ros-base-xenial`.
    const last = words.length > 1 ? words.at(-1) : undefined;
    return last === undefined || last === "kinetic" || last === "lunar" ? undefined : codenameCycle(last);
  }
  if (byCodename || reference.name.endsWith("/alpine")) return byCodename;
  for (const [index, word] of words.entries()) {
    for (const [prefix, slug] of baseWords) {
      // `debian11`, and `debian-11` where the system's whole name stands before.
      const next = word === prefix && prefix.length > 3 ? words[index + 1] : undefined;
      const version = next ?? (word.startsWith(prefix) ? word.slice(prefix.length) : "");
      if (/^\d/.test(version)) return versionCycle(slug, version);
    }
  }
  return undefined;
}

/** The last codename in a tag, since the base comes last. */
function codenameCycle(tag: string): Found | undefined {
  for (const word of tag.split(/[-_]/).reverse()) {
    const cycle = codenames.get(word);
    if (cycle !== undefined) return splitOnce(cycle, " ");
  }
  return undefined;
}

/**
 * The version line that a tag starts with: the longest one that the product has, and the newest of a major version
 * where only that is given.
 */
function versionCycle(slug: string, tag: string): Found | undefined {
  const cycles = products.get(slug)?.cycles;
  const version = versionAtStart.exec(tag)?.[1];
  if (!cycles || version === undefined) return undefined;
  const lineOf = (text: string) => [slug, text] as const;
  const parts = version.split(".");
  for (let length = parts.length; length > 0; length--) {
    const line = parts.slice(0, length).join(".");
    if (cycles.has(line)) return lineOf(line);
  }
  const major = /^\d+/.exec(version)?.[0] ?? version;
  if (cycles.has(major)) return lineOf(major);
  if (slug === "amazon-linux" && version === "1") return lineOf("2018.03");
  if (parts.length > 1) return undefined;
  const newest = [...cycles.keys()].find((cycle) => cycle.startsWith(`${major}.`));
  return newest === undefined ? undefined : lineOf(newest);
}

/** A version, and then the end, another word, or the mark of an update or a preview: `8u312`, `3.13rc1`, `20h2`. */
const versionAtStart =
  /^(?:v|centos|stream|ltsc)?(\d\dh\d|\d{1,4}(?:\.\d{1,4}){0,2})(?=$|[-_.+]|(?:u|rc|alpha|beta|a|b)\d)/;

function dateOf(slug: string, cycle: string): EndOfLife | undefined {
  const product = products.get(slug);
  const [date, extended] = splitOnce(product?.cycles.get(cycle) ?? "", "+");
  if (!product || date === "") return undefined;
  const { label, kind } = product;
  return { product: label, kind, cycle, date, ...(extended === "" ? {} : { extended }) };
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
