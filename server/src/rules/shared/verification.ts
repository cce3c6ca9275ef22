import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag } from "../../documents/shell/queries";

/** Programs that print or compare a cryptographic hash. */
const hashPrograms = /^(?:sha(?:1|224|256|384|512)?sum|shasum|b2sum|md5sum|rhash|xxhsum|digest)$/;

/**
 * Whether a command compares a file with a checksum, a signature or a fingerprint that was known before. A hash that
 * is only printed does not count, but one that is piped into something that compares does.
 */
export function verifies(command: ShellCommand): boolean {
  const { unwrapped } = command;
  const { program, arguments: words } = unwrapped;
  if (hashPrograms.test(program)) return hasFlag(unwrapped, "c", "check") || isCompared(command);
  const values = words.map((word) => word.value ?? word.literalPrefix);
  switch (program) {
    case "gpg":
    case "gpg2":
      return values.some((value) =>
        /^--(?:verify|show-keys?|fingerprint|with-fingerprint|with-colons|import-options)/.test(value),
      );
    case "gpgv":
    case "gpgv2":
    case "cosign":
    case "minisign":
    case "signify":
    case "slsa-verifier":
    case "jarsigner":
    case "rpmkeys":
      return true;
    case "openssl":
      return (
        values.includes("-verify") ||
        (/^(?:dgst|sha\d{1,3}|md5)$/.test(values[0] ?? "") && isCompared(command))
      );
    case "rpm":
      return values.some((value) => /^(?:-K|--checksig)$/.test(value));
    case "gh":
      return values[0] === "attestation";
    case "aria2c":
      return values.some((value) => value.startsWith("--checksum"));
    default:
      return false;
  }
}

/** Whether the output goes on into a comparison: `| grep`, `[ "$(sha256sum x)" = … ]`, `| sha256sum -c`. */
function isCompared(command: ShellCommand): boolean {
  const last = command.pipeline.at(-1) ?? command;
  if (last !== command && /^(?:e?grep|fgrep|cmp|diff|sha\d{3}sum)$/.test(last.unwrapped.program)) return true;
  return command.context === "substitution";
}
