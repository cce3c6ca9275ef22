import type { Connection } from "vscode-languageserver";
import { isWithin } from "../audit/paths";
import { maxFileBytes } from "../limits";
import { guardFindings } from "./guard";
import { type AuditFileParams, type AuditFileResult, methods } from "./protocol";
import type { Checked, Session } from "./session";

/** Checks one file on request, open or not. What is not open must lie in the workspace, its links followed. */
export function registerAuditFile(connection: Connection, session: Session): void {
  connection.onRequest(
    methods.auditFile,
    guardFindings(
      methods.auditFile,
      session.log,
      async ({ uri }: AuditFileParams): Promise<AuditFileResult> => {
        const open = session.documents.get(uri);
        const text = open === undefined ? await readInWorkspace(uri, session) : { text: open.getText() };
        if ("reason" in text) return notChecked(uri, text.reason);
        // What is open may be left alone while it is typed, as scripts are, and is checked here all the same.
        const checked =
          (open === undefined ? undefined : await session.checked(uri)) ??
          (await session.checkText(uri, text.text));
        return checked === undefined ? notChecked(uri, notOurs) : resultOf(uri, checked);
      },
    ),
  );
}

const notOurs =
  "It is no Dockerfile, Compose file or configuration of Docker's daemon and holds no command of a container engine, or is not to be checked.";

async function readInWorkspace(
  uri: string,
  { locations, files, folders }: Session,
): Promise<{ readonly text: string } | { readonly reason: string }> {
  const path = locations.pathOf(uri);
  const real = path === undefined ? undefined : await files.realPath(path);
  if (path === undefined || real === undefined) return { reason: "It does not exist." };
  for (const folder of folders) {
    const root = locations.pathOf(folder);
    const realRoot = root === undefined ? undefined : ((await files.realPath(root)) ?? root);
    if (realRoot === undefined || !isWithin(realRoot, real)) continue;
    const read = await files.read(real, maxFileBytes);
    if (read.state === "read") return { text: read.text };
    return { reason: read.state === "absent" ? "It does not exist." : `It cannot be read: ${read.reason}.` };
  }
  return { reason: "It lies outside of the workspace." };
}

function resultOf(uri: string, { analysis, positions }: Checked): AuditFileResult {
  return {
    findings: analysis.findings.map(({ rule, severity, message, span }) => ({
      rule,
      severity,
      message,
      range: positions.range(span),
    })),
    notChecked: analysis.notChecked.map(({ reason }) => ({ uri, reason })),
    failures: analysis.failures.map(({ rule, error }) => `${rule}: ${error}`),
  };
}

function notChecked(uri: string, reason: string): AuditFileResult {
  return { findings: [], notChecked: [{ uri, reason }], failures: [] };
}
