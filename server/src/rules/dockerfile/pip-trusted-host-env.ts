import { defineRule } from "../../engine/rule";
import { environmentSettings } from "../shared/environmentSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "pip-trusted-host-env",
  language: "dockerfile",
  local: true,
  needs: { words: ["pip_trusted_host", "uv_insecure_host"] },
  title: "No variable switches off certificate checks of pip",
  why: `\`PIP_TRUSTED_HOST\` tells pip to take any certificate from a host, and plain HTTP as well. Anyone on the way can
then serve a package of their own, and installing a package runs its code. As an ENV it also holds for every \`pip
install\` in images built from this one and in running containers.

If the index has a certificate of your own authority, name that in \`PIP_CERT\`, or install it in the image's store.

An ARG without a default is not reported: whoever builds decides. The fix deletes the assignment; it is not called
safe, since a build that needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_16", "cis:4.11", "cwe:295"],
  references: [
    { title: "pip: --trusted-host", url: "https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host" },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    trusted: (name: string) =>
      `${name} makes pip take any certificate, so anyone on the way can serve packages of their own`,
  },
  bad: [
    {
      title: "in the image's environment",
      source: "FROM python:3.13\nENV «PIP_TRUSTED_HOST=pypi.example.org»\nRUN pip install app\n",
      fixed: "FROM python:3.13\nRUN pip install app\n",
    },
    {
      title: "the old form, and a default",
      source:
        'FROM python:3.13\nENV «PIP_TRUSTED_HOST pypi.example.org»\nARG A=1 «PIP_TRUSTED_HOST="pypi.example.org"»\n',
      fixed: "FROM python:3.13\nARG A=1\n",
    },
    {
      title: "for one command",
      source:
        "FROM python:3.13\nRUN «PIP_TRUSTED_HOST=pypi.example.org» pip install a && env «PIP_TRUSTED_HOST=pypi.example.org» pip install b\n",
      fixed: "FROM python:3.13\nRUN pip install a && env pip install b\n",
    },
    {
      title: "exported, without a fix",
      source: "FROM python:3.13\nRUN export «PIP_TRUSTED_HOST='pypi.example.org'» && pip install a\n",
    },
  ],
  good: [
    { title: "a certificate", source: "FROM python:3.13\nENV PIP_CERT=/ca.crt\n" },
    { title: "no value", source: "FROM python:3.13\nARG PIP_TRUSTED_HOST\nENV PIP_TRUSTED_HOST=\n" },
    {
      title: "other names, and text",
      source:
        'FROM python:3.13\nENV MY_PIP_TRUSTED_HOST=x\nRUN echo "PIP_TRUSTED_HOST=x"; unset PIP_TRUSTED_HOST\n',
    },
  ],
  check(document, { report }) {
    for (const { name, value, span, fixes } of environmentSettings(document, names)) {
      if (value !== "") report("trusted", [name], { at: span, fixes });
    }
  },
});

const names = ["PIP_TRUSTED_HOST", "UV_INSECURE_HOST"];
