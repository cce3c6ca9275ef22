const stores: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^~\/?$/, "whole home directory, keys included"],
  [
    /^[~.].{0,200}\/\.ssh(?:\/(?!known_hosts|config$|authorized_keys|[^/]{0,100}\.pub$).{0,200})?$/,
    "SSH keys",
  ],
  [/^[~.].{0,200}\/\.aws(?:\/credentials)?\/?$/, "AWS credentials"],
  [/^~\/\.kube(?:\/config)?\/?$/, "Kubernetes credentials"],
  [/^~\/\.docker(?:\/config\.json)?\/?$/, "logins to registries"],
  [/^~\/\.gnupg(?:\/.{0,200})?$/, "GnuPG keys"],
  [/^~\/\.azure(?:\/.{0,200})?$/, "Azure credentials"],
  [/^~\/\.config\/gcloud(?:\/.{0,200})?$/, "Google Cloud credentials"],
  [/^~\/\.config\/(?:gh|hub|doctl|hcloud|op|rclone)(?:\/.{0,200})?$/, "logins of command-line tools"],
  [/^~\/\.config\/?$/, "logins of every program"],
  [/^[~.].{0,200}\/\.(?:netrc|git-credentials|pypirc)$/, "passwords"],
  [
    /^~\/\.(?:npmrc|yarnrc\.yml|m2\/settings\.xml|cargo\/credentials(?:\.toml)?|vault-token|pgpass|my\.cnf|terraform\.d|password-store|mozilla|bash_history|zsh_history)(?:\/.{0,200})?$/,
    "tokens and passwords",
  ],
];

/**
 * What a path below a home directory holds, where that is credentials.
 * @param path with the home directory as `~`
 */
export function credentialsAt(path: string): string | undefined {
  return stores.find(([pattern]) => pattern.test(path))?.[1];
}

/** A path with the home directory, however it is written, as `~`. At most 400 characters are wanted. */
export function withHomeAsTilde(path: string): string {
  return path.replace(
    /^\$\{(?:HOME|USERPROFILE)(?::?-[^}]{0,200})?\}|^\$(?:HOME|USERPROFILE)\b|^\/(?:root|(?:home|Users)\/[^/:]{1,64})(?=\/)/,
    "~",
  );
}
