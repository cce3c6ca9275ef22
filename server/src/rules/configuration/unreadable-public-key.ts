import { defineRule } from "../../engine/rule";

export default defineRule({
  id: "unreadable-public-key",
  language: "configuration",
  title: "Every public key that the policy names can be read",
  why: `\`images.require.signature\` names public keys by their files. Where such a file cannot be read, no signature by that key
can be verified, and images that it has signed are listed as not checked.

A file is named from the folder of this one on (\`keys/release.pub\`), must lie in the repository, and holds a public key in PEM
(\`-----BEGIN PUBLIC KEY-----\`), as \`cosign generate-key-pair\` writes it to \`cosign.pub\`. The key may also stand here itself.

By hand: correct the name, put the file into the repository, or write the key into the configuration.`,
  category: "configuration",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: { problem: (text: string) => `No key is read from this file: ${text}` },
  bad: [
    {
      title: "a file that is not there",
      source: "images:\n  require:\n    signature:\n      - keys: [«cosign.pub»]\n",
      context: { extended: [{ text: "cosign.pub", problem: "it does not exist" }] },
    },
  ],
  good: [
    {
      title: "a file that is there",
      source: "images:\n  require:\n    signature:\n      - keys: cosign.pub\n",
      context: { extended: [{ text: "cosign.pub", problem: undefined }] },
    },
  ],
  check(document, { facts, report, notChecked }) {
    for (const { keys } of document.config.policy.signers) {
      for (const key of keys) {
        if ("pem" in key) continue;
        const fact = facts.extended?.find((candidate) => candidate.text === key.file);
        if (fact === undefined) notChecked("whether this key can be read is not known", key.span);
        else if (fact.problem !== undefined) report("problem", [fact.problem], { at: key.span });
      }
    }
  },
});
