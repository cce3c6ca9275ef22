import { l10n } from "vscode";
import type { Severity } from "../../server/src/lsp/protocol";

/** A severity in the language of the editor; in settings and in files it has its English name. */
export function severityName(severity: Severity): string {
  switch (severity) {
    case "critical":
      return l10n.t("critical");
    case "high":
      return l10n.t("high");
    case "medium":
      return l10n.t("medium");
    case "low":
      return l10n.t("low");
    case "info":
      return l10n.t("info");
  }
}
