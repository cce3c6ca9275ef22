import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-pip-package",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["pip"] },
  title: "Python packages are installed at a version",
  why: `A package without a version is whatever PyPI holds at that minute. Releases of stolen accounts are mostly found and
taken back within hours: builds that take the newest get them, builds with a version do not. And two builds of one
commit differ, so a failure cannot be repeated.

Write \`name==1.2.3\`, better all packages with their dependencies and hashes into a file that
\`pip-compile --generate-hashes\` or \`uv pip compile\` keeps, and \`pip install -r\` that.

A range such as \`name>=1.2\` is not reported, since somebody has thought about it, nor are local folders, package files, what \`-r\`
and \`-c\` name, and words with a variable. Sources in git need a tag or commit. The fix leaves
a place for the version, since only
the index knows the versions; \`pip freeze\` in a working image shows yours.`,
  category: "supply-chain",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3013",
    "kics:unpinned_package_version_in_pip_install",
    "droast:DF051",
    "owasp:RULE#9",
    "cis:4.11",
    "cwe:1357",
  ],
  references: [
    {
      title: "pip: requirement specifiers",
      url: "https://pip.pypa.io/en/stable/reference/requirement-specifiers/",
    },
    { title: "pip: repeatable installs", url: "https://pip.pypa.io/en/stable/topics/repeatable-installs/" },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "one, several and some",
      source:
        "FROM python:3.13\nRUN «pip install» flask\nRUN «pip3 install» --no-cache-dir flask==3.1.2 'celery[redis]' gunicorn\n",
      fixed:
        "FROM python:3.13\nRUN pip install flask==VERSION\nRUN pip3 install --no-cache-dir flask==3.1.2 'celery[redis]' gunicorn\n",
    },
    {
      title: "as a module, with a path, and pip itself",
      source:
        "FROM python:3.13\nRUN python3 -m «pip install» --upgrade pip\nRUN «/venv/bin/pip install» -U setuptools wheel\n",
      fixed:
        "FROM python:3.13\nRUN python3 -m pip install --upgrade pip==VERSION\nRUN /venv/bin/pip install -U setuptools==VERSION wheel==VERSION\n",
    },
    {
      title: "beside a file",
      source:
        'FROM python:3.13\nRUN «pip install» -r requirements.txt uwsgi\nRUN [«"pip3.13", "install"», "flask"]\n',
      fixed:
        'FROM python:3.13\nRUN pip install -r requirements.txt uwsgi==VERSION\nRUN ["pip3.13", "install", "flask"]\n',
    },
    {
      title: "a repository, at a branch",
      source:
        "FROM python:3.13\nRUN «pip install» git+https://example.com/a/b.git && «pip install» 'c @ git+ssh://git@example.com/d/c.git@main'\n",
    },
    {
      title: "a marker is no version",
      source: "FROM python:3.13\nONBUILD RUN «pip install» \"tomli; python_version<'3.11'\"\n",
    },
  ],
  good: [
    {
      title: "versions",
      source:
        "FROM python:3.13\nRUN pip install flask==3.1.2 'celery[redis]~=5.5' 'gunicorn>=23' django==$DJANGO_VERSION\n",
    },
    {
      title: "files, folders and addresses",
      source:
        "FROM python:3.13\nRUN pip install . .[dev] ./b /src/c.whl d-1.0.tar.gz https://example.com/e.zip && pip install --requirement=r.txt -e .\n",
    },
    {
      title: "a repository, at a tag or commit",
      source:
        "FROM python:3.13\nRUN pip install git+https://example.com/a/b.git@v1.2#egg=b 'c @ git+https://example.com/c@0123456789'\n",
    },
    {
      title: "what constraints decide",
      source:
        "FROM python:3.13\nRUN pip install -c constraints.txt flask && pip install --no-index -f /wheels flask\n",
    },
    {
      title: "variables, other commands and text",
      source:
        "FROM python:3.13\nRUN pip install $PACKAGES && pip uninstall -y x && pip download y && echo pip install z\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "pip"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
