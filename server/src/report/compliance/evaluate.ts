import type { AuditedFile, AuditedLanguage, AuditResult } from "../../audit/result";
import { serviceControls, stageControls } from "../../engine/postureControls";
import type { Rule } from "../../engine/rule";
import { counted } from "../summary";
import type { PlacedFinding } from "../worstFirst";
import { decides, type Framework, type FrameworkItem, rulesOf } from "./framework";

/**
 * `pass`: files can show it, and every rule of it ran on every file and found nothing. `fail`: something was found that
 * nobody has accepted. `accepted`: all that was found was silenced. `notApplicable`: there is no file that it is about.
 * `cannotTell`: files cannot show that it holds. `notChecked`: they could, and were not looked at.
 */
export type ItemState = "pass" | "fail" | "accepted" | "notApplicable" | "cannotTell" | "notChecked";

export interface ItemResult {
  readonly item: FrameworkItem;
  readonly state: ItemState;
  /** Why: a clause without a full stop. */
  readonly reason: string;
  /** The ids of the rules that decide. */
  readonly rules: readonly string[];
  /** How many files were looked at for it. */
  readonly files: number;
  readonly findings: readonly PlacedFinding[];
  readonly accepted: readonly PlacedFinding[];
  /** Findings of rules that ask for more than the item does. */
  readonly notes: readonly PlacedFinding[];
}

export interface Compliance {
  readonly framework: Framework;
  readonly result: AuditResult;
  readonly items: readonly ItemResult[];
}

/** What an audit says of each item of a framework. Nothing is called passed that was not checked. */
export function evaluate(framework: Framework, result: AuditResult, rules: readonly Rule[]): Compliance {
  return { framework, result, items: framework.items.map((item) => resultOf(item, result, rules)) };
}

function resultOf(item: FrameworkItem, result: AuditResult, all: readonly Rule[]): ItemResult {
  const rules = rulesOf(item, all);
  const deciding = new Set(rules.filter(decides).map(({ id }) => id));
  const noted = new Set(rules.filter((rule) => !decides(rule)).map(({ id }) => id));
  const languages = new Set(rules.map(({ language }) => language));
  const files = result.files.filter(({ language }) => language !== undefined && languages.has(language));
  const checked = files.filter(({ status }) => status === "checked");
  const findings = found(checked, deciding);
  const accepted = checked.flatMap((file) =>
    file.suppressed
      .filter(({ finding }) => deciding.has(finding.rule))
      .map(({ finding }): PlacedFinding => ({ file, finding })),
  );
  const base = {
    item,
    rules: [...deciding],
    files: checked.length,
    findings,
    accepted,
    notes: found(checked, noted),
  };
  const state = (name: ItemState, reason: string): ItemResult => ({ ...base, state: name, reason });
  if (item.coverage === "none" || deciding.size === 0) return state("cannotTell", "a file cannot show it");
  if (findings.length > 0) return state("fail", counted(findings.length, "finding"));
  const gap = gapOf(result, files, rules.filter(decides));
  if (gap !== undefined) return state("notChecked", gap);
  // Every daemon has settings, whether or not its file is here.
  if (isAboutDaemon(item) && !checked.some(({ language }) => language === "daemon"))
    return state("notChecked", "there is no daemon.json here");
  if (checked.length === 0) return state("notApplicable", "there is no file that it is about");
  if (accepted.length > 0) return state("accepted", `${counted(accepted.length, "finding")} accepted`);
  if (item.coverage === "partly")
    return state("cannotTell", "no breach found; a file cannot show that it holds");
  return state("pass", `${counted(checked.length, "file")} checked`);
}

/** Section 2 of the CIS benchmark is about the daemon. */
function isAboutDaemon({ rules }: FrameworkItem): boolean {
  return rules.some((name) => name.startsWith("cis:2."));
}

function found(files: readonly AuditedFile[], rules: ReadonlySet<string>): readonly PlacedFinding[] {
  return files.flatMap((file) =>
    file.findings.filter(({ rule }) => rules.has(rule)).map((finding): PlacedFinding => ({ file, finding })),
  );
}

/** What keeps an item without findings from being passed. */
function gapOf(
  result: AuditResult,
  files: readonly AuditedFile[],
  deciding: readonly Rule[],
): string | undefined {
  if (!result.complete) return "the audit was stopped before it had seen everything";
  const ids = new Set(deciding.map(({ id }) => id));
  const failure = result.failures.find(({ rule }) => rule === undefined || ids.has(rule));
  if (failure !== undefined)
    return failure.rule === undefined
      ? `the configuration ${failure.path} is wrong`
      : `the rule ${failure.rule} failed on ${failure.path}`;
  const unread = [...files, ...result.files.filter(({ language }) => language === undefined)].find(
    ({ status }) => status !== "checked",
  );
  if (unread !== undefined) return `${unread.path} was not checked: ${unread.reason ?? unread.status}`;
  const paths = new Set(files.map(({ path }) => path));
  const known = new Set(result.files.map(({ path }) => path));
  const entry = result.notChecked.find(({ rule, path }) =>
    // A path that is no file's is a folder that could not be read: anything may be in it.
    rule === undefined ? paths.has(path) || !known.has(path) : ids.has(rule),
  );
  if (entry !== undefined) return `${entry.path}: ${entry.reason}`;
  for (const file of files) {
    const off = deciding.find(
      ({ id, language }) => isFor(language, file.language) && !(file.ran?.has(id) ?? false),
    );
    if (off !== undefined) return `the rule ${off.id} is off for ${file.path}`;
  }
  return openControl(files, deciding);
}

/** A stage or a service of which it is not known, as a variable or another file decides. */
function openControl(files: readonly AuditedFile[], deciding: readonly Rule[]): string | undefined {
  const needing = {
    stage: controlsOf(stageControls, deciding),
    service: controlsOf(serviceControls, deciding),
  };
  for (const { path, posture = [] } of files)
    for (const { kind, name, controls } of posture) {
      const open = controls.find(
        ({ id, state, off }) => state === "notChecked" && off !== true && needing[kind].has(id),
      );
      if (open !== undefined) return `${path}, ${name}: ${open.reason ?? "not known"}`;
    }
  return undefined;
}

/** The ids of controls that some rules belong to. */
function controlsOf(
  controls: readonly { readonly id: string; needs(rule: Rule): boolean }[],
  rules: readonly Rule[],
): ReadonlySet<string> {
  return new Set(controls.filter((control) => rules.some((rule) => control.needs(rule))).map(({ id }) => id));
}

function isFor(language: Rule["language"], fileLanguage: AuditedLanguage | undefined): boolean {
  return language === fileLanguage;
}
