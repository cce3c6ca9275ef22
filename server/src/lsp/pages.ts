import type { Connection } from "vscode-languageserver";
import { rulePage } from "../docs/rulePage";
import { ruleIndexOf } from "../engine/ruleIndex";
import { guardRequest } from "./guard";
import { type ExplainParams, type ExplainResult, methods, type RuleSummary } from "./protocol";
import type { Session } from "./session";

/** Answers which rules there are, and what each is about. */
export function registerPages(connection: Connection, session: Session): void {
  const { log, rules } = session;
  const summaries = rules
    .map(({ id, title, severity, category }): RuleSummary => ({ id, title, severity, category }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  connection.onRequest(
    methods.rules,
    guardRequest<unknown, readonly RuleSummary[]>(methods.rules, log, [], () => summaries),
  );
  connection.onRequest(
    methods.explain,
    guardRequest<ExplainParams, ExplainResult | null>(methods.explain, log, null, ({ id, examples }) => {
      const rule = ruleIndexOf(rules).byId(id);
      return rule === undefined ? null : { markdown: rulePage({ ...rule, ...examples }) };
    }),
  );
}
