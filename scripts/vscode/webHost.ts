/**
 * Runs the suite in the web worker extension host, with the extension's `browser` entry. Its files come from a small
 * server of our own, as a marketplace's would from another origin.
 */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser, runSuiteInPage, type SuiteOutcome } from "./browser";
import { projectRoot, type ReleaseName } from "./install";
import { startVsCode } from "./server";
import { suites, withWorkspace } from "./suites";

const suiteTimeoutMs = 120_000;

export function runInWebHost(release: ReleaseName): Promise<SuiteOutcome> {
  return withWorkspace(async (folder) => {
    const files = await serveProject();
    const server = await startVsCode({ release, testDriver: true });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
      await nameExtension(page, authorityOf(files));
      return await runSuiteInPage(page, `${server.url}/?${new URLSearchParams({ folder })}`, suiteTimeoutMs);
    } finally {
      await browser.close();
      await server.stop();
      files.close();
    }
  });
}

/** Web extensions under development are known from the page's configuration alone, so it is amended as it is read. */
async function nameExtension(page: Page, authority: string): Promise<void> {
  const development = {
    extensions: [{ scheme: "http", authority, path: "/" }],
    extensionTestsPath: { scheme: "http", authority, path: `/${suites.web}` },
  };
  // As text: what the page runs is no part of this program and has another set of types.
  await page.addInitScript(`{
    const getAttribute = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      const value = getAttribute.call(this, name);
      if (this.id !== "vscode-workbench-web-configuration" || name !== "data-settings") return value;
      const options = JSON.parse(value);
      options.developmentOptions = { ...options.developmentOptions, ...${JSON.stringify(development)} };
      return JSON.stringify(options);
    };
  }`);
}

/** Serves what belongs to the built extension and its suite, to loopback only. */
async function serveProject(): Promise<Server> {
  const allowed = [
    "package.json",
    "client/",
    "media/",
    "server/out/",
    "syntaxes/",
    "snippets/",
    `${path.dirname(suites.web)}/`,
  ];
  const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".json": "application/json" };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const relative = path.posix.normalize(decodeURIComponent(pathname)).replace(/^\/+/, "");
    const type = types[path.extname(relative)] ?? "application/octet-stream";
    const headers = { "Access-Control-Allow-Origin": "*", "Content-Type": type };
    if (!allowed.some((prefix) => relative.startsWith(prefix))) {
      response.writeHead(404, headers).end();
      return;
    }
    readFile(path.join(projectRoot, relative)).then(
      (body) => response.writeHead(200, headers).end(body),
      () => response.writeHead(404, headers).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function authorityOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the file server has no port");
  return `127.0.0.1:${address.port}`;
}
