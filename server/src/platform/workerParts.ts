/**
 * Gives a web worker what Node has: `require` for the files that stand beside the server's own, so that both servers load
 * the same ones. Each is loaded when it is first asked for, and once.
 *
 * @param folder the URL of the folder of those files, with `/` at its end
 * @param given modules that are there already, by the name that is asked for
 */
export function provideRequire(folder: string, given: Readonly<Record<string, unknown>>): void {
  const worker = globalThis as unknown as WorkerScope;
  const loaded = new Map(Object.entries(given));
  worker.require = (name) => {
    if (loaded.has(name)) return loaded.get(name);
    const module = { exports: {} as unknown };
    Object.assign(worker, { module, exports: module.exports });
    try {
      worker.importScripts(folder + name.replace(/^\.\//, ""));
    } finally {
      delete worker.module;
      delete worker.exports;
    }
    loaded.set(name, module.exports);
    return module.exports;
  };
}

/** The part of a worker's global object that is used here: the project is compiled without the browser's types. */
interface WorkerScope {
  importScripts(url: string): void;
  require: (name: string) => unknown;
  module?: unknown;
  exports?: unknown;
}
