import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

/** For each language: a marked source that is reported, one that is not, and a loop to begin with. */
const templates: Readonly<Record<string, { bad: string; good: string; check: string }>> = {
  dockerfile: {
    bad: "FROM debian:12.5\\nUSER «root»\\n",
    good: "FROM debian:12.5\\nUSER 65532\\n",
    check: `for (const instruction of document.instructions) {
      if (instruction.keyword === "USER" && instruction.user?.text === "root") {
        report("found", [instruction.user.text], { at: instruction.user.span });
      }
    }`,
  },
  compose: {
    bad: "services:\\n  «web»:\\n    image: nginx:1.27\\n",
    good: "services: {}\\n",
    check: `for (const service of document.services) report("found", [service.name], { at: service.nameSpan });`,
  },
  daemon: {
    bad: '{ «\\"debug\\": true» }\\n',
    good: "{}\\n",
    check: `const setting = document.settings.get("debug");
    if (setting !== undefined) report("found", [setting.key], { at: setting.span });`,
  },
};

const [language, id] = process.argv.slice(2);
const template = templates[language ?? ""];
if (template === undefined || id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  console.error(`Usage: npm run new-rule -- ${Object.keys(templates).join("|")} <id-in-kebab-case>`);
  process.exit(2);
}
const path = join("server/src/rules", language!, `${id}.ts`);
if (existsSync(join(root, path))) {
  console.error(`${path} exists already.`);
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

writeFileSync(
  join(root, path),
  `import { defineRule } from "../../engine/rule";

export default defineRule({
  id: "${id}",
  language: "${language}",
  title: "The good state, on one line, without a full stop",
  why: \`What an attacker gains. When the rule is wrong. How to fix it by hand. What the fix does.\`,
  category: "hygiene",
  severity: "medium",
  profiles: ["strict"],
  since: "${version}",
  aliases: [],
  references: [],
  messages: { found: (what: string) => \`\${what} is unsafe, because …\` },
  bad: [{ title: "the plain case", source: "${template.bad}" }],
  good: [{ title: "the safe case", source: "${template.good}" }],
  check(document, { report }) {
    ${template.check}
  },
});
`,
);
console.log(`Written: ${path}\nNext: write it, then run npm run generate and npm test.`);
