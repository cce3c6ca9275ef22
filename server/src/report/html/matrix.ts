import type { AuditControl, AuditedFile, AuditPosture, AuditResult } from "../../audit/result";
import type { ControlState } from "../../engine/posture";
import { type Severity, severities } from "../../engine/severity";
import { mostRowsOfMatrix } from "../../shown";
import { counted } from "../summary";
import type { PlacedFinding } from "../worstFirst";
import { escapeHtml } from "./escape";

/**
 * Stages and services against controls.
 * @param findings in the order in which the page lists them: a cell that fails leads to its own by their places in it
 */
export function matrixSection(result: AuditResult, findings: readonly PlacedFinding[]): string {
  const places = new Map(
    findings.map(({ file, finding }, index) => [keyOf(file, finding.fingerprint), index]),
  );
  const tables = (["service", "stage"] as const).map((kind) => table(kind, subjectsOf(result, kind, places)));
  const shown = tables.filter((text) => text !== "");
  return shown.length === 0 ? "" : `<h2>How each stands</h2>\n${legend}\n${shown.join("\n")}`;
}

interface Subject {
  readonly file: AuditedFile;
  readonly posture: AuditPosture;
  /** For each control, where its findings stand in the page's list. */
  readonly places: readonly (readonly number[])[];
  /** For each control, the worst severity of its findings. */
  readonly severities: readonly (Severity | undefined)[];
  readonly weight: number;
}

function keyOf(file: AuditedFile, fingerprint: string): string {
  return `${file.path}\n${fingerprint}`;
}

const weights: Readonly<Record<Severity, number>> = {
  critical: 1000,
  high: 100,
  medium: 10,
  low: 1,
  info: 0.1,
};

function subjectsOf(
  result: AuditResult,
  kind: AuditPosture["kind"],
  places: ReadonlyMap<string, number>,
): readonly Subject[] {
  const subjects = result.files.flatMap((file) => {
    const severityOf = new Map(file.findings.map(({ fingerprint, severity }) => [fingerprint, severity]));
    return (file.posture ?? [])
      .filter((posture) => posture.kind === kind)
      .map((posture): Subject => {
        const worst = posture.controls.map((control) => worstOf(control, severityOf));
        const weight = posture.controls.reduce(
          (sum, { state }, index) => (state === "fail" ? sum + weights[worst[index] ?? "low"] : sum),
          0,
        );
        const lists = posture.controls.map((control) =>
          control.state !== "fail"
            ? []
            : control.findings.flatMap((print) => places.get(keyOf(file, print)) ?? []),
        );
        return { file, posture, places: lists, severities: worst, weight };
      });
  });
  return subjects.sort((a, b) => b.weight - a.weight);
}

function worstOf(
  { findings }: AuditControl,
  severityOf: ReadonlyMap<string, Severity>,
): Severity | undefined {
  const found = new Set(findings.map((print) => severityOf.get(print)));
  return severities.find((severity) => found.has(severity));
}

function table(kind: AuditPosture["kind"], subjects: readonly Subject[]): string {
  const controls = subjects[0]?.posture.controls ?? [];
  if (controls.length === 0) return "";
  const isOff = (column: number): boolean =>
    subjects.every(({ posture }) => {
      const control = posture.controls[column];
      return control?.off === true || control?.state === "notApplicable";
    });
  const columns = controls.map((_, column) => column).filter((column) => !isOff(column));
  const off = controls.filter((_, column) => isOff(column)).map(({ title }) => title);
  const noun = kind === "stage" ? "Stage" : "Service";
  const head = columns
    .map((column) => `<th scope="col"><span>${escapeHtml(controls[column]!.title)}</span></th>`)
    .join("");
  const rows = subjects.slice(0, mostRowsOfMatrix).map((subject) => row(subject, columns));
  const left = subjects.length - rows.length;
  const notes = [
    left > 0 ? `The ${mostRowsOfMatrix} worst of ${subjects.length} are shown.` : "",
    off.length > 0
      ? `Not looked at, as the rules are off: ${off.join(", ")}. <code>--profile all</code> has them on.`
      : "",
  ].filter((note) => note !== "");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${noun}s against controls"><table class="matrix">
<thead><tr><th scope="col">${noun}</th>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>${notes.length === 0 ? "" : `<p class="note">${notes.join(" ")}</p>`}`;
}

function row(subject: Subject, columns: readonly number[]): string {
  const { file, posture, places } = subject;
  const cells = columns.map((column) => {
    const control = posture.controls[column];
    return control === undefined
      ? "<td></td>"
      : cell(control, places[column] ?? [], subject.severities[column], posture.name);
  });
  const line = `${file.path}:${posture.range.start.line}`;
  return `<tr><th scope="row">${escapeHtml(posture.name)} <code>${escapeHtml(line)}</code></th>${cells.join("")}</tr>`;
}

const signs: Readonly<Record<ControlState, readonly [sign: string, word: string]>> = {
  pass: ["✓", "passed"],
  fail: ["✕", "fails"],
  accepted: ["≈", "accepted"],
  notApplicable: ["–", "not applicable"],
  notChecked: ["?", "not checked"],
};

const legend = `<p class="note legend">${Object.values(signs)
  .map(([sign, word]) => `<span><b aria-hidden="true">${sign}</b> ${word}</span>`)
  .join(" ")}</p>`;

function cell(
  { state, reason, title }: AuditControl,
  places: readonly number[],
  severity: Severity | undefined,
  name: string,
): string {
  const [sign, word] = signs[state];
  const said = escapeHtml(reason === undefined ? word : `${word}: ${reason}`);
  const mark = `<span aria-hidden="true">${sign}</span><span class="hidden">${said}</span>`;
  const hint = reason === undefined ? "" : ` title="${said}"`;
  if (places.length === 0) return `<td class="state ${state}"${hint}>${mark}</td>`;
  const label = escapeHtml(`${name}: ${title}`);
  const action = `Show ${counted(places.length, "finding")}`;
  return `<td class="state ${state} ${severity ?? ""}"><button type="button" disabled title="${action}" data-only="${places.slice(0, 500).join(",")}" data-label="${label}">${mark}</button></td>`;
}
