// Written by `npm run generate`: a list of the files in the folders beside this one.
import type { Rule } from "../engine/rule";
import expiredIgnoreComment from "./comments/expired-ignore-comment";
import ignoreCommentWithoutReason from "./comments/ignore-comment-without-reason";
import unknownRuleInIgnoreComment from "./comments/unknown-rule-in-ignore-comment";
import unusedIgnoreComment from "./comments/unused-ignore-comment";
import composeCapAddDangerous from "./compose/compose-cap-add-dangerous";
import composeCapDropMissing from "./compose/compose-cap-drop-missing";
import composeDockerSocket from "./compose/compose-docker-socket";
import composeHostRootMounted from "./compose/compose-host-root-mounted";
import composeImageNoTagOrLatest from "./compose/compose-image-no-tag-or-latest";
import composeImagePublic from "./compose/compose-image-public";
import composeKnownTokenLiteral from "./compose/compose-known-token-literal";
import composeNetworkHost from "./compose/compose-network-host";
import composeNoNewPrivilegesMissing from "./compose/compose-no-new-privileges-missing";
import composePlaintextSecretEnv from "./compose/compose-plaintext-secret-env";
import composePortAllInterfaces from "./compose/compose-port-all-interfaces";
import composePrivileged from "./compose/compose-privileged";
import composeSeccompUnconfined from "./compose/compose-seccomp-unconfined";
import expiredRepositoryIgnore from "./configuration/expired-repository-ignore";
import invalidConfiguration from "./configuration/invalid-configuration";
import addLocalFile from "./dockerfile/add-local-file";
import addRemoteUrl from "./dockerfile/add-remote-url";
import baseImageLatestTag from "./dockerfile/base-image-latest-tag";
import baseImageNoTag from "./dockerfile/base-image-no-tag";
import baseImageNotPinnedByDigest from "./dockerfile/base-image-not-pinned-by-digest";
import baseImagePublic from "./dockerfile/base-image-public";
import baseImageRegistryNotAllowed from "./dockerfile/base-image-registry-not-allowed";
import copyWholeContextWithoutDockerignore from "./dockerfile/copy-whole-context-without-dockerignore";
import curlInsecure from "./dockerfile/curl-insecure";
import curlPipeShell from "./dockerfile/curl-pipe-shell";
import finalStageUserRoot from "./dockerfile/final-stage-user-root";
import knownTokenLiteral from "./dockerfile/known-token-literal";
import missingUserInstruction from "./dockerfile/missing-user-instruction";
import passwordInUrl from "./dockerfile/password-in-url";
import privateKeyBlock from "./dockerfile/private-key-block";
import runSecurityInsecure from "./dockerfile/run-security-insecure";
import secretArgDefaultValue from "./dockerfile/secret-arg-default-value";
import secretNameInArg from "./dockerfile/secret-name-in-arg";
import secretNameInEnv from "./dockerfile/secret-name-in-env";
import sudoInRun from "./dockerfile/sudo-in-run";
import worldWritableRunChmod from "./dockerfile/world-writable-run-chmod";

/** Every rule, by language, then by id. */
export const rules: readonly Rule[] = [
  addLocalFile,
  addRemoteUrl,
  baseImageLatestTag,
  baseImageNoTag,
  baseImageNotPinnedByDigest,
  baseImagePublic,
  baseImageRegistryNotAllowed,
  copyWholeContextWithoutDockerignore,
  curlInsecure,
  curlPipeShell,
  finalStageUserRoot,
  knownTokenLiteral,
  missingUserInstruction,
  passwordInUrl,
  privateKeyBlock,
  runSecurityInsecure,
  secretArgDefaultValue,
  secretNameInArg,
  secretNameInEnv,
  sudoInRun,
  worldWritableRunChmod,
  composeCapAddDangerous,
  composeCapDropMissing,
  composeDockerSocket,
  composeHostRootMounted,
  composeImageNoTagOrLatest,
  composeImagePublic,
  composeKnownTokenLiteral,
  composeNetworkHost,
  composeNoNewPrivilegesMissing,
  composePlaintextSecretEnv,
  composePortAllInterfaces,
  composePrivileged,
  composeSeccompUnconfined,
  expiredIgnoreComment,
  ignoreCommentWithoutReason,
  unknownRuleInIgnoreComment,
  unusedIgnoreComment,
  expiredRepositoryIgnore,
  invalidConfiguration,
];
