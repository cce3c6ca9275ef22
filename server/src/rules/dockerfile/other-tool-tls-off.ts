import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { environmentSettings } from "../shared/environmentSettings";
import { commandsMentioning, textMatches } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { tlsSwitchHints, tlsSwitchOf, tlsVariables } from "../shared/tlsSwitches";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "other-tool-tls-off",
  language: "dockerfile",
  local: true,
  needs: {
    words: [
      "ssl",
      "tls",
      "cert",
      "insecure",
      "verif",
      "secure-http",
      "ansible_galaxy_ignore",
      "ca_bundle",
      "maven_opts",
    ],
  },
  title: "No tool is told to take any certificate",
  why: `Nearly every tool that downloads has a switch that makes it take any certificate. With it, anyone on the way can
hand the build other packages, charts or images, and read the credentials that the tool sends.

Reported are the switches of aws, conda, Composer, Bundler, Maven and Gradle, kubectl and Helm, apt, apk, aria2c,
HTTPie, skopeo, Podman and Buildah, ansible-galaxy, Deno, gcloud, Vault, Subversion and lftp, RubyGems' \`.gemrc\`, and the variables of such tools.
curl, wget, pip, npm, git, yum and others have rules of their own.

If the server's certificate comes from your own authority, install that in the image; each of these tools can also be
told where it lies. The fix deletes an option that is a word of its own, and is not called safe, since a build that
needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:295"],
  references: [cisDocker, cwe(295, "Improper certificate validation")],
  messages: {
    off: (tool: string) =>
      `${tool} need not see a valid certificate here, so anyone on the way can replace what it transfers`,
    variable: (name: string) =>
      `${name} makes certificate checks pass, so anyone on the way can replace what is loaded`,
  },
  bad: [
    {
      title: "options",
      source:
        "FROM debian:12\nRUN aws s3 cp «--no-verify-ssl» s3://a/b . && helm repo add a https://example.com «--insecure-skip-tls-verify»\n",
      fixed: "FROM debian:12\nRUN aws s3 cp s3://a/b . && helm repo add a https://example.com\n",
    },
    {
      title: "settings of a value, without a fix",
      source:
        "FROM php:8.4\nRUN composer config --global «disable-tls true»\nRUN conda config --set «ssl_verify false»\nRUN bundle config set --global «ssl_verify_mode 0»\n",
    },
    {
      title: "a property",
      source: "FROM maven:3\nRUN mvn -B «-Dmaven.wagon.http.ssl.insecure=true» package\n",
      fixed: "FROM maven:3\nRUN mvn -B package\n",
    },
    {
      title: "apt, on its command line and in its configuration",
      source:
        "FROM debian:12\nRUN apt-get -o «Acquire::https::Verify-Peer=false» update\nRUN echo '«Acquire::https::Verify-Peer \"false»\";' > /etc/apt/apt.conf.d/9\n",
    },
    {
      title: "RubyGems, in its configuration",
      source: 'FROM ruby:3.4\nRUN echo "«:ssl_verify_mode: 0»" >> ~/.gemrc\n',
    },
    {
      title: "variables",
      source: 'FROM debian:12\nENV «CONDA_SSL_VERIFY=false» A=1\nENV «CURL_CA_BUNDLE=""»\nARG B=1\n',
      fixed: "FROM debian:12\nENV A=1\nARG B=1\n",
    },
    {
      title: "PowerShell",
      source:
        'FROM mcr.microsoft.com/powershell:lts\nRUN pwsh -c "iwr «-SkipCertificateCheck» https://example.com/a.zip -OutFile a.zip"\nRUN pwsh -c "[Net.ServicePointManager]::«ServerCertificateValidationCallback = {$true»}; iwr https://example.com/a"\n',
    },
  ],
  good: [
    {
      title: "PowerShell that checks",
      source:
        'FROM mcr.microsoft.com/powershell:lts\nRUN pwsh -c "iwr https://example.com/a.zip -OutFile a.zip"\n',
    },
    {
      title: "checks as they are",
      source: "FROM debian:12\nRUN aws s3 cp s3://a/b . && composer config disable-tls false\n",
    },
    {
      title: "another tool's option",
      source: "FROM debian:12\nRUN grep --insecure x; tool --no-verify-ssl\n",
    },
    { title: "an authority", source: "FROM debian:12\nENV REQUESTS_CA_BUNDLE=/ca.crt MAVEN_OPTS=-Xmx1g\n" },
    {
      title: "text",
      source: 'FROM debian:12\n# aws --no-verify-ssl\nRUN echo "Acquire::https::Verify-Peer false;"\n',
    },
  ],
  check(document, { report }) {
    for (const { command } of commandsMentioning(document, tlsSwitchHints, hasSwitch)) {
      const found = tlsSwitchOf(command.unwrapped);
      if (found === undefined) continue;
      const { tool, first, last } = found;
      const { arguments: words, name } = command.unwrapped;
      const previous = words[words.indexOf(first) - 1] ?? name;
      const isWord = first === last && first.exact && first.literalPrefix.startsWith("-");
      const at = spanOf(first.span.start, last.span.end);
      report("off", [tool], { at, fixes: isWord ? deletion(previous?.span, at) : [] });
    }
    for (const { span } of textMatches(document, writtenForApt, ["RUN", "COPY"])) {
      const isOption = document.text.slice(span.start, span.end).includes("=");
      if (!isOption) report("off", ["apt"], { at: span });
    }
    for (const { span } of textMatches(document, writtenForPowerShell, ["RUN", "CMD", "ENTRYPOINT"]))
      report("off", ["PowerShell"], { at: span });
    for (const { span } of textMatches(document, writtenForGems, ["RUN", "COPY"]))
      report("off", ["gem"], { at: span });
    for (const { name, value, span, fixes } of environmentSettings(document, variables)) {
      if (value !== undefined && tlsVariables.get(name)?.off.test(value))
        report("variable", [name], { at: span, fixes });
    }

    function deletion(previous: Span | undefined, word: Span): readonly Fix[] {
      const span = previous && withBlanksBefore(document, previous, word);
      return span
        ? [{ title: "Let certificates be checked", safety: "unsafe", edits: [deleteSpan(span)] }]
        : [];
    }
  },
});

function hasSwitch({ unwrapped }: ShellCommand): boolean {
  return tlsSwitchOf(unwrapped) !== undefined;
}

const variables = [...tlsVariables.keys()];

const writtenForPowerShell =
  /-SkipCertificateCheck\b|\bServerCertificateValidationCallback[ \t]{0,9}=[ \t]{0,9}\{[ \t]{0,9}\$?true/dgi;

const writtenForGems = /:ssl_verify_mode:[ \t]{0,9}0\b/dg;

const writtenForApt =
  /\bAcquire::https(?:::[\w.-]{1,100})?::Verify-(?:Peer|Host)[ \t=]{1,9}\\?"?(?:false|0|no)\b/dgi;
