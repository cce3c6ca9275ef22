/**
 * Runs the suite in the Node.js extension host, as VS Code's own integration tests for its server do: the page's
 * address names the extension under development and its tests.
 */
import path from "node:path";
import { launchBrowser, runSuiteInPage, type SuiteOutcome } from "./browser";
import { projectRoot, type ReleaseName } from "./install";
import { startVsCode } from "./server";
import { suites, withWorkspace } from "./suites";

const suiteTimeoutMs = 180_000;

export function runInNodeHost(release: ReleaseName): Promise<SuiteOutcome> {
  return withWorkspace((folder) => runSuiteInNodeHost(release, folder, suites.node, suiteTimeoutMs));
}

/**
 * Runs one suite on a folder.
 * @param suite its bundle, relative to the project
 * @param timeoutMs after which it counts as hanging
 */
export async function runSuiteInNodeHost(
  release: ReleaseName,
  folder: string,
  suite: string,
  timeoutMs: number,
): Promise<SuiteOutcome> {
  const server = await startVsCode({ release, testDriver: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const remote = (file: string) => `vscode-remote://${server.authority}${file}`;
    const payload = JSON.stringify([
      ["extensionDevelopmentPath", remote(projectRoot)],
      ["extensionTestsPath", remote(path.join(projectRoot, suite))],
    ]);
    const query = new URLSearchParams({ folder, payload });
    return await runSuiteInPage(page, `${server.url}/?${query}`, timeoutMs);
  } catch (error) {
    console.log(server.log().slice(-3000));
    throw error;
  } finally {
    await browser.close();
    await server.stop();
  }
}
