import type { DockerfileDocument, Instruction, Stage } from "../../documents/dockerfile/model";
import { platformArgs, proxyArgs } from "../../documents/dockerfile/predefinedArgs";
import { officialName } from "../../knowledge/publishers";
import { rememberLast } from "../../text/rememberLast";
import type { Span } from "../../text/span";
import { globalArgNames } from "./declareVariable";
import { nameSlips } from "./nameSlips";
import { lastStartingBefore } from "./spanIndex";
import { stateBefore } from "./stages";
import { variableUsesOf } from "./variableUses";

/** A variable that the builder puts in as nothing. */
export interface UndefinedUse {
  readonly instruction: Instruction;
  readonly name: string;
  /** The name alone. */
  readonly span: Span;
  readonly kind: "undeclared" | "later" | "unset";
  /** The name that was meant, where a slip of the finger explains it. */
  readonly nearest: string | undefined;
  /** Whether it stands in the value of an ENV that sets it: `ENV P=/x:$P`. */
  readonly addsToItself: boolean;
}

/** The variables that are not set where they are used, the first use of each in an instruction; none that the base image may set. */
export function undefinedUses(document: DockerfileDocument): readonly UndefinedUse[] {
  return document.instructions.flatMap((instruction) => {
    if (instruction.keyword === "FROM" || instruction.onbuild) return [];
    const uses = variableUsesOf(document, instruction);
    const environment = uses.length === 0 ? undefined : stateBefore(document, instruction)?.environment;
    if (environment === undefined) return [];
    const setter = setterOf(instruction);
    const seen = new Set<string>();
    return uses.flatMap(({ name, span, guarded }) => {
      const set = setter(name, span);
      if (guarded || seen.has(name) || set === "beside" || environment.has(name)) return [];
      seen.add(name);
      const judged = judge(document, instruction, name);
      return judged ? [{ instruction, name, span, addsToItself: set === "here", ...judged }] : [];
    });
  });
}

type Judgement = Pick<UndefinedUse, "kind" | "nearest">;

/** Why a variable is not set that the file does not set above; undefined where the base image may set it. */
function judge(document: DockerfileDocument, instruction: Instruction, name: string): Judgement | undefined {
  const stage = document.stages[instruction.stageIndex];
  if (stage === undefined || stage.os === "windows" || setAnyway.has(name)) return undefined;
  const isKnown = isPlainBase(stage);
  if (!isKnown && mayBeSetBy(stage, name)) return undefined;
  const declared = stagesOf(document.stages)[isKnown ? "set" : "declared"].get(name);
  const last = declared?.get(stage.index);
  if (last !== undefined && last !== instruction) return { kind: "later", nearest: undefined };
  const isElsewhere =
    (declared?.size ?? 0) > (last === undefined ? 0 : 1) ||
    globalArgNames(document.globalArgs).has(name) ||
    platformArgs.has(name);
  if (isElsewhere) return { kind: "undeclared", nearest: undefined };
  const nearest = meantBy(document, instruction, name);
  return isKnown || nearest !== undefined ? { kind: "unset", nearest } : undefined;
}

/**
 * Tells, for a use within an ENV or ARG, whether the same instruction sets the variable: `here` by the very value that
 * uses it, or `beside` it, which is another rule's subject.
 */
function setterOf(instruction: Instruction): (name: string, span: Span) => "here" | "beside" | undefined {
  if (instruction.keyword !== "ENV" && instruction.keyword !== "ARG") return () => undefined;
  const { assignments, keyword } = instruction;
  const names = new Set(assignments.map(({ name }) => name));
  const values = assignments.map(({ valueSpan }) => valueSpan);
  return (name, span) => {
    if (!names.has(name)) return undefined;
    const isOwn = assignments[lastStartingBefore(values, span.start + 1)]?.name === name;
    return isOwn && keyword === "ENV" ? "here" : "beside";
  };
}

type ByName = ReadonlyMap<string, ReadonlyMap<number, Instruction>>;

/** The last ARG of each name in each stage, and the last ARG or ENV. */
const stagesOf = rememberLast(
  (stages: DockerfileDocument["stages"]): { readonly declared: ByName; readonly set: ByName } => {
    const declared = new Map<string, Map<number, Instruction>>();
    const set = new Map<string, Map<number, Instruction>>();
    for (const { index, instructions } of stages) {
      for (const one of instructions) {
        if (one.keyword !== "ARG" && one.keyword !== "ENV") continue;
        for (const { name } of one.assignments) {
          set.set(name, (set.get(name) ?? new Map()).set(index, one));
          if (one.keyword === "ARG") declared.set(name, (declared.get(name) ?? new Map()).set(index, one));
        }
      }
    }
    return { declared, set };
  },
);

/** The builder gives every stage a PATH, and takes proxies without a declaration. */
const setAnyway: ReadonlySet<string> = new Set(["PATH", ...proxyArgs]);

/** Official images whose build files set no variable but PATH. */
const plainImages: ReadonlySet<string> = new Set([
  "alpine",
  "amazonlinux",
  "busybox",
  "centos",
  "debian",
  "ubuntu",
]);

function isPlainBase({ base }: Stage): boolean {
  if (base?.target.kind === "scratch") return true;
  const name = base?.target.kind === "image" ? officialName(base.target.reference) : undefined;
  return name !== undefined && plainImages.has(name);
}

/** What images of languages, and those built on them, set by custom. */
const customary =
  /^(?:ANDROID|ASPNET|BUNDLE|CARGO|CATALINA|CONDA|CUDA|DOTNET|GEM|GO|GOLANG|GOPATH|GRADLE|HOME|JAVA|JDK|JRE|LANG|LC|LD|MAVEN|NODE|NPM|NVIDIA|PG|PHP|PIP|PKG|PYTHON|PYTHONPATH|RUBY|RUST|RUSTUP|SHELL|USER|VIRTUAL|YARN)(?:_|$)/;

/** Whether an image sets variables of such a name: `NGINX_VERSION` in `nginx`, `REDIS_HOME` in `team/redis`. */
function mayBeSetBy({ base, from }: Stage, name: string): boolean {
  const [word = ""] = name.toLowerCase().split("_");
  const value = base?.expanded.state === "known" ? base.expanded.value : "";
  const text = [base?.text ?? "", value, from.image?.text ?? ""].map((part) => part.slice(0, 500)).join(" ");
  return (
    customary.test(name) ||
    (word.length > 1 &&
      text
        .replace(/\$\{?\w+/g, "")
        .toLowerCase()
        .includes(word))
  );
}

/** The names that the stages set, one slip away from another. */
const slipsOf = rememberLast((stages: DockerfileDocument["stages"]) =>
  nameSlips(["PATH", ...stagesOf(stages).set.keys()]),
);

/** The variable that was meant by a misspelt one, among those that are set where it stands. */
function meantBy(document: DockerfileDocument, instruction: Instruction, name: string): string | undefined {
  const environment = stateBefore(document, instruction)?.environment;
  return slipsOf(document.stages)(name).find((other) => other === "PATH" || environment?.has(other) === true);
}
