/** The suite in the web worker extension host: the same contract, by mocha's browser build. */
import "mocha/mocha";
import { defineSuite } from "./extension";
import { report, suiteOptions } from "./report";

export function run(): Promise<void> {
  // Mocha's usual reporter for browsers writes into a document, and a worker has none; this one writes nothing.
  mocha.setup({ ...suiteOptions, reporter: "base" });
  defineSuite();
  return report((done) => mocha.run(done));
}
