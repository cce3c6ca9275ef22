import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(__dirname, "..");

/** What one step has counted; a step that only passes or fails counts as one test. */
interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The steps in order; `--quick` leaves out what needs a real editor. */
const steps: readonly { readonly name: string; readonly quick: boolean; run(): Count }[] = [
  { name: "types", quick: true, run: () => command("npm", ["run", "--silent", "types"]) },
  { name: "lint", quick: true, run: () => command("npm", ["run", "--silent", "lint"]) },
  { name: "bundles", quick: true, run: () => command("npm", ["run", "--silent", "build"]) },
  {
    name: "tests",
    quick: true,
    run: () => nodeTests(["unit", "property", "lsp", "conformance", "corpus"]),
  },
  { name: "reports in a real browser", quick: false, run: () => nodeTests(["browser"]) },
  { name: "real VS Code", quick: false, run: () => command("npm", ["run", "--silent", "test:vscode"]) },
];

function command(name: string, args: readonly string[]): Count {
  const result = spawnSync(name, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  return result.status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** Runs every `*.test.ts` below some folders of `test/`, with Node's own runner. */
function nodeTests(folders: readonly string[]): Count {
  const files = folders.flatMap((folder) => testFiles(join(root, "test", folder)));
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-test-"));
  const tap = join(folder, "results.tap");
  try {
    const result = spawnSync(
      process.execPath,
      [
        ...["--import", "tsx", "--import", pathToFileURL(join(root, "test/support/seed.ts")).href],
        ...["--test", "--test-concurrency=2"],
        ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
        ...["--test-reporter=tap", `--test-reporter-destination=${tap}`],
        ...files,
      ],
      { cwd: root, stdio: "inherit" },
    );
    const text = readFileSync(tap, "utf8");
    const counted = (what: string): number =>
      Number(new RegExp(`^# ${what} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
    const count = {
      passed: counted("pass"),
      failed: counted("fail") + counted("cancelled"),
      skipped: counted("skipped"),
    };
    return result.status === 0 || count.failed > 0 ? count : { ...count, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function testFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .sort()
    .map((name) => join(folder, name));
}

const quick = process.argv.includes("--quick");
const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
  if (quick && !step.quick) continue;
  console.log(`\n== ${step.name}`);
  const count = step.run();
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  if (count.failed > 0) console.log(`FAILED: ${step.name}`);
}
if (total.skipped > 0) console.log(`\n${total.skipped} tests were skipped; each says why above.`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
