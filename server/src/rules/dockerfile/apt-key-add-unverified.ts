import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { checkedDownloadFixes, checkedFileFixes } from "../shared/checkedDownload";
import { isDownload } from "../shared/downloads";
import { webAddressesOf } from "../shared/fetches";
import { commandsMentioning, runs } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { verifies } from "../shared/verification";

export default defineRule({
  id: "apt-key-add-unverified",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["apt-key", "gpg"] },
  title: "A repository's key is checked before it is trusted",
  why: `A signature is worth as much as the key that it is checked with. A key that is fetched anew at each build, from
the same place as the packages, protects against a changed mirror, but not against whoever takes over that server or
domain: the new key comes together with what it has signed.

\`apt-key add\` and \`/etc/apt/trusted.gpg.d\` make it worse: such a key may sign for every source, Debian's own
included. \`apt-key\` is gone in Debian 13. A short key id (\`--recv-keys\` with 8 or 16 digits) can be forged or met by chance.

Put the key into the repository and COPY it to \`/usr/share/keyrings/\`, or check it with \`sha256sum -c\` or its
fingerprint, and name it in the source with \`[signed-by=…]\`. A key in \`gpg --dearmor\` from HTTPS is reported as low:
it is what most vendors' pages say.

The fix stores what is downloaded and checks it by a sum that you fill in.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cis:4.12", "cwe:347", "cwe:494"],
  references: [
    { title: "Debian: apt-key", url: "https://manpages.debian.org/bookworm/apt/apt-key.8.en.html" },
    {
      title: "Debian wiki: third-party repositories",
      url: "https://wiki.debian.org/DebianRepository/UseThirdParty",
    },
    cisDocker,
    cwe(347, "Improper verification of cryptographic signature"),
  ],
  messages: {
    everywhere: () => "This key is fetched unchecked and may then sign for every package source of the image",
    dearmored: () => "This key is trusted as it arrives, so whoever takes over its server can sign packages",
    shortId: () => "A short key id can be met by another key, so this may import somebody else's",
  },
  bad: [
    {
      title: "a pipe into apt-key",
      source: "FROM debian:11\nRUN curl -fsSL https://example.com/key.asc | «apt-key add -»\n",
      fixed:
        'FROM debian:11\nRUN curl -o /tmp/key.asc -fsSL https://example.com/key.asc && echo "SHA256  /tmp/key.asc" | sha256sum -c - && apt-key add /tmp/key.asc && rm /tmp/key.asc\n',
    },
    {
      title: "a pipe into gpg, which is less",
      source:
        "FROM debian:12\nRUN curl -fsSL https://example.com/key.asc | sudo «gpg --dearmor -o /usr/share/keyrings/a.gpg»\n",
      fixed:
        'FROM debian:12\nRUN curl -o /tmp/key.asc -fsSL https://example.com/key.asc && echo "SHA256  /tmp/key.asc" | sha256sum -c - && sudo gpg --dearmor -o /usr/share/keyrings/a.gpg /tmp/key.asc && rm /tmp/key.asc\n',
    },
    {
      title: "among the keys for every source",
      source:
        "FROM debian:12\nRUN «curl -fsSLo /etc/apt/trusted.gpg.d/a.asc https://example.com/k.asc»\nRUN wget -O- https://example.com/k.asc | «tee /etc/apt/trusted.gpg.d/b.asc»\nRUN «apt-key add <(curl https://example.com/k.asc)»\n",
      fixed:
        'FROM debian:12\nRUN curl -fsSLo /etc/apt/trusted.gpg.d/a.asc https://example.com/k.asc && echo "SHA256  /etc/apt/trusted.gpg.d/a.asc" | sha256sum -c -\nRUN wget -O- https://example.com/k.asc | tee /etc/apt/trusted.gpg.d/b.asc\nRUN apt-key add <(curl https://example.com/k.asc)\n',
    },
    {
      title: "short ids",
      source:
        "FROM debian:11\nRUN «apt-key adv --keyserver keyserver.ubuntu.com --recv-keys 0xA1B2C3D4»\nRUN «gpg --recv-keys A1B2C3D4E5F60718»\n",
    },
    {
      title: "an address",
      source: "FROM debian:11\nRUN «apt-key adv --fetch-keys https://example.com/key.pub»\n",
    },
  ],
  good: [
    {
      title: "checked",
      source:
        'FROM debian:12\nRUN curl -fsSLo /k.asc https://example.com/k.asc && echo "0123  /k.asc" | sha256sum -c && gpg --dearmor -o /k.gpg /k.asc\n',
    },
    {
      title: "a whole fingerprint",
      source: `FROM debian:12\nRUN gpg --keyserver keys.openpgp.org --recv-keys ${"0123456789ABCDEF".repeat(3).slice(0, 40)}\n`,
    },
    {
      title: "a fingerprint that is compared",
      source:
        "FROM debian:12\nRUN curl -fsSL https://example.com/k | gpg --dearmor -o /k.gpg && gpg --show-keys /k.gpg | grep -q ABCD\n",
    },
    {
      title: "a key of one's own",
      source: "FROM debian:12\nCOPY key.gpg /usr/share/keyrings/\nRUN apt-key list\n",
    },
  ],
  check(document, { report }) {
    const words = ["apt-key", "gpg", trustedFolder];
    for (const { instruction, command } of commandsMentioning(document, words, trustsKey, ["RUN"])) {
      const at = spanWithoutWrappers(feedsAptKey(command) && command.feeds ? command.feeds : command);
      const fixes = fixesOf(document, command);
      if (hasShortId(command)) report("shortId", [], { at });
      else if (runs(instruction, verifies)) continue;
      else if (!isGpg(command) || namesTrustedFolder(command)) report("everywhere", [], { at, fixes });
      else report("dearmored", [], { at, severity: "low", fixes });
    }
  },
});

/** A check of the key between its download and its use. */
function fixesOf(document: DockerfileDocument, command: ShellCommand): readonly Fix[] {
  const download = command.pipelineIndex === 1 ? command.pipeline[0] : undefined;
  if (download !== undefined)
    return isDownload(download) ? checkedDownloadFixes(document, download, command) : [];
  return webAddressesOf(command).length > 0 ? checkedFileFixes(document, command, undefined) : [];
}

function trustsKey(command: ShellCommand): boolean {
  if (feedsAptKey(command) || putsAmongTrusted(command)) return true;
  const isKeyProgram = command.unwrapped.program === "apt-key" || isGpg(command);
  return isKeyProgram && (hasShortId(command) || takesDownload(command));
}

function isGpg({ unwrapped: { program } }: ShellCommand): boolean {
  return program === "gpg" || program === "gpg2";
}

/** `apt-key add <(curl …)`, seen from the inner command. */
function feedsAptKey(command: ShellCommand): boolean {
  return command.feeds?.unwrapped.program === "apt-key" && isDownload(command);
}

/** Keys in here sign for every source, as those of `apt-key` do. */
const trustedFolder = "trusted.gpg.d";

function putsAmongTrusted(command: ShellCommand): boolean {
  if (!namesTrustedFolder(command)) return false;
  const { program } = command.unwrapped;
  return program === "curl" || program === "wget" || command.inputs.some(isDownload);
}

function namesTrustedFolder({ unwrapped, redirections }: ShellCommand): boolean {
  return (
    unwrapped.arguments.some(({ text }) => text.includes(trustedFolder)) ||
    redirections.some(({ target }) => target?.text.includes(trustedFolder))
  );
}

function takesDownload(command: ShellCommand): boolean {
  const { program, arguments: words } = command.unwrapped;
  const values = words.map((word) => word.value ?? word.text);
  const isPiped = command.inputs.some(isDownload);
  if (program === "apt-key") return (isPiped && values.includes("add")) || values.includes("--fetch-keys");
  return isPiped && values.some((value) => value === "--dearmor" || value === "--no-default-keyring");
}

/** Ids of 8 or 16 digits name no one key; a fingerprint has 40. */
function hasShortId({ unwrapped }: ShellCommand): boolean {
  const receives = unwrapped.arguments.some((word) => /^--recv(?:-keys?)?$/.test(word.value ?? ""));
  return (
    receives &&
    [...operandsOf(unwrapped)].some((word) => /^(?:0x)?(?:[0-9a-f]{8}|[0-9a-f]{16})$/i.test(word.value ?? ""))
  );
}

function spanWithoutWrappers({ unwrapped, span }: ShellCommand) {
  return {
    start: unwrapped.name?.span.start ?? span.start,
    end: unwrapped.arguments.at(-1)?.span.end ?? span.end,
  };
}
