import type { Reference } from "../../engine/rule";

/** Pages that more than one rule points to. Each is the publisher's own address. */

export const dockerBestPractices: Reference = {
  title: "Docker: building best practices",
  url: "https://docs.docker.com/build/building/best-practices/",
};

export const dockerBuildSecrets: Reference = {
  title: "Docker: build secrets",
  url: "https://docs.docker.com/build/building/secrets/",
};

export const dockerSecretsCheck: Reference = {
  title: "Docker build check: SecretsUsedInArgOrEnv",
  url: "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",
};

export const owaspDocker: Reference = {
  title: "OWASP: Docker security cheat sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
};

export const owaspSecrets: Reference = {
  title: "OWASP: secrets management cheat sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
};

export const cisDocker: Reference = {
  title: "CIS Docker Benchmark",
  url: "https://www.cisecurity.org/benchmark/docker",
};

/** The part of the Dockerfile reference about one instruction or flag. */
export function dockerfileReference(instruction: string, anchor: string): Reference {
  return {
    title: `Dockerfile reference: ${instruction}`,
    url: `https://docs.docker.com/reference/dockerfile/#${anchor}`,
  };
}

/** An entry of the Common Weakness Enumeration. */
export function cwe(number: number, name: string): Reference {
  return { title: `CWE-${number}: ${name}`, url: `https://cwe.mitre.org/data/definitions/${number}.html` };
}
