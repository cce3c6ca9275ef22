import { movedNode, movedPair } from "../yaml/moved";
import type { YamlMap, YamlTree } from "../yaml/tree";
import type { Frame } from "./frame";
import type { ComposeDocument, TopLevelEntry } from "./model";
import { movedText, movedTopLevelEntry } from "./moved";

/** The document that a frame holds. What stands behind its services is moved when it is first asked for. */
export function documentIn(
  frame: Frame,
  own: Pick<ComposeDocument, "text" | "lines" | "comments" | "problems" | "project">,
): ComposeDocument {
  const { whole, below, movedBelow } = frame;
  const { text, lines, comments, problems, project } = own;
  const entries = (key: "volumes" | "networks" | "secrets" | "configs"): (() => readonly TopLevelEntry[]) =>
    once(() =>
      whole[key].map((entry) =>
        entry.nameSpan.start < below || movedBelow === 0 ? entry : movedTopLevelEntry(entry, movedBelow),
      ),
    );
  const root = once(() => rootOf(frame));
  const tree = once((): YamlTree => ({ text, lines, documents: [{ root: root() }], comments, problems }));
  const volumes = entries("volumes");
  const networks = entries("networks");
  const secrets = entries("secrets");
  const configs = entries("configs");
  const includes = once(() =>
    whole.includes.map((one) =>
      one.span.start < below || movedBelow === 0 ? one : movedText(one, movedBelow),
    ),
  );
  const judged = once(() => [root()]);
  const services = frame.services.map(({ service }) => service);
  const hasWholeServices = once(() => services.every(({ overlay, complete }) => complete && !overlay));
  return {
    language: "compose",
    text,
    lines,
    comments,
    problems,
    form: whole.form,
    dashIndent: frame.dashes?.indent,
    get tree() {
      return tree();
    },
    get judged() {
      return judged();
    },
    services,
    get hasWholeServices() {
      return hasWholeServices();
    },
    get volumes() {
      return volumes();
    },
    get networks() {
      return networks();
    },
    get secrets() {
      return secrets();
    },
    get configs() {
      return configs();
    },
    get includes() {
      return includes();
    },
    project,
  };
}

/** The tree holds the same nodes as the services do. */
export function rootOf({
  root,
  map,
  services,
  servicesAt,
  servicesEnd,
  rootEnd,
  movedBelow,
}: Frame): YamlMap {
  const pairs = services.map(({ key, by, service }) => ({ key: movedNode(key, by), value: service.body }));
  return {
    ...root,
    span: { start: root.span.start, end: rootEnd },
    pairs: root.pairs.map((pair, at) => {
      if (at < servicesAt) return pair;
      if (at > servicesAt) return movedPair(pair, movedBelow);
      const span = { start: map.span.start, end: servicesEnd };
      return { key: pair.key, value: { ...map, span, pairs } };
    }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
