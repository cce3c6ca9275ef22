import { createConnection } from "vscode-languageserver/node";
import { type ServerPorts, startServer } from "./server";

/**
 * Serves the client on standard input and output. Nothing else may be written to standard output from then on.
 * The process ends with the client: when it says so, when it closes the pipe, and when its process is gone.
 */
export function startStdio(ports: ServerPorts): void {
  // Where the arguments say so, the library also leads the console away from standard output.
  const told = process.argv.includes("--stdio");
  startServer(
    (options) =>
      told ? createConnection(options) : createConnection(process.stdin, process.stdout, options),
    ports,
  );
}
