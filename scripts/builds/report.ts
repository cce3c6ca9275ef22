import { rules } from "../../server/src/rules/index";
import { testImages } from "./images";
import type { Result } from "./runCase";
import { volatile } from "./tree";

/** The page about the results, in Markdown. */
export function reportOf(results: readonly Result[]): string {
  const compared = results.filter(({ changed }) => changed);
  const safe = compared.filter(({ testCase }) => testCase.unsafe.length === 0);
  const applied = new Set(results.flatMap((result) => result.applied.map(({ rule }) => rule)));
  const failed = results.filter(({ faults }) => faults.length > 0).length;
  return `# Fixes, built

\`npm run test:builds\` builds real Dockerfiles before and after \`plimsoll fix\` and compares the images. This page is
written by \`npm run test:builds -- --write\`.

${results.length} Dockerfiles, ${results.length - failed} as expected, ${failed} not. ${compared.length} were changed and built twice:
${safe.length} with safe fixes only, ${compared.length - safe.length} also with fixes that are not called safe. Fixes of ${applied.size} rules were applied.

## How

Everything is made of Debian packages and stays in the ignored folder \`.cache/builds/\`: a minimal Debian, a builder
(Buildah, with chroot isolation: no engine, no daemon), and a registry on the loopback device, which is the only one that
\`FROM\` reaches. A server on the loopback device offers what builds fetch, over HTTP and HTTPS: a signed package repository
and an unsigned one, files, a Python and an npm package, a git repository; one of its names has a certificate that nobody
vouches for. Nothing that is built reaches further.

The base images stand in for official ones:

| built from | is called |
| --- | --- |
${testImages.map(({ recipe, names }) => `| \`scripts/builds/seed/bases/${recipe}.Dockerfile\` | ${names.map((name) => `\`${name}\``).join(", ")} |`).join("\n")}

First the safe fixes of all rules are applied (profile \`all\`), then, where the case names some, the first fix of each
finding of these rules. Compared are whether the build ends well; user, environment, command, entrypoint, working
directory, ports, volumes, labels, author, stop signal, health check, shell and triggers; each file's kind, mode, owner,
size and SHA-256 or target; whether a secret's value can be read from the image; and, where the case says what the image
prints when it is started, output and exit status. Every difference has to stand in the case's \`case.json\`, and every
difference that stands there has to come.

Not compared are times, extended attributes, and what differs between two builds of one file:

${volatile.map((pattern) => `- \`${pattern.source.replaceAll("\\/", "/")}\``).join("\n")}

## What this does not show

- Another builder: this one does not know \`env=\` of a secret mount, so that the mount is turned into a file that the
  shell reads into the variable, as BuildKit documents it.
- Package managers that are no Debian packages or have no repository here: apk, dnf, yum, zypper, Maven, gems.
- Windows images, other processors, and multi-platform builds.
- The fixes of these rules, which no case applies: ${uncovered(applied)}.

## Results

| case | fixes of | before, after | differences, all expected |
| --- | --- | --- | --- |
${results.map(rowOf).join("\n")}
`;
}

/** Rules for Dockerfiles of which an example shows a fix. */
function uncovered(applied: ReadonlySet<string>): string {
  const ids = rules
    .filter(({ language, bad }) => language === "dockerfile" && bad.some(({ fixed }) => fixed !== undefined))
    .map(({ id }) => id)
    .filter((id) => !applied.has(id));
  return ids.length === 0 ? "none" : ids.map((id) => `\`${id}\``).join(", ");
}

function rowOf({ testCase, applied, changed, differences, faults }: Result): string {
  const ids = [...new Set(applied.map(({ rule }) => rule))].sort();
  const fixes = ids.map((id) => (testCase.unsafe.includes(id) ? `*${id}*` : id)).join(", ");
  const state = (failure: string | undefined): string => (failure === undefined ? "builds" : "fails");
  const states = `${state(testCase.fails.before)}, ${changed ? state(testCase.fails.after) : "the same"}`;
  const lines = faults.length > 0 ? ["**not as expected**"] : differences.map((line) => `\`${cell(line)}\``);
  return `| ${cell(testCase.title)} (\`${testCase.name}\`) | ${fixes || "none to apply"} | ${states} | ${lines.join("<br>") || "none"} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("`", "'");
}
