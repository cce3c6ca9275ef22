import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-apk-package",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["apk"] },
  title: "Alpine packages are installed at a version",
  why: `A package without a version is whatever the repository holds on the day of the build. Two builds of one commit
differ, nobody can say later what was in an image, and a broken or malicious release gets in without a change of yours.

There is a price: Alpine keeps only the newest version in each release, so a build with \`curl=8.5.0-r0\` fails as soon
as a security update replaces it. \`name~8.5\` (any 8.5) bears that better. Many leave system packages unpinned, pin the
base image by digest and rebuild often; then leave this rule off.

\`apk policy name\` in the base image lists the versions. Package files, groups made by \`--virtual\` and words with a
variable are not reported. The fix leaves
a place for the version, since only the repository knows the versions.`,
  category: "supply-chain",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3018",
    "kics:unpinned_package_version_in_apk_add",
    "droast:DF052",
    "owasp:RULE#9",
    "cis:4.11",
    "cwe:1357",
  ],
  references: [
    { title: "Alpine wiki: apk", url: "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper" },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "one, several and some",
      source: "FROM alpine:3.23\nRUN «apk add» curl\nRUN «apk --no-cache add» curl=8.17.0-r0 git jq\n",
      fixed:
        "FROM alpine:3.23\nRUN apk add curl=VERSION\nRUN apk --no-cache add curl=8.17.0-r0 git=VERSION jq=VERSION\n",
    },
    {
      title: "among a virtual group",
      source:
        "FROM alpine:3.23\nRUN «apk add» --no-cache -t .build-deps gcc \\\n    # headers\n    musl-dev && apk del .build-deps\n",
      fixed:
        "FROM alpine:3.23\nRUN apk add --no-cache -t .build-deps gcc=VERSION \\\n    # headers\n    musl-dev=VERSION && apk del .build-deps\n",
    },
    {
      title: "in exec form and a trigger",
      source: 'FROM alpine:3.23\nRUN [«"apk", "add"», "--no-cache", "git"]\nONBUILD RUN «apk add» git@edge\n',
    },
  ],
  good: [
    {
      title: "versions",
      source:
        "FROM alpine:3.23\nRUN apk add --no-cache curl=8.17.0-r0 git~2.52 'jq>1.8' vim=$VIM_VERSION \"nano~=8\"\n",
    },
    {
      title: "files, groups and what provides a file",
      source: "FROM alpine:3.23\nRUN apk add ./a.apk /tmp/b.apk so:libc.so.6 .build-deps '!c'\n",
    },
    {
      title: "variables",
      source: "FROM alpine:3.23\nRUN apk add --no-cache --virtual .deps $PHPIZE_DEPS $(cat list)\n",
    },
    {
      title: "other commands and text",
      source: "FROM alpine:3.23\nRUN apk update && apk upgrade && apk info curl && echo apk add curl\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "apk"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
