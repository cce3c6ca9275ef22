import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { readCommandLine } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { spanOf } from "../../text/span";
import { isLocalAddress, webAddressesOf } from "../shared/fetches";
import { fillIn } from "../shared/fillIn";
import { commandsMentioning } from "../shared/mentions";
import { dockerfileReference } from "../shared/references";
import { storedPaths } from "../shared/unpacking";

export default defineRule({
  id: "download-with-run-instead-of-add",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["curl", "wget"] },
  title: "A file from the web is added with ADD and its checksum",
  why: `A step that only downloads a file is cached by its text: the builder does not notice when the file behind the
address changes, and nothing checks what came. It also needs a download program in the image.

\`ADD --checksum=sha256:… https://example.com/tool /usr/local/bin/tool\` asks the server whether the file is still the same,
fails when it is not the one that was meant, and needs no program. A file that ADD downloads can be read by its owner only:
add \`--chmod=755\` (or 644).

Reported are steps with one download and nothing else. Downloads that send headers or credentials, that are
unpacked, checked or made executable in the same step, and addresses with variables of the shell are not. The fix
writes ADD with a place for the checksum. The file then belongs to root with mode 600, unless you add \`--chown\`
and \`--chmod\`.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["sonar:S7026"],
  references: [
    dockerfileReference("ADD --checksum", "add---checksum"),
    {
      title: "Docker: ADD or COPY",
      url: "https://docs.docker.com/build/building/best-practices/#add-or-copy",
    },
  ],
  messages: {
    stored: (program: string) =>
      `${program} only stores a file here, which ADD would check, and fetch again when it has changed`,
  },
  bad: [
    {
      title: "with wget and curl",
      source:
        "FROM debian:12\nRUN «wget» -q https://example.com/a.jar\nRUN «curl» -fsSL --retry 3 https://example.com/b -o /opt/b\nRUN «curl» -fLO https://example.com/c\n",
      fixed:
        "FROM debian:12\nADD --checksum=sha256:SHA256 https://example.com/a.jar ./a.jar\nADD --checksum=sha256:SHA256 https://example.com/b /opt/b\nADD --checksum=sha256:SHA256 https://example.com/c ./c\n",
    },
    {
      title: "redirected, with a variable of the file, in exec form",
      source:
        'FROM debian:12\nARG V=1.2\nRUN «curl» -fsSL https://example.com/$V/x \\\n    > /opt/x\nRUN [«"wget"», "-O", "/y", "https://example.com/y"]\n',
      fixed:
        'FROM debian:12\nARG V=1.2\nADD --checksum=sha256:SHA256 https://example.com/$V/x /opt/x\nRUN ["wget", "-O", "/y", "https://example.com/y"]\n',
    },
  ],
  good: [
    {
      title: "and more",
      source:
        "FROM debian:12\nRUN wget https://example.com/a.tgz && tar xf a.tgz\nRUN curl -fL https://example.com/a | tar x\nRUN curl -fLo /a https://example.com/a && chmod +x /a\n",
    },
    {
      title: "with a header, by POST, for a name of its own",
      source:
        "FROM debian:12\nRUN curl -H 'X: y' -o /a https://example.com/a\nRUN curl -d x -o /a https://example.com/a\nRUN wget --header=x https://example.com/a\n",
    },
    {
      title: "not stored, many, of the machine, at run time",
      source:
        "FROM debian:12\nRUN curl https://example.com\nRUN wget https://example.com/a https://example.com/b\nRUN curl -o /x http://localhost/x\nCMD wget https://example.com/a\n",
    },
    {
      title: "variables of the shell, and mounts",
      source:
        "FROM debian:12\nRUN curl -o /a https://example.com/$(uname -m)\nRUN --mount=type=secret,id=n,target=/root/.netrc curl -o /x https://example.com/x\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["curl", "wget"], onlyStores, [
      "RUN",
    ])) {
      if (instruction.keyword !== "RUN" || instruction.script.commands.length > 1) continue;
      const { name, program } = command.unwrapped;
      if (!name || instruction.mounts.length > 0) continue;
      report("stored", [program], { at: name.span, fixes: addFixes(document, instruction, command) });
    }
  },
});

/** An ADD of the address to the same place; a file that is named by its address alone goes into the folder. */
function addFixes({ text }: DockerfileDocument, run: RunInstruction, command: ShellCommand): readonly Fix[] {
  const address = webAddressesOf(command)[0]?.word;
  const path = storedPaths(command)[0];
  const written = text.slice(run.span.start, run.span.end);
  if (run.form !== "shell" || run.heredocs.length > 0 || !address?.exact || path === undefined) return [];
  if (/^[ \t]*#/m.test(written) || /[\s"'`$(]/.test(path.replace(/\$\{?\w+\}?/g, ""))) return [];
  const title = "Fetch it with ADD, checked by a checksum that you fill in";
  const start = text.slice(address.span.start, address.span.end);
  return fillIn(
    title,
    ["SHA256"],
    replaceSpan(spanOf(run.span.start, address.span.start), "ADD --checksum=sha256:SHA256 "),
    replaceSpan(
      spanOf(address.span.start + start.length, run.span.end),
      ` ${path.includes("/") ? path : `./${path}`}`,
    ),
  );
}

function onlyStores(command: ShellCommand): boolean {
  const { unwrapped, context, assignments } = command;
  const [address, ...more] = webAddressesOf(command);
  if (address === undefined || more.length > 0 || assignments.length > 0 || context !== "top") return false;
  if (isLocalAddress(address.url) || /[`(*[{]/.test(address.word.text.replace(/\$\{\w{1,60}\}/g, "")))
    return false;
  if (/^ftp:/i.test(address.url) || storedPaths(command).length !== 1) return false;
  return readCommandLine(unwrapped).options.every(({ name, long }) =>
    (long ? plainLong : plainShort).has(name),
  );
}

/** Options that change neither what is asked for nor what is stored. */
const plainShort: ReadonlySet<string> = new Set([..."fsSLoOqvn#"]);

const plainLong: ReadonlySet<string> = new Set(
  (
    "fail silent show-error location output remote-name retry retry-delay retry-all-errors retry-connrefused " +
    "output-document quiet no-verbose progress show-progress tries timeout connect-timeout max-time compressed " +
    "progress-bar fail-with-body proto tlsv1.2 url create-dirs"
  ).split(" "),
);
