/** An address on which the daemon listens, or which it talks to. */
export interface Address {
  /** Lower case, without brackets; empty where none is given. */
  readonly host: string;
  readonly port: string | undefined;
}

/** Takes `host:port`, `[::1]:port` or a URL apart. */
export function addressOf(text: string): Address {
  const rest = text.replace(/^[A-Za-z][A-Za-z0-9+.-]{0,20}:\/\//, "").replace(/[/?#].*$/s, "");
  const bracketed = /^\[([^\]]{0,100})\](?::(\d{1,5}))?$/.exec(rest);
  if (bracketed !== null) return { host: bracketed[1]!.toLowerCase(), port: bracketed[2] };
  const colon = rest.lastIndexOf(":");
  if (colon < 0 || rest.indexOf(":") !== colon) return { host: rest.toLowerCase(), port: undefined };
  return { host: rest.slice(0, colon).toLowerCase(), port: rest.slice(colon + 1) };
}

/** Whether only the machine itself reaches a host, or a network of hosts such as `127.0.0.0/8`. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}(?:\/\d{1,2})?|::1(?:\/128)?)$/.test(host);
}

/** Whether a host stands for every address of the machine. */
export function isEveryHost(host: string): boolean {
  return host === "" || host === "0.0.0.0" || host === "::" || host === "*";
}
