/**
 * Loaded into a process before anything else: writes every connection that the process begins, every name that it looks
 * up and every datagram that it sends into the file that PLIMSOLL_SOCKETS names, a line each. Every socket of Node's,
 * encrypted ones included, is connected by the method that is replaced here.
 */
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import net from "node:net";

const file = process.env.PLIMSOLL_SOCKETS ?? "";

function spyOn(holder: object, method: string, describe: (args: readonly unknown[]) => string): void {
  const methods = holder as Record<string, (...args: unknown[]) => unknown>;
  const real = methods[method]!;
  methods[method] = function (this: unknown, ...args: unknown[]) {
    appendFileSync(file, `${method} ${describe(args)}\n`);
    return real.apply(this, args);
  };
}

spyOn(net.Socket.prototype, "connect", (args) => {
  // Node normalizes the arguments into a list before some of its own calls.
  const [first] = (Array.isArray(args[0]) ? args[0] : args) as readonly unknown[];
  const { host, port, path } = Object(first) as { host?: string; port?: number; path?: string };
  return path ?? `${host ?? "localhost"}:${port ?? String(first)}`;
});
spyOn(dns, "lookup", ([name]) => String(name));
spyOn(dns.promises, "lookup", ([name]) => String(name));
for (const method of ["resolve", "resolve4", "resolve6", "resolveAny"])
  spyOn(dns, method, ([name]) => String(name));
spyOn(dgram.Socket.prototype, "send", () => "datagram");
