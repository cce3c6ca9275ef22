import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { ComposeDocument, Service } from "../../server/src/documents/compose/model";
import { parseCompose } from "../../server/src/documents/compose/parse";
import { resolveAlias, type YamlNode } from "../../server/src/documents/yaml/tree";
import { dropsAll, newPrivilegesOf } from "../../server/src/rules/shared/composeHardening";
import { cpuLimit, isUnlimited, memoryLimit, pidsLimit } from "../../server/src/rules/shared/composeLimits";
import { isLoopback } from "../../server/src/rules/shared/composePublished";
import { type Hardening, hardeningOf } from "../../server/src/rules/shared/hardenService";
import type { Control } from "../../server/src/rules/shared/hardenSteps";
import { needsOf } from "../../server/src/rules/shared/serviceNeeds";
import { applyEdits } from "../../server/src/text/edit";
import { corpusFiles, corpusMissing } from "../support/corpus";

/** The keys that a control may change. */
const keysOf: Readonly<Record<Control, readonly string[]>> = {
  cap_drop: ["cap_drop", "cap_add"],
  "no-new-privileges": ["security_opt"],
  read_only: ["read_only", "tmpfs"],
  pids_limit: ["pids_limit"],
  mem_limit: ["mem_limit"],
  cpus: ["cpus"],
  "ports on 127.0.0.1": ["ports"],
};

/** What a node stands for, with the style that it is written in. */
function meaning(node: YamlNode, depth = 0): unknown {
  const target = resolveAlias(node);
  if (depth > 20) return "deep";
  if (target.kind === "map")
    return target.pairs.map(({ key, value }) => [meaning(key, depth + 1), meaning(value, depth + 1)]);
  if (target.kind === "sequence") return target.items.map((item) => meaning(item, depth + 1));
  return target.kind === "scalar" ? [target.value, target.style, target.tag, target.anchor] : target.name;
}

/** The keys in force in a service, in order, but for some. */
function fieldsOf(service: Service, without: readonly string[] = []): readonly unknown[] {
  return [...service.fields]
    .filter(([name]) => !without.includes(name))
    .map(([name, field]) => [name, meaning(field.node)]);
}

function commentsOf(document: ComposeDocument): readonly string[] {
  return document.comments.map(({ span }) => document.text.slice(span.start, span.end));
}

/** Whether a service has what a control is to give it. */
const holds: Readonly<Record<Control, (service: Service) => boolean>> = {
  cap_drop: (service) => dropsAll(service) === true,
  "no-new-privileges": (service) => newPrivilegesOf(service).state === "forbidden",
  read_only: (service) => service.readOnly?.value === true && needsOf(service).scratch?.length === 0,
  pids_limit: (service) => !isUnlimited(service, pidsLimit),
  mem_limit: (service) => !isUnlimited(service, memoryLimit),
  cpus: (service) => !isUnlimited(service, cpuLimit),
  "ports on 127.0.0.1": (service) => service.ports.some(isLoopback),
};

function checkOne(
  before: ComposeDocument,
  index: number,
  { edits, added }: Hardening,
  where: string,
): string {
  const text = applyEdits(before.text, edits);
  const after = parseCompose(text);
  assert.deepEqual(
    after.problems.map(({ message }) => message),
    before.problems.map(({ message }) => message),
    where,
  );
  assert.deepEqual(commentsOf(after), commentsOf(before), where);
  assert.deepEqual(
    after.services.map(({ name }) => name),
    before.services.map(({ name }) => name),
    where,
  );
  const changed = added.flatMap((control) => keysOf[control]);
  before.services.forEach((service, at) => {
    const own = at === index ? changed : [];
    assert.deepEqual(fieldsOf(after.services[at]!, own), fieldsOf(service, own), `${where} ${service.name}`);
  });
  const [old, hardened] = [before.services[index]!, after.services[index]!];
  for (const control of added) assert.ok(holds[control](hardened), `${where} ${old.name} ${control}`);
  assert.deepEqual(
    hardened.ports.map(({ target, published, protocol }) => [target, published, protocol]),
    old.ports.map(({ target, published, protocol }) => [target, published, protocol]),
    where,
  );
  if (added.includes("cap_drop")) {
    const names = hardened.capAdd?.value.map(({ raw }) => raw.replace(/^CAP_/, "")) ?? [];
    for (const needed of needsOf(old).capabilities ?? []) assert.ok(names.includes(needed), where);
    assert.equal(new Set(names).size, names.length, where);
  }
  assert.equal(hardeningOf(after, hardened), undefined, `${where} ${old.name}: hardened twice`);
  return text;
}

/** Hardens each service alone, then all at once; both must mean what was meant. */
function checkAll(text: string, where: string): number {
  const document = parseCompose(text);
  const plans = document.services.map((service) => hardeningOf(document, service));
  plans.forEach((plan, index) => {
    if (plan !== undefined) checkOne(document, index, plan, where);
  });
  const edits = plans.flatMap((plan) => plan?.edits ?? []);
  const all = parseCompose(applyEdits(text, edits));
  assert.deepEqual(commentsOf(all), commentsOf(document), where);
  plans.forEach((plan, index) => {
    for (const control of plan?.added ?? [])
      assert.ok(holds[control](all.services[index]!), `${where} all ${control}`);
  });
  assert.ok(
    all.services.every((service) => hardeningOf(all, service) === undefined),
    `${where}: all twice`,
  );
  return plans.filter((plan) => plan !== undefined).length;
}

test("every service of real files is hardened as meant, and once", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  let hardened = 0;
  for (const [index, { path, text }] of corpusFiles("compose").entries()) {
    const lf = text.replaceAll("\r\n", "\n");
    hardened += checkAll(text, path);
    if (index % 3 > 0) continue;
    checkAll(lf.replaceAll("\n", "\r\n"), `${path} with CRLF`);
    checkAll(lf.trimEnd(), `${path} without its last line break`);
  }
  assert.ok(hardened > 1_000, `only ${hardened} services`);
});

const images = [
  "postgres:17",
  "nginx",
  "memcached:1",
  "caddy:2",
  "grafana/grafana",
  "app:1",
  "hashicorp/vault",
  "redis",
];

/** A service's keys in block style or flow style. */
const extraKeys = [
  { block: ["ports:", '- "8080:8080"'], flow: 'ports: ["8080:8080"]' },
  {
    block: ["ports:", "- target: 99 # t", "  published: 99"],
    flow: "ports: [{ target: 99, published: 99 }]",
  },
  { block: ["cap_add: [CHOWN]"], flow: "cap_add: [CHOWN]" },
  { block: ["cap_drop:", "- NET_RAW # raw"], flow: "cap_drop: [NET_RAW]" },
  { block: ["security_opt:", "- 'apparmor:x'"], flow: "security_opt: ['apparmor:x']" },
  { block: ["tmpfs:", "- /run"], flow: "tmpfs: [/run]" },
  { block: ["tmpfs: /tmp"], flow: "tmpfs: /tmp" },
  { block: ["command: |", "  --x", ""], flow: "command: --x" },
  { block: ["mem_limit: ${M:-1g}"], flow: "mem_limit: 1g" },
  { block: ["labels: &l { a: b }"], flow: "labels: &l { a: b }" },
  { block: ["deploy:", "  replicas: 2"], flow: "deploy: { replicas: 2 }" },
] as const;

const serviceText = fc.record({
  image: fc.constantFrom(...images),
  keys: fc.uniqueArray(fc.nat({ max: extraKeys.length - 1 }), {
    maxLength: 5,
    selector: (at) => extraKeys[at]!.flow.split(":")[0],
  }),
  flow: fc.boolean(),
  comment: fc.boolean(),
});

const fileText = fc
  .record({
    services: fc.array(serviceText, { minLength: 1, maxLength: 3 }),
    step: fc.constantFrom(2, 4),
    dash: fc.constantFrom(0, 2),
    crlf: fc.boolean(),
    ends: fc.boolean(),
  })
  .map(({ services, step, dash, crlf, ends }) => {
    const lines = ["# top", "services:"];
    services.forEach(({ image, keys, flow, comment }, at) => {
      const [outer, inner] = [" ".repeat(step), " ".repeat(2 * step)];
      const extras = keys.map((key) => extraKeys[key]!);
      const anchors = at === 0 ? extras : extras.filter(({ flow: text }) => !text.startsWith("labels"));
      if (flow)
        lines.push(
          `${outer}s${at}: { image: ${image}, ${anchors.map((key) => `${key.flow}, `).join("")}init: true }`,
        );
      else {
        lines.push(`${outer}s${at}:${comment ? " # name" : ""}`, `${inner}image: ${image}`);
        for (const { block } of anchors)
          block.forEach((line, i) => {
            const isItem = block.some((other) => other.startsWith("- ")) && i > 0;
            lines.push(line === "" ? "" : `${inner}${isItem ? " ".repeat(dash) : ""}${line}`);
          });
      }
      if (comment) lines.push(`${outer}# between`);
    });
    const text = lines.join(crlf ? "\r\n" : "\n");
    return ends ? text + (crlf ? "\r\n" : "\n") : text;
  });

test("block and flow style, wide and narrow, CRLF, no line break at the end", () => {
  fc.assert(
    fc.property(fileText, (text) => {
      checkAll(text, JSON.stringify(text));
    }),
    { numRuns: 500 },
  );
});
