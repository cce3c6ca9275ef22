import type { AuditResult } from "../audit/result";
import type { Rule } from "../engine/rule";
import { renderCsv } from "../report/csv";
import { renderHtml } from "../report/html";
import { renderJson } from "../report/json";
import { renderMarkdown } from "../report/markdown";
import { renderSarif } from "../report/sarif";
import type { ReportFormat } from "./protocol";

/**
 * The reports of an audit: the page that the editor shows, and the format that was asked for. This file is loaded with
 * the first audit, since most sessions never ask for one.
 * @param date of the audit, as `YYYY-MM-DD`
 */
export function renderReports(
  result: AuditResult,
  rules: readonly Rule[],
  date: string,
  format: ReportFormat | undefined,
): { readonly reportHtml: string; readonly report?: string } {
  const reportHtml = renderHtml(result, rules, date);
  switch (format) {
    case "json":
      return { reportHtml, report: renderJson(result) };
    case "sarif":
      return { reportHtml, report: renderSarif(result, rules) };
    case "markdown":
      return { reportHtml, report: renderMarkdown(result) };
    case "csv":
      return { reportHtml, report: renderCsv(result) };
    case "html":
      return { reportHtml, report: reportHtml };
    default:
      return { reportHtml };
  }
}
