import type { LayerPath } from "./layerPaths";

/** A form of a command that stores the credential it is given, from the manual of its program. */
export interface CredentialCommand {
  /** The first operands: `auth login`. */
  readonly words: readonly string[];
  /** How many operands follow at least. */
  readonly least?: number;
  /** What one of the following operands is like. */
  readonly operand?: RegExp;
  /** One of these options must be there, and none of `without`. */
  readonly options?: readonly string[];
  readonly without?: readonly string[];
  /** The file or folder that holds the credential afterwards. */
  readonly path: LayerPath | undefined;
  /** A word of the same program that forgets it. */
  readonly undo: RegExp;
  /** Pieces of text, in small letters, one of which every such command has. */
  readonly mentions: readonly string[];
}

const forgets = /^(?:logout|revoke|unset|delete|remove|rm|purge|clear)$|--unset/;

type More = Omit<CredentialCommand, "words" | "path" | "undo" | "mentions"> &
  Partial<Pick<CredentialCommand, "mentions">>;

function form(words: string, path: LayerPath | undefined, more: More = {}): CredentialCommand {
  const all = words.split(" ");
  return { words: all, path, undo: forgets, mentions: all.slice(-1), ...more };
}

/** Clouds and services, by program. */
export const logins: ReadonlyMap<string, readonly CredentialCommand[]> = new Map([
  [
    "aws",
    [
      form("configure set", "~/.aws", { operand: /aws_(?:access_key_id|secret_access_key|session_token)/ }),
      form("configure import", "~/.aws"),
    ],
  ],
  [
    "gcloud",
    [
      form("auth activate-service-account", "~/.config/gcloud"),
      form("auth login", "~/.config/gcloud", { options: ["cred-file"] }),
    ],
  ],
  [
    "az",
    [form("login", "~/.azure", { options: ["p", "password", "service-principal"], without: ["identity"] })],
  ],
  ["doctl", [form("auth init", "~/.config/doctl")]],
  ["gh", [form("auth login", "~/.config/gh")]],
  ["glab", [form("auth login", "~/.config/glab-cli")]],
  ["oc", [form("login", "~/.kube", { options: ["token", "p", "password"] })]],
  ["kubectl", [form("config set-credentials", "~/.kube", { options: ["token", "password", "client-key"] })]],
  ["ibmcloud", [form("login", "~/.bluemix", { options: ["apikey", "p"] })]],
  ["cf", [form("login", "~/.cf", { options: ["p"] }), form("auth", "~/.cf", { least: 2 })]],
  ["vault", [form("login", "~/.vault-token", { least: 1 })]],
  ["snyk", [form("auth", "~/.config/configstore", { least: 1 })]],
  ["huggingface-cli", [form("login", "~/.cache/huggingface", { options: ["token"] })]],
  ["hf", [form("auth login", "~/.cache/huggingface", { options: ["token"] })]],
  ["wandb", [form("login", "~/.netrc", { least: 1 })]],
  ["databricks", [form("configure", "~/.databrickscfg", { options: ["token"] })]],
  ["mc", [form("alias set", "~/.mc", { least: 4 }), form("config host add", "~/.mc", { least: 4 })]],
  ["sentry-cli", [form("login", "~/.sentryclirc", { options: ["auth-token"] })]],
  ["jf", [form("config add", "~/.jfrog", { options: ["password", "access-token", "apikey"] })]],
]);

const imageLogin = [form("login", "~/.docker", { options: ["p", "password", "password-stdin"] })];
const npmConfig = {
  operand: /_authToken|_auth\b|_password|npmAuth(?:Token|Ident)/,
  mentions: ["_auth", "_password", "npmauth"],
};
const pipConfig = [
  form("config set", "~/.config/pip", { operand: /:\/\/[^\s/@]{1,300}@/, mentions: ["pip"] }),
];

/** Registries of packages and images, and version control, by program. */
export const packageTools: ReadonlyMap<string, readonly CredentialCommand[]> = new Map([
  ["npm", [form("config set", "~/.npmrc", npmConfig), form("set", "~/.npmrc", npmConfig)]],
  ["pnpm", [form("config set", "~/.npmrc", npmConfig)]],
  ["yarn", [form("config set", "~/.yarnrc.yml", npmConfig)]],
  ["docker", imageLogin],
  ["podman", imageLogin],
  ["buildah", imageLogin],
  ["nerdctl", imageLogin],
  ["skopeo", imageLogin],
  ["oras", imageLogin],
  ["crane", [form("auth login", "~/.docker", { options: ["p", "password", "password-stdin"] })]],
  [
    "helm",
    [
      form("registry login", "~/.config/helm", { options: ["p", "password", "password-stdin"] }),
      form("repo add", "~/.config/helm", { options: ["password"], mentions: ["password"] }),
    ],
  ],
  [
    "git",
    [
      form("config", "~/.gitconfig", {
        operand: /:\/\/(?!git@)[^\s/@]{1,300}@.{1,300}\.insteadOf/i,
        mentions: ["insteadof"],
      }),
      form("config", "~/.gitconfig", {
        least: 2,
        operand: /^["']?http\..{0,300}extraheader/i,
        mentions: ["extraheader"],
      }),
    ],
  ],
  ["pip", pipConfig],
  ["pip3", pipConfig],
  [
    "poetry",
    [
      form("config", "~/.config/pypoetry", {
        least: 2,
        operand: /^["']?(?:http-basic|pypi-token)\./,
        mentions: ["http-basic", "pypi-token"],
      }),
    ],
  ],
  [
    "composer",
    [
      form("config", "~/.composer/auth.json", {
        least: 2,
        operand: /^["']?(?:github-oauth|gitlab-token|gitlab-oauth|http-basic|bitbucket-oauth|bearer)\b/,
        mentions: ["github-oauth", "gitlab-", "http-basic", "bitbucket-oauth", "bearer"],
      }),
    ],
  ],
  [
    "bundle",
    [
      form("config", "~/.bundle/config", {
        least: 2,
        mentions: ["bundle"],
        operand:
          /^["']?(?:[\w.${}-]{1,100}:[\w.${}-]{1,200}|\$\{?(?=\w*(?:TOKEN|PASS|AUTH|CRED|KEY|SECRET))\w+\}?)["']?$/i,
      }),
    ],
  ],
  ["cargo", [form("login", "~/.cargo/credentials.toml", { least: 1 })]],
  ["dotnet", [form("nuget add source", "~/.nuget", { options: ["p", "password"], mentions: ["nuget"] })]],
  ["nuget", [form("sources add", "~/.nuget", { options: ["Password", "password"], mentions: ["nuget"] })]],
  ["mix", [form("hex.organization auth", "~/.hex", { options: ["key"], mentions: ["hex.organization"] })]],
]);
