import type { ImageReference } from "../documents/imageReference";
import { matchesPattern } from "./pattern";
import { officialName } from "./publishers";

/**
 * What an image starts as it is, where that is no service but waits for somebody to type: the shell of a system, or
 * the prompt or tool of a language. By the CMD of the images' own build files.
 */
export function promptOf(reference: ImageReference): "system" | "language" | undefined {
  const name = officialName(reference);
  const tables = name === undefined ? vendorPrompts : officialPrompts;
  if (name === "php" && /apache|fpm/.test(reference.tag ?? "")) return undefined;
  for (const kind of ["system", "language"] as const) {
    if (tables[kind].some((pattern) => matchesPattern(pattern, name ?? reference.name))) return kind;
  }
  return undefined;
}

interface Prompts {
  readonly system: readonly string[];
  readonly language: readonly string[];
}

const officialPrompts: Prompts = {
  system: [
    "almalinux alpine alt amazonlinux archlinux bash buildpack-deps busybox centos cirros clearlinux clefos debian",
    "fedora mageia neurodebian opensuse oraclelinux photon rockylinux ros sl ubuntu ubuntu-debootstrap",
  ].flatMap((line) => line.split(" ")),
  language: [
    "adoptopenjdk amazoncorretto azul-zulu clojure composer dart eclipse-temurin elixir erlang gcc golang gradle",
    "groovy haskell haxe hylang ibm-semeru-runtimes ibmjava iojs java jruby julia maven mono nim node openjdk perl",
    "php pypy python r-base rakudo-star ruby rust sapmachine swift swipl",
  ].flatMap((line) => line.split(" ")),
};

const vendorPrompts: Prompts = {
  system: [
    "docker.io/almalinux/*",
    "docker.io/bitnami/minideb",
    "docker.io/nvidia/cuda",
    "docker.io/opensuse/*",
    "docker.io/rockylinux/*",
    "mcr.microsoft.com/azurelinux/base/*",
    "mcr.microsoft.com/cbl-mariner/base/*",
    "public.ecr.aws/amazonlinux/*",
    "public.ecr.aws/ubuntu/*",
    "quay.io/centos/*",
    "quay.io/fedora/*",
    "registry.access.redhat.com/ubi*",
    "registry.fedoraproject.org/fedora*",
    "registry.redhat.io/ubi*",
  ],
  language: [
    "docker.io/cimg/*",
    "docker.io/circleci/*",
    "docker.io/denoland/deno",
    "docker.io/oven/bun",
    "mcr.microsoft.com/dotnet/*",
    "mcr.microsoft.com/playwright*",
  ],
};
