import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { flagUses } from "../shared/commandFlags";
import { environmentSettings } from "../shared/environmentSettings";
import { changed } from "../shared/fillIn";
import { textMatches } from "../shared/mentions";
import { cwe } from "../shared/references";

export default defineRule({
  id: "extra-index-dependency-confusion",
  language: "dockerfile",
  local: true,
  needs: { words: ["extra-index-url", "extra_index_url"] },
  title: "Each Python package comes from one index",
  why: `With \`--extra-index-url\` pip asks both indexes and takes the highest version, wherever it is. Whoever registers
the name of your internal package on PyPI with version 99 gets their code into the build: this is dependency
confusion, and it is tried all the time.

Use \`--index-url\` with an index that proxies PyPI and serves your own names itself, or let uv bind packages to an
index (\`[tool.uv.sources]\`; uv by itself asks the first index that knows a name). Hashes in the requirements
(\`--require-hashes\`) also help.

For the public indexes of PyTorch, NVIDIA and piwheels the finding is low: their names are on PyPI as well, which
went wrong once, for \`torchtriton\` in December 2022. The fix names an index of your own as the only one, which
then has to pass on what it does not have itself.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["semgrep:dockerfile-pip-extra-index-url", "cis:4.11", "cwe:427", "cwe:829"],
  references: [
    {
      title: "pip: --extra-index-url",
      url: "https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-extra-index-url",
    },
    {
      title: "PyTorch: the torchtriton compromise",
      url: "https://pytorch.org/blog/compromised-nightly-dependency/",
    },
    cwe(427, "Uncontrolled search path element"),
  ],
  messages: {
    private: () =>
      "pip takes the highest version of both indexes, so a package of the same name on PyPI wins",
    public: () => "pip takes the highest version of both indexes, so either can replace the other's packages",
  },
  bad: [
    {
      title: "an option, in both spellings",
      source:
        "FROM python:3.13\nRUN pip install «--extra-index-url https://pypi.example.org/simple» app\nRUN python -m pip install «--extra-index-url=$INDEX» app\n",
      fixed:
        "FROM python:3.13\nRUN pip install --index-url https://pypi.example.org/simple app\nRUN python -m pip install --index-url=$INDEX app\n",
    },
    {
      title: "pip's configuration",
      source:
        "FROM python:3.13\nRUN pip config set «global.extra-index-url https://pypi.example.org/simple»\n",
      fixed: "FROM python:3.13\nRUN pip config set global.index-url https://pypi.example.org/simple\n",
    },
    {
      title: "a variable",
      source: "FROM python:3.13\nENV «PIP_EXTRA_INDEX_URL=https://pypi.example.org/simple»\n",
      fixed: "FROM python:3.13\nENV PIP_INDEX_URL=https://pypi.example.org/simple\n",
    },
    {
      title: "a public index, which is less",
      source:
        "FROM python:3.13\nRUN pip install torch «--extra-index-url https://download.pytorch.org/whl/cpu»\n",
    },
    {
      title: "uv, told to do as pip does",
      source:
        "FROM python:3.13\nRUN uv pip install --index-strategy unsafe-best-match «--extra-index-url https://pypi.example.org/simple» app\n",
      fixed:
        "FROM python:3.13\nRUN uv pip install --index-strategy unsafe-best-match --index-url https://pypi.example.org/simple app\n",
    },
  ],
  good: [
    {
      title: "one index",
      source: "FROM python:3.13\nRUN pip install --index-url https://pypi.example.org/simple app\n",
    },
    {
      title: "hashes",
      source:
        "FROM python:3.13\nRUN pip install --require-hashes --extra-index-url https://pypi.example.org/simple -r r.txt\n",
    },
    {
      title: "uv, which asks one after the other",
      source: "FROM python:3.13\nRUN uv pip install --extra-index-url https://pypi.example.org/simple app\n",
    },
    {
      title: "no value, and text",
      source: 'FROM python:3.13\nARG PIP_EXTRA_INDEX_URL\nRUN echo "--extra-index-url x"\n',
    },
  ],
  check(document, { report }) {
    for (const { invocation, valueWord, span } of flagUses(document, {
      programs,
      flags: ["extra-index-url"],
      valued: true,
    })) {
      const words = invocation.arguments.map((word) => word.value ?? word.text);
      if (words.includes("--require-hashes")) continue;
      if (invocation.program === "uv" && !words.some((word) => word.includes("unsafe-"))) continue;
      tell(valueWord?.text ?? "", span);
    }
    for (const { span, text } of textMatches(document, configured, ["RUN", "COPY"])) tell(text, span);
    for (const { value, span } of environmentSettings(document, ["PIP_EXTRA_INDEX_URL"])) {
      if (value !== "") tell(value ?? "", span);
    }

    function tell(url: string, at: { readonly start: number; readonly end: number }): void {
      const isPublic = publicIndex.test(url);
      const fixes = isPublic ? [] : onlyIndexFixes(document, at);
      report(isPublic ? "public" : "private", [], { at, severity: isPublic ? "low" : "medium", fixes });
    }
  },
});

/** The index in the place of PyPI: one of one's own can pass on what it does not have itself. */
function onlyIndexFixes({ text }: DockerfileDocument, { start, end }: Span): readonly Fix[] {
  const match = /extra[-_](?=index[-_]url)/i.exec(text.slice(start, end));
  if (match === null) return [];
  const at = start + match.index;
  return changed("Ask this index only", [deleteSpan(spanOf(at, at + match[0].length))]);
}

/** What `pip config set` is given, and a line of `pip.conf`. */
const configured =
  /(?:\b(?:global|install|site|user)\.extra-index-url["']?[ \t]{1,9}|(?<!-)\bextra-index-url[ \t]{0,9}=[ \t]{0,9})["']?https?:[^\s"']{1,500}/dg;

const programs: ReadonlySet<string> = new Set(["pip", "uv"]);

const publicIndex =
  /https:\/\/(?:download\.pytorch\.org|pypi\.nvidia\.com|pypi\.ngc\.nvidia\.com|www\.piwheels\.org|wheels\.vllm\.ai)(?=[/:"']|$)/i;
