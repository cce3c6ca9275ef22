import type { Page } from "playwright-core";
import { chooseTheme, runCommand } from "./keyboard";
import { retried, shoot } from "./workbench";

const steps = ["See what is unsafe", "Fix it", "Audit your workspace", "Agree on the rules"];

/** Goes through "Get Started" as a newcomer would, and sees that its steps get their ticks and its pictures their theme. */
export async function visitWalkthrough(page: Page): Promise<void> {
  // Beside a narrow walkthrough there is no room for its pictures.
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 1700, height: 900 });
  await runCommand(page, "Plimsoll: Get Started");
  const walkthrough = page.locator(".gettingStartedContainer .gettingStartedDetailsContent");
  for (const [index, title] of steps.entries()) {
    await walkthrough.locator(".getting-started-step", { hasText: title }).first().click();
    await walkthrough.locator(".getting-started-step.expanded", { hasText: title }).waitFor();
    await pictureShown(page);
    await shoot(page, `9-walkthrough-${index + 1}`);
  }
  await walkthrough.locator(".getting-started-step", { hasText: steps[0]! }).first().click();
  for (const [theme, name] of [
    ["Light Modern", "light"],
    ["Dark High Contrast", "high-contrast"],
    ["Dark Modern", "dark"],
  ] as const) {
    await chooseTheme(page, theme);
    await pictureShown(page);
    await shoot(page, `9-walkthrough-${name}`);
  }

  await walkthrough.getByText("Open an Unsafe Dockerfile").click();
  await page.waitForSelector(".monaco-editor .squiggly-warning", { state: "attached" });
  await shoot(page, "9-walkthrough-sample");
  await retried(page, async () => {
    await runCommand(page, "Plimsoll: Get Started");
    await walkthrough.locator(".getting-started-step", { hasText: steps[1]! }).first().click();
    await walkthrough.getByText("Show Me").click();
    await page.waitForSelector(".action-widget .monaco-list-row.action");
  });
  await shoot(page, "9-walkthrough-fixes");
  await page.keyboard.press("Enter");
  await page.locator(".editor-instance .view-line", { hasText: /^USER\snode$/ }).waitFor();
  await runCommand(page, "Plimsoll: Get Started");
  for (const title of steps.slice(0, 2)) {
    await walkthrough
      .locator(".getting-started-step", { hasText: title })
      .locator(".codicon-getting-started-step-checked.complete")
      .first()
      .waitFor({ state: "attached" });
  }
  if (usual !== null) await page.setViewportSize(usual);
}

/** The picture of a step is a page of its own, which is drawn anew with each step and theme. */
async function pictureShown(page: Page): Promise<void> {
  const picture = page
    .frameLocator(".getting-started-media iframe")
    .frameLocator("#active-frame")
    .locator("svg");
  await picture.first().waitFor();
}
