import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { textMatches } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "npm-yarn-strict-ssl-config",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "COPY"], words: ["strict-ssl", "enablestrictssl"] },
  title: "npm and Yarn check the certificate of their registry",
  why: `\`strict-ssl\` set to false makes npm, pnpm or Yarn take any certificate from the registry. Anyone on the way can
then serve a package of their own, and the install scripts of packages run as the build's user. \`npm config set\`
writes it down, so that it holds in later steps and in running containers too.

If the registry's certificate comes from your own authority, name that: \`npm config set cafile /ca.crt\`, or
\`NODE_EXTRA_CA_CERTS\`.

Found are \`npm config set\`, \`yarn config set\`, options, and lines written to \`.npmrc\` and \`.yarnrc\`. The fix
writes \`true\`; it is not called safe, since a build that needs the other fails.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_13", "cis:4.11", "cwe:295"],
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
      title: "npm and Yarn, with a blank and with an equals sign",
      source:
        'FROM node:22\nRUN npm config set «strict-ssl false» -g && npm ci\nRUN yarn config set "«strict-ssl"=false»\n',
      fixed:
        'FROM node:22\nRUN npm config set strict-ssl true -g && npm ci\nRUN yarn config set "strict-ssl"=true\n',
    },
    {
      title: "an option",
      source: "FROM node:22\nRUN npm install --«strict-ssl=false»\n",
      fixed: "FROM node:22\nRUN npm install --strict-ssl=true\n",
    },
    {
      title: "its other form, without a fix",
      source: "FROM node:22\nRUN npm install «--no-strict-ssl»\n",
    },
    {
      title: "written to files",
      source:
        "FROM node:22\nRUN echo '«strict-ssl=false»' >> /root/.npmrc\nCOPY <<EOF /app/.yarnrc.yml\n«enableStrictSsl: false»\nEOF\n",
      fixed:
        "FROM node:22\nRUN echo 'strict-ssl=true' >> /root/.npmrc\nCOPY <<EOF /app/.yarnrc.yml\nenableStrictSsl: true\nEOF\n",
    },
  ],
  good: [
    {
      title: "switched on",
      source: "FROM node:22\nRUN npm config set strict-ssl true && yarn config set strict-ssl=true\n",
    },
    { title: "an authority of one's own", source: "FROM node:22\nRUN npm config set cafile /ca.crt\n" },
    { title: "packages of such names", source: "FROM node:22\nRUN npm install strict-ssl false\n" },
    {
      title: "text",
      source: 'FROM node:22\nRUN echo "npm config set strict-ssl false"\n# npm config set strict-ssl false\n',
    },
  ],
  check(document, { report }) {
    for (const { span, value } of textMatches(document, switchedOff, ["RUN", "COPY"])) {
      const fixes = value && [
        {
          title: "Check the registry's certificate",
          safety: "unsafe" as const,
          edits: [replaceSpan(value, "true")],
        },
      ];
      report("off", [], { at: span, fixes: fixes ?? [] });
    }
  },
});

/** Two words only behind `set`, since `npm install strict-ssl false` names packages. */
const switchedOff =
  /(?:\b|(?<=\\n))(?:strict-ssl|enableStrictSsl)["']?(?:[ \t]{0,20}[=:][ \t]{0,20}|(?<=\bset(?:[ \t]|\\\r?\n){1,20}["']?[\w-]{1,20}["']?)(?:[ \t]|\\\r?\n){1,20})["']?(?<value>false|0)\b|--no-strict-ssl\b/dg;
