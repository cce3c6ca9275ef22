import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { visible } from "../../text/visible";

export default defineRule({
  id: "invalid-configuration",
  language: "configuration",
  title: "The configuration says what it means",
  why: `A misspelt key or value in \`plimsoll.yaml\` changes nothing, and the one who wrote it believes that it does. The
rest of the file still counts.

By hand: correct the word that is marked. The fix offers the nearest one that exists.`,
  category: "configuration",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: {
    issue: (text: string) => text,
    near: (text: string, near: string) => `${text}; perhaps ${near} is meant`,
  },
  bad: [
    {
      title: "a key that does not exist",
      source: "«profil»: strict\n",
      fixed: "profile: strict\n",
    },
    {
      title: "a rule that does not exist",
      source: "rules:\n  «invalid-configuratio»: off\n",
      fixed: "rules:\n  invalid-configuration: off\n",
    },
    {
      title: "another linter's word for a level, and a day without its zeros",
      source:
        "rules:\n  invalid-configuration: «error»\nignore:\n  - rule: invalid-configuration\n    until: «2027-3-1»\n",
      fixed:
        "rules:\n  invalid-configuration: critical\nignore:\n  - rule: invalid-configuration\n    until: 2027-03-01\n",
    },
    { title: "a level that does not exist", source: "rules:\n  invalid-configuration: «severe»\n" },
    { title: "a list where a word is wanted", source: "profile: «[strict]»\n" },
    {
      title: "what nothing can judge, and what is never fetched",
      source: "extends: «https://example.com/plimsoll.yaml»\nimages:\n  require:\n    «provenance»: true\n",
    },
    {
      title: "a demand that does not exist",
      source: "images:\n  require:\n    «digests»: true\n",
      fixed: "images:\n  require:\n    digest: true\n",
    },
    { title: "a demand for nobody's signature", source: "images:\n  require:\n    signature: «[]»\n" },
    {
      title: "an override without files, a denial without an image",
      source: "overrides:\n  - «profile: strict»\nimages:\n  denied:\n    - «reason: too old»\n",
    },
    {
      title: "a day that the calendar does not have",
      source: "ignore:\n  - rule: invalid-configuration\n    until: «2027-02-30»\n",
    },
    {
      title: "an exception without a rule, and one with a date that is none",
      source: "ignore:\n  - «reason: why not»\n  - rule: invalid-configuration\n    until: «soon»\n",
    },
  ],
  good: [
    {
      title: "every key",
      source: `extends: cis
profile: strict
rules:
  invalid-configuration: { severity: medium }
  "expired-*": off
overrides:
  - files: [legacy/**]
    profile: recommended
    rules: { invalid-configuration: low }
ignore:
  - rule: invalid-configuration
    path: legacy/**
    reason: replaced in spring
    owner: platform
    ticket: CHG-31337
    until: 2027-03-01
  - image: docker.io/library/debian
exclude: [vendor/**]
files:
  dockerfile: ["images/*.df"]
images:
  approved: [docker.io/library/*]
  registries: [registry.example.com]
  denied:
    - "*:latest"
    - { image: centos, reason: past its end of life, replacement: almalinux }
  replacements: { "docker.io/library/node": registry.example.com/node }
  require: { digest: medium, notEndOfLife: true, nonRoot: false }
requireReason: true
failOn: medium
`,
    },
    { title: "an empty file", source: "" },
    { title: "nothing but a comment", source: "# nothing decided yet\n" },
  ],
  check(document, { report }) {
    for (const issue of document.issues) {
      if (issue.near === undefined) report("issue", [issue.message], { at: issue.span });
      else {
        report("near", [issue.message, visible(issue.near)], {
          at: issue.span,
          fixes: [
            {
              title: `Write ${visible(issue.near)}`,
              safety: "unsafe",
              edits: [replaceSpan(issue.span, issue.near)],
            },
          ],
        });
      }
    }
  },
});
