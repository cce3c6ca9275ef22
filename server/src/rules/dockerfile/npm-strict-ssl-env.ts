import { defineRule } from "../../engine/rule";
import { environmentSettings } from "../shared/environmentSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "npm-strict-ssl-env",
  language: "dockerfile",
  local: true,
  needs: { words: ["strict_ssl"] },
  title: "No variable switches off certificate checks of npm or Yarn",
  why: `\`NPM_CONFIG_STRICT_SSL=false\` makes npm take any certificate from its registry. Anyone on the way can then
serve a package of their own, and the install scripts of packages run as the build's user. As an ENV it also holds in
images built from this one and in running containers.

If the registry's certificate comes from your own authority, name that in \`NODE_EXTRA_CA_CERTS\` or
\`NPM_CONFIG_CAFILE\`.

The fix deletes the assignment; it is not called safe, since a build that needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_12", "cis:4.11", "cwe:295"],
  references: [
    { title: "npm: strict-ssl", url: "https://docs.npmjs.com/cli/using-npm/config#strict-ssl" },
    { title: "Yarn: enableStrictSsl", url: "https://yarnpkg.com/configuration/yarnrc#enableStrictSsl" },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    off: () =>
      "Any certificate of the registry is taken, so anyone on the way can serve packages of their own",
  },
  bad: [
    {
      title: "in the image's environment, in any case",
      source: "FROM node:22\nENV «NPM_CONFIG_STRICT_SSL=false»\nENV «npm_config_strict_ssl false»\nENV A=1\n",
      fixed: "FROM node:22\nENV A=1\n",
    },
    {
      title: "as a default, for Yarn",
      source: "FROM node:22\nARG «YARN_ENABLE_STRICT_SSL=0»\nRUN yarn install\n",
      fixed: "FROM node:22\nRUN yarn install\n",
    },
    {
      title: "for one command",
      source: "FROM node:22\nRUN cd /app && «NPM_CONFIG_STRICT_SSL='false'» A=1 npm ci\n",
      fixed: "FROM node:22\nRUN cd /app && A=1 npm ci\n",
    },
  ],
  good: [
    {
      title: "switched on",
      source: "FROM node:22\nENV NPM_CONFIG_STRICT_SSL=true\nARG npm_config_strict_ssl=true\n",
    },
    { title: "an authority of one's own", source: "FROM node:22\nENV NPM_CONFIG_CAFILE=/ca.crt\n" },
    {
      title: "other names",
      source: "FROM node:22\nENV NPM_CONFIG_STRICT_SSLX=false MY_NPM_CONFIG_STRICT_SSL=false\n",
    },
  ],
  check(document, { report }) {
    for (const { value, span, fixes } of environmentSettings(document, names)) {
      if (value !== undefined && /^(?:false|0|null)$/i.test(value)) report("off", [], { at: span, fixes });
    }
  },
});

const names = ["NPM_CONFIG_STRICT_SSL", "npm_config_strict_ssl", "YARN_STRICT_SSL", "YARN_ENABLE_STRICT_SSL"];
