import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-other-package",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN"],
    words: [
      "npm",
      "npx",
      "yarn",
      "cargo",
      "dotnet",
      "composer",
      "conda",
      "mamba",
      "pecl",
      "helm",
      "pip",
      "uv",
    ],
  },
  title: "Tools of other package managers are installed at a version",
  why: `A tool without a version is whatever its registry holds at that minute. Releases of stolen accounts are mostly found
and taken back within hours: builds that take the newest get them, builds with a version do not. And two builds of one
commit differ, so a failure cannot be repeated.

This rule knows cargo, .NET tools, Composer, conda and its kin, PECL, Helm's plug-ins, pipx, uv and the commands that fetch
and run a package (\`npx -y\`, \`npm exec -y\`, \`yarn dlx\`, \`pnpm dlx\`, \`uvx\`, \`pipx run\`). How a version is
written: \`cargo install name@1.2.3 --locked\`, \`dotnet tool install name --version 1.2.3\`, \`composer require
vendor/name:1.2.3\`, \`conda install name=1.2.3\`, \`pecl install name-1.2.3\`, \`pipx install name==1.2.3\`, \`npx
name@1.2.3\`.

\`npx name\` without \`-y\` is not reported, since it runs what the project has installed, nor are ranges, files and
words with a variable. The fix leaves a place for the version, since only the registry knows the versions.`,
  category: "supply-chain",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["owasp:RULE#9", "cis:4.11", "cwe:1357"],
  references: [
    {
      title: "OWASP: Docker security cheat sheet, rule 9",
      url: "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "cargo",
      source:
        "FROM rust:1.91\nRUN «cargo install» cargo-chef && «cargo +nightly install» ripgrep@14.1.1 fd-find\nRUN «cargo install» --git https://example.com/a/b.git\n",
      fixed:
        "FROM rust:1.91\nRUN cargo install cargo-chef@VERSION && cargo +nightly install ripgrep@14.1.1 fd-find@VERSION\nRUN cargo install --git https://example.com/a/b.git\n",
    },
    {
      title: ".NET tools",
      source: "FROM mcr.microsoft.com/dotnet/sdk:10.0\nRUN «dotnet tool install» --global dotnet-ef\n",
      fixed: "FROM mcr.microsoft.com/dotnet/sdk:10.0\nRUN dotnet tool install --global dotnet-ef@VERSION\n",
    },
    {
      title: "Composer and PECL",
      source:
        'FROM php:8.4\nRUN «composer require» monolog/monolog && «composer global require» a/b "^1.2" c/d\nRUN «pecl install» redis && «pecl install» xdebug-beta\n',
      fixed:
        'FROM php:8.4\nRUN composer require monolog/monolog:VERSION && composer global require a/b "^1.2" c/d:VERSION\nRUN pecl install redis-VERSION && pecl install xdebug-beta\n',
    },
    {
      title: "conda",
      source:
        "FROM continuumio/miniconda3:25.9.1-1\nRUN «conda install» -y -c conda-forge numpy && «mamba create» -n env python=3.13 pandas\n",
      fixed:
        "FROM continuumio/miniconda3:25.9.1-1\nRUN conda install -y -c conda-forge numpy=VERSION && mamba create -n env python=3.13 pandas=VERSION\n",
    },
    {
      title: "Helm's plug-ins",
      source: "FROM alpine/helm:4.0.0\nRUN «helm plugin install» https://example.com/helm-diff\n",
    },
    {
      title: "Python's tools",
      source:
        'FROM python:3.13\nRUN «pipx install» poetry && «uv pip install» flask && «uv tool install» ruff && «uvx» ruff check\nRUN [«"uv", "tool", "run"», "ruff@latest"]\n',
      fixed:
        'FROM python:3.13\nRUN pipx install poetry==VERSION && uv pip install flask==VERSION && uv tool install ruff==VERSION && uvx ruff==VERSION check\nRUN ["uv", "tool", "run", "ruff@latest"]\n',
    },
    {
      title: "packages that are fetched and run",
      source:
        "FROM node:24\nRUN «npx» -y create-app x && «npm exec» --yes a && «pnpm dlx» b && «yarn dlx» c\nONBUILD RUN «npx» --package=d e\n",
      fixed:
        "FROM node:24\nRUN npx -y create-app@VERSION x && npm exec --yes a@VERSION && pnpm dlx b@VERSION && yarn dlx c@VERSION\nONBUILD RUN npx --package=d e\n",
    },
  ],
  good: [
    {
      title: "versions",
      source:
        "FROM rust:1.91\nRUN cargo install cargo-chef@0.1.73 && cargo install a --version 1.2 && cargo install --git https://example.com/b --tag v1 && cargo install --path .\n",
    },
    {
      title: "versions, elsewhere",
      source:
        "FROM php:8.4\nRUN composer require a/b:^1 c/d '^2.0' ext-intl && pecl install redis-6.3.0 channel/x-$V y.tgz && composer install\n",
    },
    {
      title: "conda's versions and files",
      source:
        "FROM continuumio/miniconda3:25.9.1-1\nRUN conda install -y -n base 'numpy>=2' conda-forge::pandas=2.3 python=$V && conda create --name x --file list && conda env create\n",
    },
    {
      title: "tools with a version",
      source:
        "FROM python:3.13\nRUN pipx install poetry==2.2.1 && uv tool install ruff@0.14.5 && uvx --from ruff==0.14.5 ruff && uv pip install -r r.txt && uv sync\n",
    },
    {
      title: "what the project has installed",
      source:
        "FROM node:24\nRUN npx tsc && npx vite build && npm exec eslint && npx -y create-app@1.2.3 x && dotnet tool restore\n",
    },
    {
      title: "text",
      source:
        "FROM php:8.4\nRUN echo pecl install redis; dotnet tool install -g x --version 1.2; helm plugin install /src\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "other"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
