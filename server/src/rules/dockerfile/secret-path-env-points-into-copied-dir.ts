import type { DockerfileDocument, Instruction, Stage } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { secretFileSeverity } from "../../knowledge/secretFileNames";
import type { Span } from "../../text/span";
import { covers, type LayerPath, layerPath } from "../shared/layerPaths";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { copiedTo } from "../shared/secretFiles";
import { shorten } from "../shared/shorten";
import { finalChain } from "../shared/stages";

export default defineRule({
  id: "secret-path-env-points-into-copied-dir",
  language: "dockerfile",
  needs: {
    keywords: ["ENV", "ARG"],
    words: [
      "google_application_credentials",
      "cloudsdk_auth_credential_file_override",
      "aws_config_file",
      "aws_shared_credentials_file",
      "kubeconfig",
      "hf_token_path",
      "pgpassfile",
      "npm_config_userconfig",
      "boto_config",
      "netrc",
      "azure_client_certificate_path",
      "google_credentials",
    ],
  },
  title: "The file that a credential variable names is not part of the image",
  why: `\`GOOGLE_APPLICATION_CREDENTIALS\`, \`AWS_SHARED_CREDENTIALS_FILE\`, \`KUBECONFIG\` and their like name the file
with the key to an account. Where that file comes from a COPY, the key is in a layer, for everyone who can pull the
image, whatever the file is called.

Leave the file out (and name it in \`.dockerignore\`), and mount it when the container starts, at the place that the
variable names: a secret of Compose or of the cluster, below \`/run/secrets\`. Clouds give their own machines an
identity without any file.

Reported where the file itself is copied, and as medium where it would come with the folder that holds it. A file that
is a secret by its own name is reported at its COPY. There is no fix: where the key shall come from is not known.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["trivy:DS-0031", "cis:4.10", "cwe:312"],
  references: [
    dockerBuildSecrets,
    {
      title: "Google Cloud: how application default credentials work",
      url: "https://cloud.google.com/docs/authentication/application-default-credentials",
    },
    cisDocker,
    cwe(312, "Cleartext storage of sensitive information"),
  ],
  reads: isCopy,
  messages: {
    file: (name: string) =>
      `${name} names a file that is copied into the image, for everyone who can pull it`,
    folder: (name: string) =>
      `${name} names a file in a folder that is copied into the image, most likely with the file`,
  },
  bad: [
    {
      title: "the file itself",
      source:
        "FROM python:3.13\nWORKDIR /app\nCOPY gcp.json /app/conf/\nENV GOOGLE_APPLICATION_CREDENTIALS=«/app/conf/gcp.json»\n",
    },
    {
      title: "in a folder, before the COPY and relative",
      source: 'FROM python:3.13\nWORKDIR /app\nENV TZ=UTC KUBECONFIG=«"deploy/kube.yaml"»\nCOPY . .\n',
    },
    {
      title: "from the stage before, renamed",
      source:
        "FROM python:3.13 AS base\nCOPY aws /etc/aws.ini\nFROM base\nENV AWS_CONFIG_FILE «/etc/aws.ini»\n",
    },
  ],
  good: [
    {
      title: "mounted when the container starts",
      source:
        "FROM python:3.13\nWORKDIR /app\nCOPY . .\nENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/gcp.json\n",
    },
    {
      title: "reported at its COPY",
      source:
        "FROM python:3.13\nCOPY credentials.json /app/\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/credentials.json\n",
    },
    {
      title: "other variables",
      source: "FROM python:3.13\nWORKDIR /app\nCOPY . .\nENV CONFIG_FILE=/app/app.ini\n",
    },
    {
      title: "a folder beside it",
      source: "FROM python:3.13\nCOPY src /app/src\nENV AWS_CONFIG_FILE=/app/aws.ini KUBECONFIG=\n",
    },
  ],
  check(document, { report }) {
    if (!credentialPath.test(document.text)) return;
    const copies = copiesOf(document);
    for (const stage of finalChain(document)) {
      stage.instructions.forEach((instruction, position) => {
        if (instruction.keyword !== "ENV" && instruction.keyword !== "ARG") return;
        for (const { name, expanded, valueSpan } of instruction.assignments) {
          if (!isCredentialPath.test(name) || expanded?.state !== "known" || expanded.value === "") continue;
          const path = layerPath(expanded.value, stage.stateAt(position).workdir);
          const found = copies.find(({ to }) => to.some((one) => covers(one, path)));
          if (found === undefined || found.isSecret) continue;
          const isFile = found.to.includes(path) && !found.isWhole;
          report(isFile ? "file" : "folder", [shorten(name, 40)], {
            at: valueSpan,
            ...(isFile ? {} : { severity: "medium" as const }),
            related: [{ message: "What copies it", span: found.span }],
          });
        }
      });
    }
  },
});

const names =
  "GOOGLE_APPLICATION_CREDENTIALS|CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE|AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|KUBECONFIG|HF_TOKEN_PATH|PGPASSFILE|NPM_CONFIG_USERCONFIG|BOTO_CONFIG|NETRC|AZURE_CLIENT_CERTIFICATE_PATH|GOOGLE_CREDENTIALS";
const credentialPath = new RegExp(names, "i");
const isCredentialPath = new RegExp(`^(?:${names})$`, "i");

interface Copied {
  /** What the context gives: the file, or the folder that it may lie in. */
  readonly to: readonly LayerPath[];
  readonly span: Span;
  /** Whether it is the whole context, or a folder's contents. */
  readonly isWhole: boolean;
  /** Whether its name alone gives it away. */
  readonly isSecret: boolean;
}

function copiesOf(document: DockerfileDocument): readonly Copied[] {
  return finalChain(document).flatMap((stage: Stage) =>
    stage.instructions.flatMap((copy, position) => {
      if ((copy.keyword !== "COPY" && copy.keyword !== "ADD") || copy.from !== undefined) return [];
      return copy.sources.map(({ text, span }) => ({
        to: copiedTo(copy, text, stage, position),
        span,
        isWhole: /^(?:\.?\/?|\*|\.\/\*)$/.test(text) || text.endsWith("/"),
        isSecret: secretFileSeverity(text) !== undefined,
      }));
    }),
  );
}

function isCopy({ keyword }: Instruction): boolean {
  return keyword === "COPY" || keyword === "ADD";
}
