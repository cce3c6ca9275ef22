import { defineRule } from "../../engine/rule";
import { flagDeletionFixes, flagUses } from "../shared/commandFlags";
import { commandsMentioning, textMatches } from "../shared/mentions";
import { invocationOf } from "../shared/pipCommand";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "pip-trusted-host-flag",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN", "CMD", "ENTRYPOINT", "COPY", "ADD"],
    words: ["trusted-host", "allow-insecure-host"],
  },
  title: "pip checks the certificate of its package index",
  why: `\`--trusted-host\` does not make a host trustworthy: it tells pip to take any certificate from it, and plain
HTTP as well. Anyone on the way can then serve a package of their own, and installing a package runs its code as the
build's user, mostly root.

If the index has a certificate of your own authority, give pip that: \`--cert /ca.crt\`, or install the authority in
the image and let pip use the system's store. For the public index the flag is never needed: where
it seems to be, a proxy opens the connection, and it is the proxy's authority that has to be installed.

The fix deletes the flag; it is not called safe, since a build that needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_4", "cis:4.11", "cwe:295"],
  references: [
    { title: "pip: --trusted-host", url: "https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host" },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    trusted: (program: string) =>
      `${program} takes any certificate of this host, so anyone on the way can serve packages of their own`,
  },
  bad: [
    {
      title: "one host",
      source: "FROM python:3.13\nRUN pip install «--trusted-host pypi.example.org» app\n",
      fixed: "FROM python:3.13\nRUN pip install app\n",
    },
    {
      title: "several, for pip as a module",
      source:
        "FROM python:3.13\nRUN python3 -m pip «--trusted-host=a.example.org» install app «--trusted-host=b.example.org»\n",
      fixed: "FROM python:3.13\nRUN python3 -m pip install app\n",
    },
    {
      title: "over continued lines, for uv",
      source:
        "FROM python:3.13\nRUN uv pip install \\\n    «--allow-insecure-host pypi.example.org» \\\n    app\n",
      fixed: "FROM python:3.13\nRUN uv pip install \\\n    app\n",
    },
    {
      title: "kept in the configuration, without a fix",
      source: "FROM python:3.13\nRUN pip config set «global.trusted-host» pypi.example.org\n",
    },
    {
      title: "written to its file",
      source:
        "FROM python:3.13\nRUN printf '[global]\\n«trusted-host =» pypi.example.org\\n' > /etc/pip.conf\nCOPY <<EOF /etc/pip.conf\n[global]\n«trusted-host =» pypi.example.org\nEOF\n",
    },
  ],
  good: [
    { title: "a certificate", source: "FROM python:3.13\nRUN pip install --cert /ca.crt app\n" },
    {
      title: "text and other programs",
      source: 'FROM python:3.13\nRUN pip install app | grep "--trusted-host"; echo "--trusted-host"\n',
    },
    { title: "the option's removal", source: "FROM python:3.13\nRUN pip config unset global.trusted-host\n" },
  ],
  check(document, { report }) {
    for (const use of flagUses(document, {
      programs,
      flags: ["trusted-host", "allow-insecure-host"],
      valued: true,
    })) {
      const fixes = flagDeletionFixes(document, use, "Check the index's certificate");
      report("trusted", [use.invocation.program], { at: use.span, fixes });
    }
    for (const { command } of commandsMentioning(document, ["trusted-host"])) {
      const { program, arguments: words } = invocationOf(command);
      if (program !== "pip" || words[0]?.value !== "config") continue;
      const key = words.findIndex((word) => word.value === "set") + 1;
      const word = key > 0 ? words[key] : undefined;
      if (word?.value?.endsWith(".trusted-host")) report("trusted", [program], { at: word.span });
    }
    for (const { span } of textMatches(document, writtenDown, ["RUN", "COPY", "ADD"]))
      report("trusted", ["pip"], { at: span });
  },
});

/** As in `pip.conf`; the option has no blank around its equals sign. */
const writtenDown = /(?:(?<![\w.-])|(?<=\\n))trusted-host(?:[ \t]{1,9}=|=(?=[ \t]))|(?<=\\n)trusted-host=/dg;

const programs: ReadonlySet<string> = new Set(["pip", "uv", "pipenv"]);
