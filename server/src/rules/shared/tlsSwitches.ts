import type { ShellWord, UnwrappedCommand } from "../../documents/shell/model";

/** A way to tell a tool not to check certificates, that no rule of its own stands for. */
interface TlsSwitch {
  /** The tool's name for people. */
  readonly tool: string;
  readonly programs: ReadonlySet<string>;
  /** Options without a value, dashes included. */
  readonly flags?: ReadonlySet<string>;
  /** A word, or two neighbouring words joined by a blank, quotes removed. */
  readonly setting?: RegExp;
}

/**
 * The part of a command that switches certificate checks off, and the name of the tool.
 * @returns the first and the last word of it
 */
export function tlsSwitchOf(
  command: UnwrappedCommand,
): { readonly tool: string; readonly first: ShellWord; readonly last: ShellWord } | undefined {
  for (const { tool, programs, flags, setting } of tlsSwitches) {
    if (!programs.has(command.program)) continue;
    for (const [index, word] of command.arguments.entries()) {
      const text = word.value ?? word.literalPrefix;
      if (flags?.has(text) || setting?.test(text)) return { tool, first: word, last: word };
      const next = command.arguments[index + 1];
      if (next?.value !== undefined && setting?.test(`${text} ${next.value}`))
        return { tool, first: word, last: next };
    }
  }
  return undefined;
}

/** Pieces of text without which no switch of the table is there, in any spelling. */
export const tlsSwitchHints = [
  "ssl",
  "tls",
  "certificate",
  "cert",
  "insecure",
  "Verify-",
  "verify",
  "secure-http",
] as const;

/** Environment variables that switch checks off, the values that do, and the tool. */
export const tlsVariables: ReadonlyMap<string, { readonly tool: string; readonly off: RegExp }> = new Map([
  ["CONDA_SSL_VERIFY", { tool: "conda", off: /^(?:false|0|no)$/i }],
  ["BUNDLE_SSL_VERIFY_MODE", { tool: "Bundler", off: /^0$/ }],
  ["AZURE_CLI_DISABLE_CONNECTION_VERIFICATION", { tool: "the Azure CLI", off: /^(?:true|1)$/i }],
  ["ANSIBLE_GALAXY_IGNORE", { tool: "ansible-galaxy", off: /^(?:true|1|yes)$/i }],
  ["HELM_KUBEINSECURE_SKIP_TLS_VERIFY", { tool: "Helm", off: /^(?:true|1)$/i }],
  ["VAULT_SKIP_VERIFY", { tool: "Vault", off: /^(?:true|1|t)$/i }],
  ["DOCKER_TLS_VERIFY", { tool: "the Docker client", off: /^$/ }],
  ["CURL_CA_BUNDLE", { tool: "Python's requests", off: /^$/ }],
  ["REQUESTS_CA_BUNDLE", { tool: "Python's requests", off: /^$/ }],
  [
    "MAVEN_OPTS",
    {
      tool: "Maven",
      off: /-Dmaven\.(?:wagon\.http\.ssl\.(?:insecure|allowall)|resolver\.transport\.http\.ssl\.insecure)=true/,
    },
  ],
]);

/** Each tool's own manual is the source: the long options are as it names them. */
const tlsSwitches: readonly TlsSwitch[] = [
  { tool: "The AWS CLI", programs: new Set(["aws"]), flags: new Set(["--no-verify-ssl"]) },
  {
    tool: "conda",
    programs: new Set(["conda", "mamba", "micromamba"]),
    flags: new Set(["--insecure", "-k"]),
    setting: /^ssl_verify[ =](?:false|no|0)$/i,
  },
  {
    tool: "Composer",
    programs: new Set(["composer", "composer.phar"]),
    setting: /^(?:disable-tls[ =](?:true|1)|secure-http[ =](?:false|0))$/i,
  },
  { tool: "Bundler", programs: new Set(["bundle", "bundler"]), setting: /^ssl_verify_mode[ =]0$/i },
  {
    tool: "Maven",
    programs: new Set(["mvn", "mvnw", "gradle", "gradlew"]),
    setting:
      /^-Dmaven\.(?:wagon\.http\.ssl\.(?:insecure|allowall)|resolver\.transport\.http\.ssl\.insecure)=true$/,
  },
  {
    tool: "The Kubernetes client",
    programs: new Set(["kubectl", "helm", "oc"]),
    flags: new Set([
      "--insecure-skip-tls-verify",
      "--insecure-skip-tls-verify=true",
      "--kube-insecure-skip-tls-verify",
    ]),
  },
  {
    tool: "apt",
    programs: new Set(["apt-get", "apt", "aptitude"]),
    setting: /^(?:-o)?Acquire::https(?:::[\w.-]{1,100})?::Verify-(?:Peer|Host)[ =]{1,3}"?(?:false|0|no)"?$/i,
  },
  { tool: "apk", programs: new Set(["apk"]), flags: new Set(["--no-check-certificate"]) },
  { tool: "aria2c", programs: new Set(["aria2c"]), setting: /^--check-certificate=false$/ },
  { tool: "HTTPie", programs: new Set(["http", "https"]), setting: /^--verify[ =](?:no|false)$/ },
  {
    tool: "The registry client",
    programs: new Set(["skopeo", "podman", "buildah"]),
    setting: /^--(?:src-|dest-)?tls-verify=false$/,
  },
  { tool: "ansible-galaxy", programs: new Set(["ansible-galaxy"]), flags: new Set(["--ignore-certs"]) },
  { tool: "Deno", programs: new Set(["deno"]), flags: new Set(["--unsafely-ignore-certificate-errors"]) },
  { tool: "gcloud", programs: new Set(["gcloud"]), setting: /^auth\/disable_ssl_validation true$/i },
  { tool: "Vault", programs: new Set(["vault"]), flags: new Set(["-tls-skip-verify", "--tls-skip-verify"]) },
  { tool: "Subversion", programs: new Set(["svn"]), flags: new Set(["--trust-server-cert"]) },
  { tool: "lftp", programs: new Set(["lftp"]), setting: /ssl:verify-certificate (?:no|false|off)\b/ },
];
