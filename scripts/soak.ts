/**
 * Edits two hundred documents of one language server a hundred thousand times, with settings that change and restarts:
 * `npm run soak [-- --changes N] [--documents N] [--seed S]`. Fails where memory grows, or a finding is lost or stale.
 */
import { parseArgs } from "node:util";
import { soak } from "../test/soak/soak";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { changes: { type: "string" }, documents: { type: "string" }, seed: { type: "string" } },
  });
  const [changes = 0, documents = 0, seed = 0] = [
    values.changes ?? "100000",
    values.documents ?? "200",
    values.seed ?? "1",
  ].map(Number);
  if (!(changes >= 10) || !(documents >= 1) || !Number.isSafeInteger(seed))
    throw new Error("--changes, --documents and --seed are numbers");
  await soak({ changes, documents, seed, watchMemory: true, tell: (line) => console.log(line) });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
