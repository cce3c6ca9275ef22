import { defineRule } from "../../engine/rule";
import { maxFileFixes } from "../../ruleLimits";
import { cloudLogins } from "../shared/credentialCommands";
import { storedFileFixes } from "../shared/mountedFile";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";

export default defineRule({
  id: "credential-setup-command-in-run",
  language: "dockerfile",
  title: "No build step logs in to a cloud or a service",
  why: `\`aws configure set\`, \`gcloud auth activate-service-account\`, \`az login\` and their like write what they are
given, or a token for it, into the home folder, and the folder becomes part of the layer. It makes no difference that
the secret came from a mount: the copy stays. Everyone who can pull the image has the account.

Give the credential to the one step that needs it and keep it off the disk: a mounted file at the place where the
program looks (\`--mount=type=secret,id=aws,target=/root/.aws/credentials\`), or its variables with \`env=\`. What the
running program needs comes from the platform: a role, a workload identity, a secret at run time.

Where the same step logs out or deletes the folder, nothing stays and nothing is reported. A stage that is not part
of the final image is reported as medium. For the AWS and Kubernetes clients the fix mounts their file as a secret
in place of the login. Elsewhere there is none: the step has to be written differently.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["trivy:DS-0031", "cis:4.10", "cwe:522"],
  references: [dockerBuildSecrets, cisDocker, cwe(522, "Insufficiently protected credentials")],
  local: true,
  needs: { keywords: ["RUN"], words: ["config", "auth", "login", "alias"] },
  messages: {
    login: (program: string) =>
      `${program} keeps its login in this layer, for everyone who can pull the image`,
  },
  bad: [
    {
      title: "clouds",
      source:
        "FROM debian:12\nARG K\nRUN «aws configure set» aws_secret_access_key $K && aws s3 cp s3://b/x /x\nRUN «az login» --service-principal -u a -p $K -t b\nRUN «doctl auth init» -t $K\n",
      fixed:
        "FROM debian:12\nARG K\nRUN --mount=type=secret,id=aws,target=/root/.aws/credentials aws s3 cp s3://b/x /x\nRUN az login --service-principal -u a -p $K -t b\nRUN doctl auth init -t $K\n",
    },
    {
      title: "from a mounted file",
      source:
        "FROM google/cloud-sdk:500.0.0\nRUN --mount=type=secret,id=gcp «gcloud auth activate-service-account» --key-file=/run/secrets/gcp\n",
    },
    {
      title: "in a stage that is thrown away",
      source: "FROM debian:12 AS build\nARG T\nRUN echo $T | «gh auth login» --with-token\nFROM debian:12\n",
    },
  ],
  good: [
    {
      title: "logged out by the same step",
      source:
        "FROM debian:12\nRUN --mount=type=secret,id=g gcloud auth activate-service-account --key-file=/run/secrets/g && gsutil cp gs://b/x /x && gcloud auth revoke --all\nRUN aws configure set aws_access_key_id $K && aws s3 ls && rm -rf ~/.aws\n",
    },
    {
      title: "settings, and identities of the machine",
      source:
        "FROM debian:12\nRUN aws configure set region eu-west-1 && az login --identity && gcloud config set project x && gcloud auth configure-docker\n",
    },
    {
      title: "when the container starts",
      source: "FROM debian:12\nCMD aws configure set aws_access_key_id $K && app\n",
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const [index, stored] of cloudLogins(document).entries()) {
      const { stage, span, name } = stored;
      const where = kept.has(stage.index) ? {} : { severity: "medium" as const };
      report("login", [shorten(name, 32)], {
        at: span,
        fixes: index < maxFileFixes ? storedFileFixes(document, stored) : [],
        ...where,
      });
    }
  },
});
