import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/vscode/browser";
import { defaultConfig } from "../../server/src/engine/config";
import { renderHtml } from "../../server/src/report/html";
import { rules } from "../../server/src/rules/index";
import { auditedFile, fileWithMessage, hostilePath, resultWith, troubled } from "../unit/report/sample";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-report-"));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let browser: Browser;

before(async () => {
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const compose = `services:
  web: { image: app, privileged: true, ports: ["80:80"], volumes: [/var/run/docker.sock:/d.sock] }
  db: { image: postgres:17 }
`;
const everything = { ...defaultConfig, profile: "all" } as const;
const worst = resultWith(
  [
    ...troubled.files,
    auditedFile("shop/compose.yaml", compose, "compose", everything),
    auditedFile("shop/api/Dockerfile", "FROM node\nADD a b\nUSER root\n", "dockerfile", everything),
  ],
  { failures: troubled.failures, notChecked: troubled.notChecked, complete: false },
);

async function open(html: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
  const path = join(folder, "report.html");
  writeFileSync(path, html);
  const page = await browser.newPage(options);
  await page.goto(pathToFileURL(path).href);
  return page;
}

const looks = [
  { name: "light", options: { colorScheme: "light" } },
  { name: "dark", options: { colorScheme: "dark" } },
  { name: "forced colors", options: { colorScheme: "dark", forcedColors: "active" } },
  { name: "narrow", options: { colorScheme: "light", viewport: { width: 375, height: 700 } } },
  { name: "print", options: { colorScheme: "light" }, media: "print" },
] as const;

for (const { name, options, ...more } of looks) {
  test(`nobody is kept from reading it: ${name}`, async () => {
    const page = await open(renderHtml(worst, rules, "2026-11-22"), options);
    if ("media" in more) await page.emulateMedia({ media: more.media });
    // What DevTools evaluate is not held by the page's policy, which blocks all else that is not the report's own.
    await page.evaluate(axe);
    const results = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    const grave = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    assert.deepEqual(
      grave.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]),
      [],
    );
    assert.ok(results.passes.length > 10);
    const overflow = await page.evaluate<number>(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    if (!("media" in more)) assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
    await page.close();
  });
}

test("nothing of a file runs, loads or ends the page's own elements", async () => {
  const attacks = [
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 1</script>",
    "<img src=x onerror=window.ran=1>",
    '"><svg onload=window.ran=1>',
    "<!--<script>",
    "\u202etxt.exe\u2066",
    "</style><style>body{display:none}</style>",
  ];
  const files = [hostilePath, ...attacks].flatMap((attack, at) =>
    [fileWithMessage(`${attack}/${at}/Dockerfile`, attack), fileWithMessage(`x${at}/${attack}`, attack)].map(
      (file) => ({ ...file, posture: [] }),
    ),
  );
  const source = `FROM ${attacks[0]!.replace(/ /g, "")}:latest AS "><img/src=x/onerror=ran=1>\nUSER root\nRUN echo '</script>'\n`;
  const result = resultWith([...files, auditedFile("a/Dockerfile", source)]);
  const page = await open(renderHtml(result, rules));
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  // Every finding becomes an element, by the button as by a filter.
  const more = page.locator("#more-button");
  while (await more.isVisible()) await more.click();
  await page.fill("#filter-text", "window.ran");
  await until(page, '!document.getElementById("shown").textContent.startsWith("all")');
  assert.equal(await page.evaluate(() => (globalThis as { ran?: number }).ran), undefined);
  assert.deepEqual(requests, []);
  assert.equal(await page.locator("main img, main iframe, main svg[onload], main style").count(), 0);
  assert.equal(await page.evaluate("document.scripts.length"), 2);

  // Even markup that got in would do nothing: that is what the policy is for.
  const blocked = await page.evaluate<{ ran?: number; violations: readonly string[] }>(`(async () => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.ran = 2";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 3'><b style='color:red'>b</b>");
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { ran: window.ran, violations: [...new Set(violations)].sort() };
  })()`);
  assert.equal(blocked.ran, undefined);
  assert.deepEqual(blocked.violations, ["img-src", "script-src-attr", "script-src-elem", "style-src-attr"]);
  await page.close();
});

test("filters, search and the cells of the matrix lead to their findings, by keyboard too", async () => {
  const page = await open(renderHtml(worst, rules));
  const count = (): Promise<number> => page.locator("#list article").count();
  const all = await count();
  await page.selectOption("#filter-rule", "compose-privileged");
  assert.equal(await count(), 1);
  assert.match((await page.textContent("#list article")) ?? "", /shop\/compose\.yaml/);
  await page.click("button[type=reset]");
  assert.equal(await count(), all);
  await page.selectOption("#filter-folder", { label: "shop/api" });
  assert.ok((await count()) > 0 && (await count()) < all);
  await page.click("button[type=reset]");
  await page.focus("button[data-severity=critical]");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#list article.critical").count(), 0);
  await page.click("button[type=reset]");
  await page.fill("#filter-text", "docker.sock privileged");
  await until(page, `document.querySelectorAll("#list article").length < ${all}`);
  await page.click("button[type=reset]");
  await page.focus('button[data-label="web: Not privileged"]');
  await page.keyboard.press("Enter");
  assert.match((await page.textContent("#filter-only")) ?? "", /^Only web: Not privileged/);
  assert.equal(await count(), 1);
  assert.equal(await page.evaluate("document.activeElement.id"), "filter-only");
  await page.keyboard.press("Enter");
  assert.equal(await count(), all);
  const folder = page.getByRole("button", { name: /^shop\/api: \d/ });
  await folder.focus();
  await page.keyboard.press("Enter");
  const inFolder = await count();
  assert.ok(inFolder > 0 && inFolder < all);
  assert.match((await page.textContent("#list article .place")) ?? "", /shop\/api\/Dockerfile/);
  await page.click("button[type=reset]");
  await folder.click();
  assert.equal(await count(), inFolder);
  await page.click("button[type=reset]");
  await page.locator(".top .why").first().click();
  assert.ok(await page.locator(".rule:popover-open").isVisible());
  await page.keyboard.press("Escape");
  await page.close();
});

test("without its script it is complete but for the filters", async () => {
  const page = await open(renderHtml(worst, rules), { javaScriptEnabled: false });
  assert.ok((await page.locator("#list article").count()) > 5);
  assert.equal(await page.locator("#filters").isVisible(), false);
  assert.equal(await page.locator("button[data-only]").first().isDisabled(), true);
  assert.equal(await page.locator(".treemap [role=button]").count(), 0);
  await page.close();
});

test("ten thousand findings: few elements, and every one can be found and printed", async () => {
  const files = Array.from({ length: 2_000 }, (_, at) =>
    fileWithMessage(`team/f${at}/Dockerfile`, `message ${at}.`),
  );
  const page = await open(renderHtml(resultWith(files), rules));
  assert.equal(await page.textContent("#shown"), "all 10000 findings");
  assert.equal(await page.locator("#list article").count(), 100);
  assert.ok((await page.evaluate<number>("document.querySelectorAll('*').length")) < 6_000);
  await page.fill("#filter-text", "f1999/ message");
  await until(page, "document.querySelectorAll('#list article').length === 5");
  await page.click("button[type=reset]");
  await page.evaluate("void dispatchEvent(new Event('beforeprint'))");
  assert.equal(await page.locator("#list article").count(), 2_000);
  await page.evaluate("void dispatchEvent(new Event('afterprint'))");
  assert.equal(await page.locator("#list article").count(), 100);
  await page.close();
});

/** Asks the page again and again from outside: its policy lets it evaluate nothing by itself. */
async function until(page: Page, expression: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await page.evaluate(expression))) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${expression}`);
    await page.waitForTimeout(50);
  }
}
