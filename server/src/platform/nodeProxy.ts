/** A proxy that tunnels are opened through. */
export interface HttpProxy {
  readonly url: URL;
  /** For `Proxy-Authorization`. */
  readonly login: string | undefined;
}

/**
 * The proxy for a URL, by the variables that curl and Docker read: `HTTPS_PROXY`, else `ALL_PROXY`, unless `NO_PROXY`
 * names the host. Lower-case names win. Throws an Error where the proxy is none that can be used.
 */
export function proxyFor(
  url: URL,
  environment: Readonly<Record<string, string | undefined>>,
): HttpProxy | undefined {
  const read = (name: string): string => environment[name.toLowerCase()] || environment[name] || "";
  const written = read("HTTPS_PROXY") || read("ALL_PROXY");
  if (written === "" || isExempt(url, read("NO_PROXY"))) return undefined;
  const text = written.includes("://") ? written : `http://${written}`;
  if (!URL.canParse(text)) throw new Error("HTTPS_PROXY is no address");
  const proxy = new URL(text);
  if (proxy.protocol !== "http:" && proxy.protocol !== "https:")
    throw new Error(`HTTPS_PROXY names a proxy of a kind that is not spoken here: ${proxy.protocol}`);
  const name = decodeURIComponent(proxy.username);
  const login =
    name === ""
      ? undefined
      : `Basic ${Buffer.from(`${name}:${decodeURIComponent(proxy.password)}`).toString("base64")}`;
  return { url: proxy, login };
}

/** Entries are hosts or domains, with or without a dot or an asterisk before them, with or without a port. */
function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, name = entry, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (wantedPort !== undefined && wantedPort !== port) return false;
      const domain = name.replace(/^\*?\./, "");
      return host === domain || host.endsWith(`.${domain}`);
    });
}
