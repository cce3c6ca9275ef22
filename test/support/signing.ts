import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mediaTypes, type TestRegistry } from "./registry";

/** A key pair as `cosign generate-key-pair` makes one. */
export interface SigningKey {
  /** The public key, PEM. */
  readonly pem: string;
  /** Signs the SHA-256 of a content; base64. */
  sign(content: string | Buffer): string;
}

export function signingKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    pem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    sign: (content) => signed(content, privateKey),
  };
}

function signed(content: string | Buffer, key: KeyObject): string {
  return createSign("SHA256").update(content).sign(key, "base64");
}

export const simpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";

/** What cosign's first scheme signs of a digest. */
export function simplePayload(digest: string): string {
  return JSON.stringify({
    critical: {
      identity: { "docker-reference": "team/app" },
      image: { "docker-manifest-digest": digest },
      type: "cosign container image signature",
    },
    optional: null,
  });
}

/** Puts a signature beside a digest as cosign's first scheme does. */
export function cosign(
  registry: TestRegistry,
  repository: string,
  digest: string,
  key: SigningKey,
  annotations: Readonly<Record<string, string>> = {},
): void {
  const payload = simplePayload(digest);
  registry.put(
    repository,
    {
      ...{ schemaVersion: 2, mediaType: mediaTypes.image, config: registry.blob("{}") },
      layers: [
        {
          ...registry.blob(payload, simpleSigning),
          annotations: { "dev.cosignproject.cosign/signature": key.sign(payload), ...annotations },
        },
      ],
    },
    `${digest.replace(":", "-")}.sig`,
  );
}
