import { summaryOf } from "../../../server/src/audit/audit";
import { auditText } from "../../../server/src/audit/auditText";
import type { AuditedFile, AuditResult } from "../../../server/src/audit/result";
import { defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { rules } from "../../../server/src/rules/index";

/** A password that nobody uses, in pieces so that no scanner takes it for one that somebody does. */
export const samplePassword = ["w8Kq", "Zt3R", "mV6x", "Lp1D"].join("");

/** A Dockerfile's audit, by the real rules, under a path of one's choice. */
export function auditedFile(path: string, text: string): AuditedFile {
  const facts = unknownFacts("2026-11-21");
  const { findings, suppressed } = auditText({
    kind: "dockerfile",
    text,
    rules,
    facts,
    config: defaultConfig,
    name: path,
  });
  return { path, location: `/w/${path}`, language: "dockerfile", status: "checked", findings, suppressed };
}

export function resultWith(files: readonly AuditedFile[], more: Partial<AuditResult> = {}): AuditResult {
  return {
    version: 1,
    tool: { name: "plimsoll", version: "1.2.3" },
    files,
    failures: [],
    notChecked: [],
    complete: true,
    summary: summaryOf(files),
    ...more,
  };
}

/** Two kinds of findings, one silenced, a secret beside them, and a path that does its worst. */
export const hostilePath = `a b/<script>alert(1)</script>"'&\u001b[2J\u202e/Dockerfile`;

export const sampleText = `FROM node:22.1.0-alpine
ENV API_PASSWORD=${samplePassword}
RUN echo ${samplePassword} && curl -k https://x.example/</code><img src=x>
# plimsoll-ignore sudo-in-run: the image needs it
RUN sudo id
USER root
`;

export const sample = resultWith([
  auditedFile(hostilePath, sampleText),
  auditedFile("clean/Dockerfile", "FROM scratch\n"),
]);
