import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { builtInExtensions, type Token, tokenizer } from "../../support/grammars";
import { colouredLines } from "../../support/targets";

const extensions = builtInExtensions();
const missing =
  extensions === undefined ? "no grammars of VS Code here: npm run test:vscode installs them" : undefined;
const fixtures = join(__dirname, "fixtures");

/** Written anew with PLIMSOLL_SNAPSHOTS=write, to be read before it is committed. */
function matchesSnapshot(name: string, text: string): void {
  const file = join(fixtures, `${name}.scopes`);
  if (process.env.PLIMSOLL_SNAPSHOTS === "write") writeFileSync(file, text);
  assert.ok(existsSync(file), `${file} is missing`);
  assert.equal(text, readFileSync(file, "utf8"));
}

/** One line for each token that is not blank, beneath the line that it stands in. */
function shown(lines: readonly (readonly Token[])[]): string {
  return lines
    .map((tokens) => {
      const rows = tokens
        .filter(({ text }) => text.trim() !== "")
        .map(({ text, scopes }) => `    ${JSON.stringify(text)}  ${scopes.join(" ")}\n`);
      return `> ${tokens.map(({ text }) => text).join("")}\n${rows.join("")}`;
    })
    .join("");
}

for (const [name, scopeName] of [
  ["Dockerfile", "source.dockerfile"],
  ["compose.yaml", "source.yaml"],
] as const) {
  test(`${name} is coloured as it was`, async (t) => {
    if (extensions === undefined) return t.skip(missing);
    const text = readFileSync(join(fixtures, name), "utf8");
    const tokens = await (await tokenizer(extensions, true))(scopeName, text);
    matchesSnapshot(name, shown(tokens));
  });
}

test("RUN bodies, heredocs, flags, mounts and ignore comments have scopes of their own", async (t) => {
  if (extensions === undefined) return t.skip(missing);
  const lines = await (await tokenizer(extensions, true))(
    "source.dockerfile",
    readFileSync(join(fixtures, "Dockerfile"), "utf8"),
  );
  const scopesOf = (line: string, token: string): readonly string[] => {
    const found = lines.find((tokens) => tokens.map(({ text }) => text).join("") === line);
    return found?.find(({ text }) => text === token)?.scopes ?? [`no ${token} in ${line}`];
  };
  const has = (line: string, token: string, scope: string): void =>
    assert.ok(scopesOf(line, token).includes(scope), `${token}: ${scopesOf(line, token).join(" ")}`);
  has('RUN sudo apt-get update && echo "done" # trailing', "sudo", "entity.name.command.shell");
  has("    # a comment between lines", " a comment between lines", "comment.line.number-sign.dockerfile");
  has('    if [ -n "$TOKEN" ]; then npm ci; fi && \\', "if", "keyword.control.if.shell");
  has('  FROM="no instruction"', "FROM", "variable.other.assignment.shell");
  has("\timport os", "import", "keyword.control.import.python");
  has("RUN is no instruction here", "RUN is no instruction here", "string.unquoted.heredoc.dockerfile");
  has("COPY data", "COPY data", "string.unquoted.heredoc.dockerfile");
  has("RUN --mount=type=secret,id=token,env=TOKEN,required \\", "secret", "storage.type.mount.dockerfile");
  has("COPY --from=build --chown=node:node /a /b", "from", "entity.other.attribute-name.dockerfile");
  has('RUN --network=none ["echo", "exec form"]', "exec form", "string.quoted.double.dockerfile");
  // What is half typed ends with its line.
  has("USER node", "USER", "keyword.other.special-method.dockerfile");
  has('ENV A="b c"', "ENV", "keyword.other.special-method.dockerfile");
});

test("everything else keeps the scopes that it has without us", async (t) => {
  if (extensions === undefined) return t.skip(missing);
  // Without the quotes that VS Code's own grammar takes for the beginning of a string over many lines.
  const text = readFileSync(join(fixtures, "Dockerfile"), "utf8")
    .replace("don't", "do")
    .replace(' "quote', "");
  const [plain, ours] = [await tokenizer(extensions, false), await tokenizer(extensions, true)];
  const [before, after] = [await plain("source.dockerfile", text), await ours("source.dockerfile", text)];
  const coloured = colouredLines(text);
  const others = before.flatMap((_, line) => (coloured.has(line) ? [] : [line]));
  assert.ok(others.length > 6);
  for (const line of others) assert.deepEqual(after[line], before[line]);

  const yaml = readFileSync(join(fixtures, "compose.yaml"), "utf8");
  const [yamlBefore, yamlAfter] = [await plain("source.yaml", yaml), await ours("source.yaml", yaml)];
  const lines = yaml.split("\n");
  for (const [line, tokens] of yamlBefore.entries()) {
    const isComment =
      /^[^"]*# (?:plimsoll|kics|nosemgrep)/.test(lines[line]!) && !lines[line]!.includes("either");
    if (!isComment) assert.deepEqual(yamlAfter[line], tokens);
  }
});

test("each language that is embedded is named in the manifest", () => {
  const root = join(__dirname, "../../..");
  const { grammars } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).contributes;
  const text = readFileSync(join(root, "syntaxes/dockerfile.injection.json"), "utf8");
  const embedded = new Set(text.match(/meta\.embedded\.block\.\w+/g));
  assert.deepEqual(Object.keys(grammars[0].embeddedLanguages).sort(), [...embedded].sort());
});
