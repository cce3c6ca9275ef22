import assert from "node:assert/strict";
import test from "node:test";
import { applyTo, editsFor, fullCapabilities, rangeOf, startClient } from "./client";

const secret = ["f8Kx02", "mPq7Lw9ZtR"].join("");

interface Layout {
  readonly title: string;
  /** What the fix's title begins with, and a word of the finding. */
  readonly fix: string;
  readonly at: string;
  readonly before: string;
  readonly after: string;
}

const layouts: readonly Layout[] = [
  {
    title: "a pipe over continued lines with CRLF and tabs",
    fix: "Run it from a file",
    at: "curl",
    before: "FROM debian:12.11\r\nRUN curl -fsSL https://example.com/i \\\r\n\t| sh\r\nUSER app\r\n",
    after:
      'FROM debian:12.11\r\nRUN curl -o /tmp/install.sh -fsSL https://example.com/i \\\r\n\t&& echo "SHA256  /tmp/install.sh" | sha256sum -c - && sh /tmp/install.sh && rm /tmp/install.sh\r\nUSER app\r\n',
  },
  {
    title: "a pipe between comments",
    fix: "Run it from a file",
    at: "curl",
    before:
      "FROM debian:12.11\nRUN apt-get update \\\n # the installer\n && curl -fsSL https://example.com/i | sh \\\n # done\n && rm -rf /x\nUSER app\n",
    after:
      'FROM debian:12.11\nRUN apt-get update \\\n # the installer\n && curl -o /tmp/install.sh -fsSL https://example.com/i && echo "SHA256  /tmp/install.sh" | sha256sum -c - && sh /tmp/install.sh && rm /tmp/install.sh \\\n # done\n && rm -rf /x\nUSER app\n',
  },
  {
    title: "a download in a heredoc, which goes on after a failure",
    fix: "Check it by a checksum",
    at: "wget",
    before:
      "FROM debian:12.11\nRUN <<EOF\nwget -q https://example.com/x.tgz\ntar -xzf x.tgz\nEOF\nUSER app\n",
    after:
      'FROM debian:12.11\nRUN <<EOF\nwget -q https://example.com/x.tgz && echo "SHA256  x.tgz" | sha256sum -c - || exit 1\ntar -xzf x.tgz\nEOF\nUSER app\n',
  },
  {
    title: "a download where the escape is a backtick",
    fix: "Check it by a checksum",
    at: "curl",
    before:
      "# escape=`\nFROM debian:12.11\nRUN curl -fsSLo /x.tgz https://example.com/x.tgz `\n && tar -xzf /x.tgz\nUSER app\n",
    after:
      '# escape=`\nFROM debian:12.11\nRUN curl -fsSLo /x.tgz https://example.com/x.tgz `\n && echo "SHA256  /x.tgz" | sha256sum -c - `\n && tar -xzf /x.tgz\nUSER app\n',
  },
  {
    title: "a secret argument of a step that begins with a comment, with CRLF and tabs",
    fix: "Pass API_TOKEN as a build secret",
    at: "API_TOKEN",
    before:
      'FROM debian:12.11\r\nARG API_TOKEN\r\nRUN \\\r\n\t# uses it\r\n\tcurl -H "X: $API_TOKEN" https://example.com/x -o /x\r\nUSER app\r\n',
    after:
      'FROM debian:12.11\r\nRUN \\\r\n\t# uses it\r\n\t--mount=type=secret,id=API_TOKEN,env=API_TOKEN curl -H "X: $API_TOKEN" https://example.com/x -o /x\r\nUSER app\r\n',
  },
  {
    title: "an address that ADD fetches, behind a tab",
    fix: "Check it by a checksum",
    at: "https",
    before: "FROM debian:12.11\r\nADD\thttps://example.com/x \\\r\n\t/x\r\nUSER app\r\n",
    after:
      "FROM debian:12.11\r\nADD --checksum=sha256:SHA256\thttps://example.com/x \\\r\n\t/x\r\nUSER app\r\n",
  },
  {
    title: "a secret among others in ENV, with its comment",
    fix: "Delete API_TOKEN",
    at: secret,
    before: `FROM debian:12.11\r\nENV LANG=C \\\r\n\t# for the service\r\n\tAPI_TOKEN=${secret} \\\r\n\tTZ=UTC\r\nUSER app\r\n`,
    after: "FROM debian:12.11\r\nENV LANG=C \\\r\n\tTZ=UTC\r\nUSER app\r\n",
  },
  {
    title: "a password in single quotes",
    fix: "Pass CURL_PASSWORD as a build secret",
    at: secret,
    before: `FROM debian:12.11\r\nRUN set -e; \\\r\n\tcurl -u 'ci:${secret}' https://example.com/x -o /x\r\nUSER app\r\n`,
    after:
      'FROM debian:12.11\r\nRUN --mount=type=secret,id=CURL_PASSWORD,env=CURL_PASSWORD set -e; \\\r\n\tcurl -u "ci:${CURL_PASSWORD}" https://example.com/x -o /x\r\nUSER app\r\n',
  },
];

for (const { title, fix, at, before, after } of layouts)
  test(`a fix keeps the layout: ${title}`, async (t) => {
    const client = await startClient({
      capabilities: fullCapabilities,
      settings: () => ({ profile: "all" }),
    });
    t.after(() => client.stop());
    const uri = "file:///layout/Dockerfile";
    await client.open(uri, before);
    const actions = await client.actions(uri, rangeOf(before, at), {
      diagnostics: [...(await client.diagnostics(uri))],
      only: ["quickfix"],
    });
    const action = actions.find((one) => one.title.startsWith(fix));
    assert.ok(action, actions.map((one) => one.title).join("; "));
    assert.equal(applyTo(before, editsFor(action.edit, uri)), after);
  });
