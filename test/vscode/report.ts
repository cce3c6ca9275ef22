import type Mocha from "mocha";

/** Mocha's options, the same in every host. Starting the server is the slowest thing that a test waits for. */
export const suiteOptions = { ui: "bdd", timeout: 40_000 } as const;

/**
 * Runs a suite and prints one line for each test, which the driver outside picks from the host's console.
 *
 * @param start starts mocha with what it calls at the end
 * @returns rejects where a test failed, or where there was none
 */
export function report(start: (done: (failures: number) => void) => Mocha.Runner): Promise<void> {
  return new Promise((resolve, reject) => {
    const runner = start((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
      if (failures > 0) reject(new Error(`${failures} failed`));
      else if (passes === 0) reject(new Error("no test ran"));
      else resolve();
    });
    runner.on("pass", (test) => console.log(`ok - ${test.fullTitle()} (${test.duration} ms)`));
    runner.on("pending", (test) => console.log(`skip - ${test.fullTitle()}`));
    runner.on("fail", (test, error: Error) => {
      console.log(`not ok - ${test.fullTitle()}: ${(error.stack ?? error.message).replaceAll("\n", " | ")}`);
    });
  });
}
