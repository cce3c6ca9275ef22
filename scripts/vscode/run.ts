/**
 * Tests the extension in a real VS Code, which installs itself on first use.
 *
 *   tsx scripts/vscode/run.ts [node|web|oldest|oldest-web|desktop|ui|keyboard|editor|commands|folders|languages|many|trust|pictures]...
 *
 * Without arguments all of them run. VERBOSE=1 prints the extension hosts' consoles. Walks go another way with
 * THEME="Default Light Modern", or with RELEASE=oldest.
 */
import { execFileSync } from "node:child_process";
import type { SuiteOutcome } from "./browser";
import { runInElectron } from "./electron";
import { projectRoot, type ReleaseName, releases } from "./install";
import { runWithManyEditors } from "./manyEditors";
import { runInNodeHost } from "./nodeHost";
import { takePictures } from "./pictures";
import { buildSuites } from "./suites";
import { runUi } from "./ui";
import { runCommandsUi } from "./uiCommands";
import { runEditorUi } from "./uiEditor";
import { runFoldersUi } from "./uiFolders";
import { runKeyboardUi } from "./uiKeyboard";
import { runLanguagesUi } from "./uiLanguages";
import { runTrustUi } from "./uiTrust";
import { runInWebHost } from "./webHost";

interface Leg {
  readonly title: string;
  /** Run only where it is named: it has not been shown to hold on every machine. */
  readonly onlyByName?: true;
  /** @returns whether it passed, or undefined where it cannot run on this machine */
  run(): Promise<boolean | undefined>;
}

const legs: Readonly<Record<string, Leg>> = {
  node: {
    title: `VS Code ${releases.current.vscode}, Node.js extension host`,
    run: () => suite(runInNodeHost("current")),
  },
  web: {
    title: `VS Code ${releases.current.vscode}, web worker extension host`,
    run: () => suite(runInWebHost("current")),
  },
  oldest: {
    title: `VS Code ${releases.oldest.vscode}, Node.js extension host`,
    run: () => suite(runInNodeHost("oldest")),
  },
  "oldest-web": {
    title: `VS Code ${releases.oldest.vscode}, web worker extension host`,
    run: () => suite(runInWebHost("oldest")),
  },
  desktop: { title: "VS Code for the desktop", run: runInElectron },
  ui: {
    title: `VS Code ${releases.current.vscode}, by hand, with the packed extension`,
    run: () => byHand(runUi),
  },
  keyboard: {
    title: `VS Code ${releases.current.vscode}, findings and actions by keyboard, Restricted Mode, crashes`,
    run: () => byHand(runKeyboardUi),
  },
  folders: {
    title: `VS Code ${releases.current.vscode}, several folders in one workspace`,
    run: () => byHand(runFoldersUi),
  },
  many: {
    title: `VS Code ${releases.current.vscode}, two hundred open editors`,
    run: async () => {
      const outcome = await runWithManyEditors("current");
      return outcome && suite(Promise.resolve(outcome));
    },
  },
  languages: {
    title: `VS Code ${releases.current.vscode}, in German and Japanese`,
    run: () => byHand(runLanguagesUi),
  },
  commands: {
    title: `VS Code ${releases.current.vscode}, the other commands by keyboard, settings changed meanwhile`,
    run: () => byHand(runCommandsUi),
  },
  trust: {
    title: `VS Code ${releases.current.vscode}, what registries and scanners tell of images`,
    run: () => byHand(runTrustUi),
  },
  pictures: {
    title: "the pictures of the README",
    onlyByName: true,
    run: () => byHand(takePictures),
  },
  editor: {
    title: `VS Code ${releases.current.vscode}, what stands around findings, by keyboard`,
    run: () => byHand(runEditorUi),
  },
};

let isPacked = false;

/** Drives a workbench with the packed extension. */
async function byHand(walk: (release: ReleaseName) => Promise<void>): Promise<boolean> {
  if (!isPacked) runScript("scripts/package.ts");
  isPacked = true;
  await walk(process.env.RELEASE === "oldest" ? "oldest" : "current");
  return true;
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(legs, name));
  if (unknown !== undefined)
    throw new Error(`unknown leg ${unknown}: one of ${Object.keys(legs).join(", ")}`);
  runScript("scripts/build.ts");
  await buildSuites();
  const results: string[] = [];
  for (const [name, leg] of Object.entries(legs)) {
    if (names.length > 0 ? !names.includes(name) : leg.onlyByName) continue;
    console.log(`\n# ${leg.title}`);
    const start = Date.now();
    const first = await attempt(leg);
    if (first === false)
      console.log("\nfailed; a second time, since a workbench on a busy machine may lose the focus");
    const passed = first === false ? await attempt(leg) : first;
    const verdict =
      passed === undefined
        ? "not run"
        : passed
          ? first
            ? "passed"
            : "PASSED THE SECOND TIME ONLY"
          : "FAILED";
    results.push(`${verdict}: ${leg.title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    if (passed === false) process.exitCode = 1;
  }
  console.log(`\n${results.join("\n")}`);
}

async function attempt(leg: Leg): Promise<boolean | undefined> {
  return leg.run().catch((error: unknown) => {
    console.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return false;
  });
}

async function suite(outcome: Promise<SuiteOutcome>): Promise<boolean> {
  const { code, lines } = await outcome;
  console.log(lines.join("\n"));
  // A host that ends well without a word has run nothing.
  return code === 0 && lines.some((line) => /^[1-9]\d* passed, 0 failed/.test(line));
}

function runScript(script: string): void {
  execFileSync("npx", ["--no-install", "tsx", script], { cwd: projectRoot, stdio: "inherit" });
}

// A driver that is cut off must still end what it started: that hangs on the "exit" event.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
