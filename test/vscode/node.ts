/** The suite in the Node.js extension host: a module with `run()`, as VS Code's `extensionTestsPath` wants it. */
import Mocha from "mocha";
import { defineSuite } from "./extension";
import { report, suiteOptions } from "./report";

export function run(): Promise<void> {
  const mocha = new Mocha({ ...suiteOptions, color: false });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  defineSuite();
  return report((done) => mocha.run(done));
}
