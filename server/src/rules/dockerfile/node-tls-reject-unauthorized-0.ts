import { defineRule } from "../../engine/rule";
import { environmentSettings } from "../shared/environmentSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "node-tls-reject-unauthorized-0",
  language: "dockerfile",
  local: true,
  needs: { words: ["node_tls_reject_unauthorized"] },
  title: "Node.js checks the certificates of what it talks to",
  why: `\`NODE_TLS_REJECT_UNAUTHORIZED=0\` makes every TLS connection of Node.js take any certificate: npm, install
scripts and, as an ENV, the application itself with its database, payment provider and single sign-on. Anyone on the
way can read and change all of that.

If a server's certificate comes from your own authority, name that in \`NODE_EXTRA_CA_CERTS=/path/ca.crt\`.

The fix deletes the assignment; it is not called safe, since what needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_6", "cis:4.11", "cwe:295"],
  references: [
    {
      title: "Node.js: NODE_TLS_REJECT_UNAUTHORIZED",
      url: "https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue",
    },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    off: () => "Node.js takes any certificate here, so anyone on the way can read and change its traffic",
  },
  bad: [
    {
      title: "in the image's environment",
      source: 'FROM node:22\nENV «NODE_TLS_REJECT_UNAUTHORIZED=0»\nCMD ["node", "app.js"]\n',
      fixed: 'FROM node:22\nCMD ["node", "app.js"]\n',
    },
    {
      title: "among others over continued lines",
      source: "FROM node:22\nENV NODE_ENV=production \\\n    «NODE_TLS_REJECT_UNAUTHORIZED='0'»\n",
      fixed: "FROM node:22\nENV NODE_ENV=production\n",
    },
    {
      title: "for one command",
      source: "FROM node:22\nRUN «NODE_TLS_REJECT_UNAUTHORIZED=0» npm ci\n",
      fixed: "FROM node:22\nRUN npm ci\n",
    },
    {
      title: "at start, without a fix",
      source: 'FROM node:22\nCMD ["env", «"NODE_TLS_REJECT_UNAUTHORIZED=0"», "node", "app.js"]\n',
    },
  ],
  good: [
    { title: "an authority of one's own", source: "FROM node:22\nENV NODE_EXTRA_CA_CERTS=/ca.crt\n" },
    { title: "switched on", source: "FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n" },
    {
      title: "text",
      source:
        'FROM node:22\n# ENV NODE_TLS_REJECT_UNAUTHORIZED=0\nRUN echo "NODE_TLS_REJECT_UNAUTHORIZED=0"\n',
    },
  ],
  check(document, { report }) {
    for (const { value, span, fixes } of environmentSettings(document, ["NODE_TLS_REJECT_UNAUTHORIZED"])) {
      if (value === "0") report("off", [], { at: span, fixes });
    }
  },
});
