import type { Reference } from "../../engine/rule";

/** The part of the Compose file reference about one key of a service. */
export function composeKey(key: string, anchor = key): Reference {
  return {
    title: `Compose file reference: ${key}`,
    url: `https://docs.docker.com/reference/compose-file/services/#${anchor}`,
  };
}

export const dockerSecurity: Reference = {
  title: "Docker: security of the engine",
  url: "https://docs.docker.com/engine/security/",
};

export const composeSecrets: Reference = {
  title: "Docker: secrets in Compose",
  url: "https://docs.docker.com/compose/how-tos/use-secrets/",
};

export const protectSocket: Reference = {
  title: "Docker: protect the daemon socket",
  url: "https://docs.docker.com/engine/security/protect-access/",
};

export const seccompProfiles: Reference = {
  title: "Docker: seccomp security profiles",
  url: "https://docs.docker.com/engine/security/seccomp/",
};

export const portPublishing: Reference = {
  title: "Docker: port publishing and the host's firewall",
  url: "https://docs.docker.com/engine/network/port-publishing/",
};
