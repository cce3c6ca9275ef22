/** What a registry and a scanner tell of images, with the network on: hover, hint, lens, finding, audit and report, in three themes. */
import type { Page } from "playwright-core";
import { fakeScanner, trivyBody } from "../../test/support/fakeScanner";
import { putIndex, startTestRegistry } from "../../test/support/registry";
import { cosign, signingKey } from "../../test/support/signing";
import type { ReleaseName } from "./install";
import { chooseTheme, goDownTo, goTo, openByName, readNotification, runCommand } from "./keyboard";
import { inWorkbench, retried, shoot } from "./workbench";

/** Opens a workspace whose images lie in a registry on the loopback device. */
export async function runTrustUi(release: ReleaseName): Promise<void> {
  const afterwards: (() => void | Promise<void>)[] = [];
  const t = { after: (done: () => void | Promise<void>) => void afterwards.push(done) };
  try {
    const registry = await startTestRegistry(t);
    const { host } = registry;
    const key = signingKey();
    const pinned = putIndex(registry, "team/base", { user: "" }, "3.19.1");
    cosign(registry, "team/base", pinned, key);
    putIndex(registry, "team/base", { user: "app" }, "3.19.1");
    putIndex(registry, "team/base", { user: "app" }, "3.19.4");
    putIndex(registry, "team/tools", { user: "1000" }, "1");
    const scanner = fakeScanner(t, "trivy", trivyBody(["CRITICAL", "HIGH", "HIGH"], 2));
    const files = {
      "images/Dockerfile": `FROM ${host}/team/tools:1 AS tools\n\nFROM ${host}/team/base:3.19.1@${pinned}\nUSER app\nCMD ["app"]\n`,
      "images/cosign.pub": key.pem,
      "images/plimsoll.yaml": "images: { require: { signature: { keys: cosign.pub } } }\n",
      // What the examples name lies in public registries, which a test does not ask.
      "plimsoll.yaml": 'exclude: [proxy, worker, "*.yaml", Dockerfile, package.json]\n',
    };
    const machineSettings = {
      "plimsoll.network": true,
      "plimsoll.networkRegistries": [host],
      "plimsoll.scanner": "trivy",
      "plimsoll.scannerPath": `${scanner.folder}/trivy`,
    };
    // A digest is longer than a line, and what stands behind it is to be seen.
    const settings = { "editor.wordWrap": "on" };
    await inWorkbench(release, { files, settings, machineSettings }, walk);
  } finally {
    for (const done of afterwards) await done();
  }
}

async function walk(page: Page): Promise<void> {
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await openByName(page, "images/Dockerfile");
  await page.locator(".codelens-decoration", { hasText: "Scan image" }).first().waitFor();
  // The answer about the pin, and about the signature that the policy demands.
  await page.locator(".view-lines", { hasText: /1\snewer/ }).waitFor();
  await page.waitForSelector(".monaco-editor .squiggly-warning", { state: "attached" });
  await hoverAt(page, 3, 20, /Signatures: verified \(cosign by a given key\)/, "dark");
  await runCommand(page, "Plimsoll: Scan Images");
  await page
    .locator(".codelens-decoration", { hasText: /1 critical, 2 high, 2 fixable/ })
    .first()
    .waitFor();
  await shoot(page, "trust-scanned");
  await runCommand(page, "Plimsoll: Audit Workspace");
  await readNotification(page, /Plimsoll checked/);
  await runCommand(page, "Plimsoll: Focus on Audit View");
  const rows = page.locator(".pane-body .monaco-list-row:visible");
  await rows.filter({ hasText: "Images" }).first().waitFor();
  const focused = page.locator(".pane-body .monaco-list-row.focused:visible");
  await retried(page, async () => {
    await page.keyboard.press("Home");
    await goDownTo(page, focused, /^Images/);
    await page.keyboard.press("ArrowRight");
    await goDownTo(page, focused, /^127\.0\.0\.1:\d+\/team\/base/);
    await page.keyboard.press("ArrowRight");
    await rows
      .filter({ hasText: /^Signatures/ })
      .first()
      .waitFor();
  });
  await shoot(page, "trust-audit");
  await runCommand(page, "Plimsoll: Open Report");
  const report = page.frameLocator("iframe.webview").first().frameLocator("#active-frame");
  await report.getByRole("heading", { name: "Images", exact: true }).scrollIntoViewIfNeeded();
  await shoot(page, "trust-report");
  for (const [theme, name] of [
    ["Light Modern", "light"],
    ["Dark High Contrast", "contrast"],
  ] as const) {
    await chooseTheme(page, theme);
    await shoot(page, `trust-report-${name}`);
    await openByName(page, "images/Dockerfile");
    await hoverAt(page, 3, 20, /Signatures: verified/, name);
    await runCommand(page, "Plimsoll: Open Report");
    await report.getByRole("heading", { name: "Images", exact: true }).waitFor();
  }
}

async function hoverAt(
  page: Page,
  line: number,
  column: number,
  wanted: RegExp,
  name: string,
): Promise<void> {
  await retried(page, async () => {
    await goTo(page, line, column);
    await runCommand(page, "Show or Focus Hover");
    await page.locator(".monaco-hover:visible", { hasText: wanted }).first().waitFor();
  });
  await shoot(page, `trust-hover-${name}`);
  await page.keyboard.press("Escape");
}
