import path from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { projectRoot } from "./install";
import { suites, withWorkspace } from "./suites";

/**
 * Runs the suite in the desktop VS Code, where it can be had.
 *
 * @returns whether it passed, or undefined where VS Code cannot be downloaded from here
 */
export async function runInElectron(): Promise<boolean | undefined> {
  let vscodeExecutablePath: string;
  try {
    vscodeExecutablePath = await downloadAndUnzipVSCode({
      version: "stable",
      cachePath: path.join(projectRoot, ".vscode-test/desktop"),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(
      `desktop VS Code is not available here (${reason}); its server and web workbench are used instead`,
    );
    return undefined;
  }
  return withWorkspace(async (folder) => {
    const code = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: path.join(projectRoot, suites.node),
      launchArgs: [folder, "--disable-extensions", "--disable-workspace-trust"],
    });
    return code === 0;
  });
}
