import { interpolate } from "../documents/compose/interpolation";
import type { Service } from "../documents/compose/model";
import type { Stage } from "../documents/dockerfile/model";
import type { YamlNode } from "../documents/yaml/tree";
import { resolveAlias } from "../documents/yaml/tree";
import { maxPostureNodes } from "../limits";
import type { Rule } from "./rule";
import { unreadReason } from "./unreadScripts";

/** A named group of rules: what must hold for a stage or a service. */
export interface Control<S> {
  readonly id: string;
  /** The good state, in a few words. */
  readonly title: string;
  /** The rules that must have run and found nothing for it to be passed. */
  needs(rule: Rule): boolean;
  /** Further rules, a finding of which fails it. */
  also?(rule: Rule): boolean;
  /** Whether a rule of it, by id, bears on this subject; each does where this is missing. */
  concerns?(rule: string, subject: S): boolean;
  /** What the model itself says where no rule has found anything. */
  judge?(subject: S): Judgement | undefined;
  /** Whether what a stage is built from counts, too. */
  readonly inherited?: true;
}

export interface Judgement {
  readonly state: "fail" | "notApplicable" | "notChecked";
  readonly reason: string;
  readonly off?: true;
}

/** A stage, and whether it is the one that is built when no target is named. */
export interface StageSubject {
  readonly stage: Stage;
  readonly isFinal: boolean;
}

const ids = (...names: readonly string[]): ((rule: Rule) => boolean) => {
  const set = new Set(names);
  return ({ id }) => set.has(id);
};

const isSecretRule = ({ category }: Rule): boolean => category === "secrets";
const isRecommendedSecretRule = (rule: Rule): boolean =>
  isSecretRule(rule) && rule.profiles.includes("recommended");

/** Rules about certificates, signatures and checksums of what a build fetches. */
const isAboutVerification = ({ category, aliases }: Rule): boolean =>
  category === "supply-chain" &&
  aliases.includes("cis:4.11") &&
  aliases.some((alias) => alias === "cwe:295" || alias === "cwe:347" || alias === "cwe:494");

export const stageControls: readonly Control<StageSubject>[] = [
  {
    id: "non-root",
    title: "Non-root",
    needs: ids("final-stage-user-root", "missing-user-instruction"),
    also: ids("intermediate-stage-user-root"),
    concerns: (rule, { isFinal }) => isFinal !== (rule === "intermediate-stage-user-root"),
    judge: userOfStage,
    inherited: true,
  },
  {
    id: "version",
    title: "Image has a version",
    needs: ids("base-image-no-tag", "base-image-latest-tag", "copy-from-external-image-unpinned"),
    also: ids("base-image-mutable-tag"),
    judge: baseOfStage,
    inherited: true,
  },
  {
    id: "digest",
    title: "Image pinned by digest",
    needs: ids("base-image-not-pinned-by-digest", "base-image-no-tag", "base-image-latest-tag"),
    judge: baseOfStage,
    inherited: true,
  },
  {
    id: "no-secrets",
    title: "No secrets",
    needs: isRecommendedSecretRule,
    also: isSecretRule,
    judge: unreadCommands,
    inherited: true,
  },
  {
    id: "verified-downloads",
    title: "Downloads verified",
    needs: (rule) => isAboutVerification(rule) && rule.profiles.includes("recommended"),
    also: isAboutVerification,
    judge: unreadCommands,
    inherited: true,
  },
  {
    id: "sandboxed-build",
    title: "Build stays in its sandbox",
    needs: ids("run-security-insecure", "run-network-host", "run-device", "privileged-word-in-run"),
    judge: unreadCommands,
    inherited: true,
  },
  {
    id: "healthcheck",
    title: "Health check",
    needs: ids("healthcheck-missing", "healthcheck-none"),
    concerns: (_rule, { isFinal }) => isFinal,
    judge: ({ isFinal }) => (isFinal ? undefined : notTheImage),
    inherited: true,
  },
];

const notTheImage: Judgement = {
  state: "notApplicable",
  reason: "only the last stage becomes the image, unless a target is named",
};

function userOfStage({ stage, isFinal }: StageSubject): Judgement | undefined {
  if (!isFinal) return notTheImage;
  if (stage.os === "windows")
    return { state: "notChecked", reason: "users of Windows images are not judged" };
  const { effectiveUser, base, command, entrypoint } = stage;
  if (effectiveUser.source === "instruction") {
    return effectiveUser.user.name.state === "unknown"
      ? { state: "notChecked", reason: "the user stands in a variable" }
      : undefined;
  }
  if (base === undefined) return { state: "notChecked", reason: "the base image is not known" };
  return base.target.kind === "scratch" && command === undefined && entrypoint === undefined
    ? { state: "notApplicable", reason: "the image has no program" }
    : undefined;
}

function baseOfStage({ stage }: StageSubject): Judgement | undefined {
  const target = stage.base?.target;
  if (target?.kind === "scratch") return { state: "notApplicable", reason: "FROM scratch" };
  if (target?.kind === "image") return undefined;
  return { state: "notChecked", reason: "the base image is not known" };
}

function unreadCommands({ stage }: StageSubject): Judgement | undefined {
  for (const instruction of stage.instructions) {
    const reason = unreadReason(instruction);
    if (reason !== undefined) return { state: "notChecked", reason };
  }
  return undefined;
}

export const serviceControls: readonly Control<Service>[] = [
  {
    id: "non-root",
    title: "Non-root",
    needs: ids("compose-user-root", "compose-user-missing"),
    concerns: (rule, { user }) => rule !== "compose-user-missing" || user === undefined,
    judge: userOfService,
  },
  {
    id: "version",
    title: "Image has a version",
    needs: ids("compose-image-no-tag-or-latest"),
    judge: imageOfService,
  },
  {
    id: "digest",
    title: "Image pinned by digest",
    needs: ids("compose-image-not-digest", "compose-image-no-tag-or-latest"),
    judge: imageOfService,
  },
  {
    id: "no-secrets",
    title: "No secrets",
    needs: isRecommendedSecretRule,
    also: isSecretRule,
    judge: partOfService,
  },
  {
    id: "unprivileged",
    title: "Not privileged",
    needs: ids("compose-privileged", "compose-cap-add-dangerous", "compose-devices-dangerous"),
    also: ids("compose-cap-add", "compose-devices", "compose-hook-privileged"),
    judge: readingKeys("privileged", "cap_add", "devices"),
  },
  {
    id: "own-namespaces",
    title: "Apart from the host",
    needs: ids(
      ...["compose-network-host", "compose-pid-host", "compose-ipc-host", "compose-uts-host"],
      ...["compose-userns-host", "compose-cgroup-host"],
    ),
    judge: readingKeys("network_mode", "net", "pid", "ipc", "uts", "userns_mode", "cgroup"),
  },
  {
    id: "safe-mounts",
    title: "No risky mounts",
    needs: ids(
      ...["compose-docker-socket", "compose-other-runtime-socket", "compose-use-api-socket"],
      ...["compose-host-root-mounted", "compose-sensitive-host-dir", "compose-user-credentials-mounted"],
      "compose-mount-propagation",
    ),
    also: ids("compose-selinux-relabel-system"),
    judge: readingKeys("volumes", "use_api_socket"),
  },
  {
    id: "kernel-guards",
    title: "Kernel guards on",
    needs: ids(
      ...["compose-seccomp-unconfined", "compose-apparmor-unconfined", "compose-selinux-disabled"],
      "compose-systempaths-unconfined",
    ),
    also: ids("compose-privileged"),
    judge: readingKeys("security_opt", "privileged"),
  },
  {
    id: "no-new-privileges",
    title: "No new privileges",
    needs: ids("compose-no-new-privileges-missing"),
    also: ids("compose-privileged"),
    judge: readingKeys("security_opt", "privileged"),
  },
  {
    id: "capabilities-dropped",
    title: "Capabilities dropped",
    needs: ids("compose-cap-drop-missing"),
    also: ids("compose-privileged", "compose-cap-add-dangerous"),
    judge: readingKeys("cap_drop", "cap_add", "privileged"),
  },
  {
    id: "read-only",
    title: "Read-only files",
    needs: ids("compose-readonly-rootfs-missing"),
    judge: readOnlyOfService,
  },
  {
    id: "limits",
    title: "Limits",
    needs: ids("compose-memory-unlimited", "compose-cpu-unlimited", "compose-pids-unlimited"),
    judge: readingKeys("mem_limit", "cpus", "pids_limit", "deploy"),
  },
  {
    id: "bound-ports",
    title: "Ports bound to an address",
    needs: ids("compose-port-all-interfaces", "compose-docker-api-published"),
    also: ids("compose-sensitive-service-published", "compose-debug-port", "compose-admin-ui-insecure"),
    judge: (service) =>
      partOfService(service) ??
      (service.ports.length === 0
        ? { state: "notApplicable", reason: "no port is published" }
        : readingKeys("ports")(service)),
  },
  {
    id: "healthcheck",
    title: "Health check",
    needs: ids("compose-healthcheck-missing", "compose-healthcheck-disabled"),
    judge: readingKeys("healthcheck"),
  },
];

/** A service of which this file holds a part only. */
function partOfService(service: Service): Judgement | undefined {
  if (service.fields.has("provider")) return { state: "notApplicable", reason: "a provider runs it" };
  return service.overlay || !service.complete
    ? { state: "notChecked", reason: "only a part of this service stands in this file" }
    : undefined;
}

function userOfService(service: Service): Judgement | undefined {
  const part = readingKeys("user")(service);
  if (part !== undefined || service.user !== undefined) return part;
  if (service.build !== undefined) return { state: "notApplicable", reason: "its Dockerfile decides" };
  return service.image?.value.reference === undefined
    ? { state: "notChecked", reason: "the image is not known" }
    : undefined;
}

function imageOfService(service: Service): Judgement | undefined {
  if (service.build !== undefined) return { state: "notApplicable", reason: "the image is built here" };
  const part = partOfService(service);
  if (part !== undefined) return part;
  return service.image?.value.reference === undefined
    ? { state: "notChecked", reason: "the image is not known" }
    : undefined;
}

function readOnlyOfService(service: Service): Judgement | undefined {
  const part = readingKeys("read_only")(service);
  if (part !== undefined || service.readOnly?.value !== false) return part;
  return { state: "fail", reason: "read_only is false" };
}

/** A value in which a variable decides is not judged by the rules, so it must not be called passed. */
function readingKeys(...keys: readonly string[]): (service: Service) => Judgement | undefined {
  return (service) => {
    const part = partOfService(service);
    if (part !== undefined) return part;
    const open = keys.find((key) => {
      const field = service.fields.get(key);
      return field !== undefined && hasOpenVariable(field.node);
    });
    return open === undefined
      ? undefined
      : { state: "notChecked", reason: `a variable decides about ${open}` };
  };
}

function hasOpenVariable(from: YamlNode): boolean {
  const open: YamlNode[] = [from];
  let seen = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (++seen > maxPostureNodes) return true;
    const at = resolveAlias(node);
    if (at.kind === "sequence") for (const item of at.items) open.push(item);
    else if (at.kind === "map") for (const { value } of at.pairs) open.push(value);
    else if (at.kind === "scalar" && interpolate(at.value).value === undefined) return true;
  }
  return false;
}
