import { bundleFromJSON } from "@sigstore/bundle";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import type { KeylessVerifier } from "./ports";
import root from "./sigstoreRoot.json";

/**
 * Verifies what is signed with a certificate of Sigstore's public instance, against the keys that it had when this was made: no
 * question is sent to anybody. The certificate, its entry in the transparency log and the signature must all hold.
 */
export const sigstoreVerifier: KeylessVerifier = {
  signerOf: (bundle) => {
    try {
      const verifier = new Verifier(toTrustMaterial(TrustedRoot.fromJSON(root.trustedRoot)));
      // Whom the user trusts is compared by whoever asks: the library takes an identity for a regular expression.
      const { identity } = verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
      const name = identity?.subjectAlternativeName;
      const issuer = identity?.extensions?.issuer;
      return name === undefined || issuer === undefined
        ? "it does not say who has signed it"
        : { name, issuer };
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
};
