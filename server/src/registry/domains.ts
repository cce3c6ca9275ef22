/**
 * Whether a host belongs to whoever owns another: it is the same, one stands below the other, or both stand below one
 * name that only one owner can have. Credentials for the second are then for the first, too.
 *
 * No list of all public suffixes is shipped for this: a pair that is taken for strangers' by mistake costs a question
 * that is not asked, and the user can list the host.
 *
 * @param host name without a port, in lower case, as are the others
 */
export function isOfOneOwner(host: string, other: string): boolean {
  if (host === other) return true;
  if (isAddress(host) || isAddress(other) || isShared(host) || isShared(other)) return false;
  if (isAtOrBelow(host, other) || isAtOrBelow(other, host)) return true;
  const parent = parentOf(host);
  return parent !== undefined && parent === parentOf(other) && !isShared(parent);
}

/** Whether a host is a domain or stands below it. */
export function isAtOrBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Whether a host, with or without a port, is this machine by its very name. */
export function isLoopback(host: string): boolean {
  const name = nameOfHost(host);
  return name === "localhost" || name === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** Whether a host is an address rather than a name. */
export function isAddress(host: string): boolean {
  const name = nameOfHost(host);
  // A last label of digits makes an address of a host to every resolver: 127.1, 0x7f.1, 2130706433.
  return name.startsWith("[") || /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i.test(name);
}

/** A host without its port, in lower case. */
export function nameOfHost(host: string): string {
  const lower = host.toLowerCase();
  const end = lower.startsWith("[") ? lower.indexOf("]") + 1 : lower.indexOf(":");
  return end > 0 ? lower.slice(0, end) : lower;
}

function parentOf(host: string): string | undefined {
  const dot = host.indexOf(".");
  return dot < 0 ? undefined : host.slice(dot + 1);
}

/** Names below which everybody can have a name of their own. */
const rented: ReadonlySet<string> = new Set([
  ...["azurecr.io", "azurewebsites.net", "azureedge.net", "cloudapp.azure.com", "windows.net", "azurefd.net"],
  ...["amazonaws.com", "cloudfront.net", "awsapprunner.com", "on.aws", "elasticbeanstalk.com"],
  ...["pkg.dev", "run.app", "appspot.com", "web.app", "firebaseapp.com", "googleapis.com"],
  ...["github.io", "githubusercontent.com", "gitlab.io", "herokuapp.com", "fly.dev", "onrender.com"],
  ...["vercel.app", "netlify.app", "pages.dev", "workers.dev", "cloudflarestorage.com", "r2.dev"],
  ...["digitaloceanspaces.com", "ondigitalocean.app", "jfrog.io", "cloudsmith.io", "container-registry.com"],
  ...["ngrok.io", "ngrok.app", "ngrok-free.app", "trycloudflare.com", "duckdns.org", "dyndns.org", "nip.io"],
  ...["sslip.io", "no-ip.org", "ts.net", "aliyuncs.com", "myhuaweicloud.com", "scw.cloud", "ovh.net"],
]);

/** Second labels under a country's domain that are sold below, as in `co.uk`. */
const secondLevels: ReadonlySet<string> = new Set([
  ...[
    "ac",
    "co",
    "com",
    "edu",
    "go",
    "gob",
    "gouv",
    "gov",
    "gub",
    "id",
    "ltd",
    "mil",
    "ne",
    "net",
    "nom",
    "or",
  ],
  ...["org", "plc", "sch"],
]);

/** Whether the names right below a name belong to many owners. */
function isShared(name: string): boolean {
  const labels = name.split(".");
  if (labels.length < 2 || labels.some((label) => label === "")) return true;
  // Amazon's names hold regions and services, so that no depth below them is surely one customer's.
  if (rented.has(name) || name.endsWith(".amazonaws.com")) return true;
  return labels.length === 2 && labels[1]!.length === 2 && secondLevels.has(labels[0]!);
}
