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
import addGitUnpinned from "./dockerfile/add-git-unpinned";
import addLocalFile from "./dockerfile/add-local-file";
import addRemoteUrl from "./dockerfile/add-remote-url";
import apkAllowUntrusted from "./dockerfile/apk-allow-untrusted";
import aptAllowUnauthenticated from "./dockerfile/apt-allow-unauthenticated";
import aptForceYes from "./dockerfile/apt-force-yes";
import aptKeyAddUnverified from "./dockerfile/apt-key-add-unverified";
import aptSourceTrustedYes from "./dockerfile/apt-source-trusted-yes";
import baseImageDeprecatedRepository from "./dockerfile/base-image-deprecated-repository";
import baseImageEndOfLife from "./dockerfile/base-image-end-of-life";
import baseImageLatestTag from "./dockerfile/base-image-latest-tag";
import baseImageNoTag from "./dockerfile/base-image-no-tag";
import baseImageNotPinnedByDigest from "./dockerfile/base-image-not-pinned-by-digest";
import baseImagePublic from "./dockerfile/base-image-public";
import baseImageRegistryNotAllowed from "./dockerfile/base-image-registry-not-allowed";
import cleartextUrl from "./dockerfile/cleartext-url";
import contentTrustEnabled from "./dockerfile/content-trust-enabled";
import copyFromExternalImageUnpinned from "./dockerfile/copy-from-external-image-unpinned";
import copyFromUndefinedStage from "./dockerfile/copy-from-undefined-stage";
import copyWholeContextWithoutDockerignore from "./dockerfile/copy-whole-context-without-dockerignore";
import credentialCliFlag from "./dockerfile/credential-cli-flag";
import credentialSetupCommandInRun from "./dockerfile/credential-setup-command-in-run";
import curlInsecure from "./dockerfile/curl-insecure";
import curlPipeShell from "./dockerfile/curl-pipe-shell";
import curlWithoutFail from "./dockerfile/curl-without-fail";
import dockerignoreReincludesSecret from "./dockerfile/dockerignore-reincludes-secret";
import extraIndexDependencyConfusion from "./dockerfile/extra-index-dependency-confusion";
import finalStageUserRoot from "./dockerfile/final-stage-user-root";
import frontendEnvPrefixSecret from "./dockerfile/frontend-env-prefix-secret";
import gitCloneUnpinned from "./dockerfile/git-clone-unpinned";
import gitHttpSslverifyFalse from "./dockerfile/git-http-sslverify-false";
import gitSslNoVerifyEnv from "./dockerfile/git-ssl-no-verify-env";
import goSumdbDisabled from "./dockerfile/go-sumdb-disabled";
import httpsDowngradeOnRedirect from "./dockerfile/https-downgrade-on-redirect";
import inlinePasswordAssignmentInRun from "./dockerfile/inline-password-assignment-in-run";
import keyMaterialGeneratedAtBuild from "./dockerfile/key-material-generated-at-build";
import knownTokenLiteral from "./dockerfile/known-token-literal";
import latentEnvUnset from "./dockerfile/latent-env-unset";
import missingUserInstruction from "./dockerfile/missing-user-instruction";
import nodeTlsRejectUnauthorized0 from "./dockerfile/node-tls-reject-unauthorized-0";
import npmStrictSslEnv from "./dockerfile/npm-strict-ssl-env";
import npmYarnStrictSslConfig from "./dockerfile/npm-yarn-strict-ssl-config";
import otherToolTlsOff from "./dockerfile/other-tool-tls-off";
import packageSourceInsecureProxy from "./dockerfile/package-source-insecure-proxy";
import passwordInUrl from "./dockerfile/password-in-url";
import pipTrustedHostEnv from "./dockerfile/pip-trusted-host-env";
import pipTrustedHostFlag from "./dockerfile/pip-trusted-host-flag";
import privateKeyBlock from "./dockerfile/private-key-block";
import pythonHttpsVerifyOff from "./dockerfile/python-https-verify-off";
import registryTokenWrittenByRun from "./dockerfile/registry-token-written-by-run";
import remoteArtifactWithoutChecksum from "./dockerfile/remote-artifact-without-checksum";
import repoFileGpgcheck0 from "./dockerfile/repo-file-gpgcheck-0";
import rpmNosignature from "./dockerfile/rpm-nosignature";
import runSecurityInsecure from "./dockerfile/run-security-insecure";
import secretArgDefaultValue from "./dockerfile/secret-arg-default-value";
import secretArgExpandedInRun from "./dockerfile/secret-arg-expanded-in-run";
import secretArgPromotedToEnv from "./dockerfile/secret-arg-promoted-to-env";
import secretFileCopiedByName from "./dockerfile/secret-file-copied-by-name";
import secretInCmdOrHealthcheck from "./dockerfile/secret-in-cmd-or-healthcheck";
import secretInLabel from "./dockerfile/secret-in-label";
import secretLeaksThroughCopyFrom from "./dockerfile/secret-leaks-through-copy-from";
import secretMountExpandedAtParseTime from "./dockerfile/secret-mount-expanded-at-parse-time";
import secretMountPersisted from "./dockerfile/secret-mount-persisted";
import secretMountPrinted from "./dockerfile/secret-mount-printed";
import secretMountWorldReadable from "./dockerfile/secret-mount-world-readable";
import secretNameInArg from "./dockerfile/secret-name-in-arg";
import secretNameInEnv from "./dockerfile/secret-name-in-env";
import secretPathEnvPointsIntoCopiedDir from "./dockerfile/secret-path-env-points-into-copied-dir";
import secretRemovedInLaterLayer from "./dockerfile/secret-removed-in-later-layer";
import sshHostKeyCheckingDisabled from "./dockerfile/ssh-host-key-checking-disabled";
import sshKeyAsArg from "./dockerfile/ssh-key-as-arg";
import sudoInRun from "./dockerfile/sudo-in-run";
import syntaxFrontendUntrusted from "./dockerfile/syntax-frontend-untrusted";
import weakHashVerification from "./dockerfile/weak-hash-verification";
import weakTlsVersion from "./dockerfile/weak-tls-version";
import wgetNoCheckCertificate from "./dockerfile/wget-no-check-certificate";
import worldWritableRunChmod from "./dockerfile/world-writable-run-chmod";
import yumDnfNogpgcheck from "./dockerfile/yum-dnf-nogpgcheck";
import yumDnfSslverifyOff from "./dockerfile/yum-dnf-sslverify-off";

/** Every rule, by language, then by id. */
export const rules: readonly Rule[] = [
  addGitUnpinned,
  addLocalFile,
  addRemoteUrl,
  apkAllowUntrusted,
  aptAllowUnauthenticated,
  aptForceYes,
  aptKeyAddUnverified,
  aptSourceTrustedYes,
  baseImageDeprecatedRepository,
  baseImageEndOfLife,
  baseImageLatestTag,
  baseImageNoTag,
  baseImageNotPinnedByDigest,
  baseImagePublic,
  baseImageRegistryNotAllowed,
  cleartextUrl,
  contentTrustEnabled,
  copyFromExternalImageUnpinned,
  copyFromUndefinedStage,
  copyWholeContextWithoutDockerignore,
  credentialCliFlag,
  credentialSetupCommandInRun,
  curlInsecure,
  curlPipeShell,
  curlWithoutFail,
  dockerignoreReincludesSecret,
  extraIndexDependencyConfusion,
  finalStageUserRoot,
  frontendEnvPrefixSecret,
  gitCloneUnpinned,
  gitHttpSslverifyFalse,
  gitSslNoVerifyEnv,
  goSumdbDisabled,
  httpsDowngradeOnRedirect,
  inlinePasswordAssignmentInRun,
  keyMaterialGeneratedAtBuild,
  knownTokenLiteral,
  latentEnvUnset,
  missingUserInstruction,
  nodeTlsRejectUnauthorized0,
  npmStrictSslEnv,
  npmYarnStrictSslConfig,
  otherToolTlsOff,
  packageSourceInsecureProxy,
  passwordInUrl,
  pipTrustedHostEnv,
  pipTrustedHostFlag,
  privateKeyBlock,
  pythonHttpsVerifyOff,
  registryTokenWrittenByRun,
  remoteArtifactWithoutChecksum,
  repoFileGpgcheck0,
  rpmNosignature,
  runSecurityInsecure,
  secretArgDefaultValue,
  secretArgExpandedInRun,
  secretArgPromotedToEnv,
  secretFileCopiedByName,
  secretInCmdOrHealthcheck,
  secretInLabel,
  secretLeaksThroughCopyFrom,
  secretMountExpandedAtParseTime,
  secretMountPersisted,
  secretMountPrinted,
  secretMountWorldReadable,
  secretNameInArg,
  secretNameInEnv,
  secretPathEnvPointsIntoCopiedDir,
  secretRemovedInLaterLayer,
  sshHostKeyCheckingDisabled,
  sshKeyAsArg,
  sudoInRun,
  syntaxFrontendUntrusted,
  weakHashVerification,
  weakTlsVersion,
  wgetNoCheckCertificate,
  worldWritableRunChmod,
  yumDnfNogpgcheck,
  yumDnfSslverifyOff,
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
