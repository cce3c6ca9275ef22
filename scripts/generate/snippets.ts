import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A snippet as VS Code reads it; other editors read the same form. */
interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
  /** Offered by "Fill File with Snippet" as well. */
  readonly isFileTemplate?: true;
}

interface Source {
  /** The name of its file in `snippets/`, without the ending. */
  readonly file: string;
  readonly title: string;
  readonly prefix: string;
  readonly description: string;
}

const dockerfiles: readonly Source[] = [
  ["node", "Node", "Node.js: built in one stage, run in another as uid 1000"],
  ["python", "Python", "Python: packages by hash in a virtual environment, run as a user of its own"],
  ["go", "Go", "Go: one static program in an image without a shell"],
  ["javaGradle", "Java with Gradle", "Java with Gradle: built with a JDK, run on a JRE"],
  ["javaMaven", "Java with Maven", "Java with Maven: built with a JDK, run on a JRE"],
  ["dotnet", ".NET", ".NET: restored by lock file, run in an image without a shell"],
  ["ruby", "Ruby", "Ruby: gems by lock file, run in the slim image"],
  ["php", "PHP", "PHP-FPM: packages by lock file, run as www-data"],
  ["rust", "Rust", "Rust: built by lock file, run in an image without a shell"],
  ["static", "Static site", "Static site: built with Node.js, served by nginx that is never root"],
  ["bun", "Bun", "Bun: packages by lock file, run as uid 1000"],
  ["deno", "Deno", "Deno: modules by lock file, allowed the network and nothing else"],
].map(([file, title, what]) => ({
  file: file!,
  title: `Hardened Dockerfile: ${title}`,
  prefix: `plimsoll-${file!.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`,
  description: `${what}. (Plimsoll)`,
}));

const compose: readonly Source[] = [
  {
    file: "services",
    title: "Hardened Compose file: web, database and cache",
    prefix: "plimsoll-compose",
    description:
      "A service with PostgreSQL and Redis: secrets from files, a network of their own, limits, no root. (Plimsoll)",
  },
  {
    file: "service",
    title: "Hardened Compose service",
    prefix: "plimsoll-service",
    description: "One service without root, capabilities and writable root, with limits. (Plimsoll)",
  },
];

/** The snippet files of the extension, by path relative to the root. */
export function snippetFiles(): ReadonlyMap<string, string> {
  return new Map([
    ["snippets/dockerfile.json", fileOf(dockerfiles, true)],
    ["snippets/compose.json", fileOf(compose, false)],
  ]);
}

function fileOf(sources: readonly Source[], isFileTemplate: boolean): string {
  const entries = sources.map(({ file, title, prefix, description }): readonly [string, Snippet] => {
    const text = readFileSync(join(__dirname, "snippets", `${file}.snippet`), "utf8");
    const body = text.replace(/\n$/, "").split("\n");
    return [title, { prefix, description, body, ...(isFileTemplate ? { isFileTemplate } : {}) }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}
