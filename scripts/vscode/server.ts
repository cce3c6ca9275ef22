/** A private VS Code server on a free loopback port, with a user of its own that is thrown away afterwards. */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Installation, installVsCode, type ReleaseName } from "./install";
import { type TemporaryFolder, temporaryFolder } from "./temporaryFolder";

export interface VsCodeServer {
  /** `host:port`, as in `vscode-remote://host:port/path`. */
  readonly authority: string;
  readonly url: string;
  /** The folder of its own, with its user's data and extensions. */
  readonly home: string;
  /** What the server has printed so far. */
  log(): string;
  /** Ends the server with all its children, and removes the user. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly release: ReleaseName;
  /** Added to the environment, which reaches the extension host too. */
  readonly env?: Readonly<Record<string, string>>;
  /** Added to the user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine that the extension runs on. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /**
   * The display language, such as `de`. What the workbench itself says stays English: nothing but an empty language pack is
   * there, which makes it the language of extensions.
   */
  readonly language?: string;
  /** A packed extension to install first. */
  readonly vsix?: string;
  /**
   * Whether the page may ask for an extension under development and its tests, and may be told their result. It also
   * hides notifications.
   */
  readonly testDriver: boolean;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 3_000;

/** Quiet, alone and off the network. */
const settings: Readonly<Record<string, unknown>> = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  // A tooltip under the resting mouse swallows the next click.
  "workbench.hover.delay": 60_000,
  "workbench.editor.useModal": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "files.autoSave": "off",
};

export async function startVsCode(options: ServerOptions): Promise<VsCodeServer> {
  const installation = installVsCode(options.release);
  const folder = temporaryFolder("plimsoll-vscode-");
  try {
    return await start(installation, folder, options);
  } catch (error) {
    folder.remove();
    throw error;
  }
}

async function start(
  installation: Installation,
  folder: TemporaryFolder,
  options: ServerOptions,
): Promise<VsCodeServer> {
  const home = folder.path;
  mkdirSync(path.join(home, "data/User"), { recursive: true });
  const userSettings = JSON.stringify({ ...settings, ...options.settings });
  writeFileSync(path.join(home, "data/User/settings.json"), userSettings);
  // What is set for a machine counts on the one that the extension runs on.
  mkdirSync(path.join(home, "data/Machine"), { recursive: true });
  writeFileSync(path.join(home, "data/Machine/settings.json"), JSON.stringify(options.machineSettings ?? {}));
  const env = { ...environment(home), ...options.env };
  const args = [path.join(installation.folder, "out/server-main.js"), "--server-data-dir", home];
  args.push("--extensions-dir", path.join(home, "extensions"));
  if (options.vsix !== undefined) {
    execFileSync(installation.node, [...args, "--install-extension", options.vsix], { env, stdio: "ignore" });
  }
  args.push(
    "--host",
    "127.0.0.1",
    "--port",
    "0",
    "--without-connection-token",
    "--accept-server-license-terms",
  );
  args.push("--telemetry-level", "off");
  if (options.language !== undefined) {
    writeLanguagePack(path.join(home, "data"), options.language);
    args.push("--locale", options.language);
  }
  if (options.testDriver) args.push("--enable-smoke-test-driver");

  const logFile = path.join(home, "server.log");
  const log = () => readFileSync(logFile, "utf8");
  const output = openSync(logFile, "w");
  // Detached, so that it leads a process group and its children can be ended with it.
  const child = spawn(installation.node, args, { env, stdio: ["ignore", output, output], detached: true });
  closeSync(output);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group has ended already.
    }
  };
  const kill = () => signal("SIGKILL");
  // Before the folder's own listener, so that nothing writes into it any more.
  process.prependOnceListener("exit", kill);

  let port: string | undefined;
  const deadline = Date.now() + startTimeoutMs;
  while (port === undefined) {
    port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
    if (port === undefined && (child.exitCode !== null || Date.now() > deadline)) {
      kill();
      throw new Error(`the VS Code server did not start:\n${log()}`);
    }
    await delay(50);
  }
  return {
    authority: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    home,
    log,
    stop: async () => {
      signal("SIGTERM");
      await Promise.race([exited, delay(stopTimeoutMs)]);
      kill();
      process.off("exit", kill);
      folder.remove();
    },
  };
}

/** Makes a language known by a pack without texts. */
function writeLanguagePack(data: string, language: string): void {
  const translations = path.join(data, "translations.json");
  writeFileSync(translations, JSON.stringify({ version: "1.0.0", contents: {} }));
  const pack = {
    hash: "0",
    label: language,
    extensions: [{ extensionIdentifier: { id: `plimsoll.language-${language}` }, version: "1.0.0" }],
    translations: { vscode: translations },
  };
  writeFileSync(path.join(data, "languagepacks.json"), JSON.stringify({ [language]: pack }));
}

/** The environment without what a surrounding VS Code has put there, and with every folder inside `home`. */
function environment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    TMPDIR: home,
    XDG_RUNTIME_DIR: home,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
