import { joinPath } from "../audit/paths";
import { maxLoggedUnread } from "../limits";
import type { AuditedDiagnostics } from "./auditedDiagnostics";
import type { AuditRun } from "./auditRun";
import { diagnosticsOfFile } from "./convert";
import { guardTask } from "./guard";
import type { Session } from "./session";

/** Checks the files of the workspace that are not open, where the user wants that. */
export interface WorkspaceFindings {
  /** Looks at everything again, soon: the settings, the folders or the files that there are have changed. */
  again(): void;
}

/** Changes that come together, as with a checkout, are looked at together: after this many milliseconds of rest. */
const restTime = 300;

/**
 * @param auditOf prepares the audit of some folders
 * @param done called after each audit, for clients that have to ask for its result
 */
export function createWorkspaceFindings(
  session: Session,
  audited: AuditedDiagnostics,
  auditOf: (folders: readonly string[]) => Promise<AuditRun>,
  done: () => void,
): WorkspaceFindings {
  let running: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  let shown = false;
  const audit = guardTask("workspace findings", session.log, async () => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const folders: string[] = [];
    for (const folder of session.folders)
      if ((await session.settingsOf(folder)).workspaceFindings) folders.push(folder);
    // What an audit on demand has found stays: only what stood here by itself goes by itself.
    if (controller.signal.aborted || (folders.length === 0 && !shown)) return;
    shown = folders.length > 0;
    if (!shown) audited.replace([]);
    else {
      const run = await auditOf(folders);
      const result = await run.start({
        signal: controller.signal,
        onFile: (file) => {
          if (!controller.signal.aborted && file.findings.length > 0)
            audited.add(
              diagnosticsOfFile(run.uriOf(file.location), file, (path) =>
                run.uriOf(joinPath(run.base, path)),
              ),
            );
        },
      });
      if (controller.signal.aborted) return;
      const withFindings = result.files.filter((file) => file.findings.length > 0);
      audited.replace(
        withFindings.map((file) =>
          diagnosticsOfFile(run.uriOf(file.location), file, (path) => run.uriOf(joinPath(run.base, path))),
        ),
      );
      for (const { path, error } of result.failures) session.log.error(`${path}: ${error}`);
      for (const { path, reason } of result.files
        .filter(({ status }) => status === "failed")
        .slice(0, maxLoggedUnread))
        session.log.warn(`${path} was not checked: ${reason}`);
      if (!result.complete) session.log.warn("Not all files of the workspace could be looked at.");
    }
    done();
  });
  return {
    again: () => {
      // An audit counts in UTF-16 units.
      if (session.encoding !== "utf-16") return;
      clearTimeout(timer);
      timer = setTimeout(audit, restTime);
    },
  };
}
