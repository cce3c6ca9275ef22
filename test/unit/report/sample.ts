import { summaryOf } from "../../../server/src/audit/audit";
import { auditText } from "../../../server/src/audit/auditText";
import type { AuditedFile, AuditResult } from "../../../server/src/audit/result";
import { type Config, defaultConfig } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { severities } from "../../../server/src/engine/severity";
import { rules } from "../../../server/src/rules/index";

/** A password that nobody uses, in pieces so that no scanner takes it for one that somebody does. */
export const samplePassword = ["w8Kq", "Zt3R", "mV6x", "Lp1D"].join("");

/** A file's audit, by the real rules, under a path of one's choice. */
export function auditedFile(
  path: string,
  text: string,
  kind: "dockerfile" | "compose" = "dockerfile",
  config: Config = defaultConfig,
): AuditedFile {
  const facts = unknownFacts("2026-11-21");
  const input = { kind, text, rules, facts, config, name: path, withPosture: true };
  const { findings, suppressed, posture = [], ran } = auditText(input);
  const location = `/w/${path}`;
  return { path, location, language: kind, status: "checked", findings, suppressed, posture, ran };
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
CMD ["node", "/app/main.js"]
`;

export const sample = resultWith([
  auditedFile(hostilePath, sampleText),
  auditedFile("clean/Dockerfile", "FROM scratch\n"),
]);

const range = { start: { line: 3, column: 5, offset: 40 }, end: { line: 3, column: 9, offset: 44 } };

/** An audit that was stopped, with every kind of thing that can fail or not be seen. */
export const troubled = resultWith(
  [
    ...sample.files,
    unseen("latin/Dockerfile", "failed", "it is not valid UTF-8"),
    unseen("linked/Dockerfile", "skipped", "the link leads nowhere"),
  ],
  {
    complete: false,
    failures: [
      { rule: "broken-rule", path: "x/Dockerfile", error: "TypeError: it broke" },
      { path: "plimsoll.yaml", error: "the configuration is wrong in line 1", range },
    ],
    notChecked: [
      { path: "folder-that-is-closed", reason: "the folder could not be read: permission denied" },
      { rule: "final-stage-user-root", path: "clean/Dockerfile", reason: "its base is private", range },
    ],
  },
);

function unseen(path: string, status: "failed" | "skipped", reason: string): AuditedFile {
  return {
    path,
    location: `/w/${path}`,
    language: "dockerfile",
    status,
    reason,
    findings: [],
    suppressed: [],
  };
}

/** A finding of every severity in one file, its rule and message of one's choice. */
export function fileWithMessage(path: string, message: string): AuditedFile {
  const [finding] = auditedFile(path, "FROM busybox:1.37\nUSER root\n").findings;
  if (finding === undefined) throw new Error("the sample has no finding");
  const findings = severities.map((severity) => ({ ...finding, severity, message, fingerprint: severity }));
  return { ...auditedFile(path, ""), findings, suppressed: [] };
}
