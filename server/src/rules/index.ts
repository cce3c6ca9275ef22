// Written by `npm run generate`: a list of the files in the folders beside this one.
import type { Rule } from "../engine/rule";
import buildArgSecret from "./commands/build-arg-secret";
import dockerdFlags from "./commands/dockerd-flags";
import loginPasswordFlag from "./commands/login-password-flag";
import pipelineImageDenied from "./commands/pipeline-image-denied";
import pipelineImageNotApproved from "./commands/pipeline-image-not-approved";
import pipelineImageNotDigest from "./commands/pipeline-image-not-digest";
import pipelineImagePinOutdated from "./commands/pipeline-image-pin-outdated";
import pipelineImageTooOld from "./commands/pipeline-image-too-old";
import pipelineImageUnverified from "./commands/pipeline-image-unverified";
import runCapAdd from "./commands/run-cap-add";
import runDockerSocket from "./commands/run-docker-socket";
import runEnvSecret from "./commands/run-env-secret";
import runHostNamespaces from "./commands/run-host-namespaces";
import runNoLimits from "./commands/run-no-limits";
import runNoNewPrivileges from "./commands/run-no-new-privileges";
import runPrivileged from "./commands/run-privileged";
import runPublishAllInterfaces from "./commands/run-publish-all-interfaces";
import runSecurityOptOff from "./commands/run-security-opt-off";
import runSensitiveMount from "./commands/run-sensitive-mount";
import runUserRoot from "./commands/run-user-root";
import runWritableRootfs from "./commands/run-writable-rootfs";
import swarmSettings from "./commands/swarm-settings";
import expiredIgnoreComment from "./comments/expired-ignore-comment";
import ignoreCommentWithoutReason from "./comments/ignore-comment-without-reason";
import suppressionComment from "./comments/suppression-comment";
import unknownRuleInIgnoreComment from "./comments/unknown-rule-in-ignore-comment";
import unusedIgnoreComment from "./comments/unused-ignore-comment";
import composeAdminUiInsecure from "./compose/compose-admin-ui-insecure";
import composeApparmorUnconfined from "./compose/compose-apparmor-unconfined";
import composeAuthDisabled from "./compose/compose-auth-disabled";
import composeBackendNetworkNotInternal from "./compose/compose-backend-network-not-internal";
import composeBuildAndImage from "./compose/compose-build-and-image";
import composeBuildContextParent from "./compose/compose-build-context-parent";
import composeBuildNetworkHost from "./compose/compose-build-network-host";
import composeBuildPrivileged from "./compose/compose-build-privileged";
import composeBuildRemoteUnpinned from "./compose/compose-build-remote-unpinned";
import composeCapAdd from "./compose/compose-cap-add";
import composeCapAddDangerous from "./compose/compose-cap-add-dangerous";
import composeCapDropMissing from "./compose/compose-cap-drop-missing";
import composeCgroupHost from "./compose/compose-cgroup-host";
import composeCgroupParent from "./compose/compose-cgroup-parent";
import composeConfigHoldsSecret from "./compose/compose-config-holds-secret";
import composeContainerName from "./compose/compose-container-name";
import composeCpuUnlimited from "./compose/compose-cpu-unlimited";
import composeDebugPort from "./compose/compose-debug-port";
import composeDefaultCredentials from "./compose/compose-default-credentials";
import composeDefaultNetworkOnly from "./compose/compose-default-network-only";
import composeDevices from "./compose/compose-devices";
import composeDevicesDangerous from "./compose/compose-devices-dangerous";
import composeDindInsecure from "./compose/compose-dind-insecure";
import composeDockerApiPublished from "./compose/compose-docker-api-published";
import composeDockerHostTcp from "./compose/compose-docker-host-tcp";
import composeDockerSocket from "./compose/compose-docker-socket";
import composeDuplicatePort from "./compose/compose-duplicate-port";
import composeHealthcheckDisabled from "./compose/compose-healthcheck-disabled";
import composeHealthcheckMissing from "./compose/compose-healthcheck-missing";
import composeHookPrivileged from "./compose/compose-hook-privileged";
import composeHostGateway from "./compose/compose-host-gateway";
import composeHostRootMounted from "./compose/compose-host-root-mounted";
import composeImageDenied from "./compose/compose-image-denied";
import composeImageEndOfLife from "./compose/compose-image-end-of-life";
import composeImageNoTagOrLatest from "./compose/compose-image-no-tag-or-latest";
import composeImageNotApproved from "./compose/compose-image-not-approved";
import composeImageNotDigest from "./compose/compose-image-not-digest";
import composeImagePinOutdated from "./compose/compose-image-pin-outdated";
import composeImagePublic from "./compose/compose-image-public";
import composeImageRegistryNotAllowed from "./compose/compose-image-registry-not-allowed";
import composeImageTooOld from "./compose/compose-image-too-old";
import composeImageUnverified from "./compose/compose-image-unverified";
import composeImageVulnerable from "./compose/compose-image-vulnerable";
import composeIpcHost from "./compose/compose-ipc-host";
import composeKnownTokenLiteral from "./compose/compose-known-token-literal";
import composeLoggingNone from "./compose/compose-logging-none";
import composeMemoryUnlimited from "./compose/compose-memory-unlimited";
import composeMissingAuthByImage from "./compose/compose-missing-auth-by-image";
import composeMountPropagation from "./compose/compose-mount-propagation";
import composeNamespaceOfOtherContainer from "./compose/compose-namespace-of-other-container";
import composeNetworkHost from "./compose/compose-network-host";
import composeNetworkModeBridge from "./compose/compose-network-mode-bridge";
import composeNoNewPrivilegesMissing from "./compose/compose-no-new-privileges-missing";
import composeOomKillDisabled from "./compose/compose-oom-kill-disabled";
import composeOtherRuntimeSocket from "./compose/compose-other-runtime-socket";
import composeOverlayUnencrypted from "./compose/compose-overlay-unencrypted";
import composePidHost from "./compose/compose-pid-host";
import composePidsUnlimited from "./compose/compose-pids-unlimited";
import composePlaintextSecretEnv from "./compose/compose-plaintext-secret-env";
import composePortAllInterfaces from "./compose/compose-port-all-interfaces";
import composePortsUnquoted from "./compose/compose-ports-unquoted";
import composePrivileged from "./compose/compose-privileged";
import composePrivilegedPort from "./compose/compose-privileged-port";
import composeProviderOrModelExec from "./compose/compose-provider-or-model-exec";
import composeReadonlyRootfsMissing from "./compose/compose-readonly-rootfs-missing";
import composeRestartNot5 from "./compose/compose-restart-not-5";
import composeRestartUnbounded from "./compose/compose-restart-unbounded";
import composeSchema from "./compose/compose-schema";
import composeSeccompUnconfined from "./compose/compose-seccomp-unconfined";
import composeSecretInCommand from "./compose/compose-secret-in-command";
import composeSecretInterpolationDefault from "./compose/compose-secret-interpolation-default";
import composeSecretUnusedOrUndeclared from "./compose/compose-secret-unused-or-undeclared";
import composeSelinuxDisabled from "./compose/compose-selinux-disabled";
import composeSelinuxRelabelSystem from "./compose/compose-selinux-relabel-system";
import composeSensitiveHostDir from "./compose/compose-sensitive-host-dir";
import composeSensitiveServicePublished from "./compose/compose-sensitive-service-published";
import composeSharedVolume from "./compose/compose-shared-volume";
import composeSshPublished from "./compose/compose-ssh-published";
import composeSyntax from "./compose/compose-syntax";
import composeSysctlsUnsafe from "./compose/compose-sysctls-unsafe";
import composeSystempathsUnconfined from "./compose/compose-systempaths-unconfined";
import composeTmpfsExec from "./compose/compose-tmpfs-exec";
import composeTraefikBasicauthLabel from "./compose/compose-traefik-basicauth-label";
import composeUlimitsUnset from "./compose/compose-ulimits-unset";
import composeUseApiSocket from "./compose/compose-use-api-socket";
import composeUserCredentialsMounted from "./compose/compose-user-credentials-mounted";
import composeUserMissing from "./compose/compose-user-missing";
import composeUsernsHost from "./compose/compose-userns-host";
import composeUtsHost from "./compose/compose-uts-host";
import composeVersionField from "./compose/compose-version-field";
import composeVolumeDriverCredentials from "./compose/compose-volume-driver-credentials";
import composeWidePortRange from "./compose/compose-wide-port-range";
import composeWritableConfigBind from "./compose/compose-writable-config-bind";
import expiredRepositoryIgnore from "./configuration/expired-repository-ignore";
import invalidConfiguration from "./configuration/invalid-configuration";
import unreadablePublicKey from "./configuration/unreadable-public-key";
import unresolvedExtends from "./configuration/unresolved-extends";
import daemonAuthorizationPlugins from "./daemon/daemon-authorization-plugins";
import daemonBasesize from "./daemon/daemon-basesize";
import daemonCgroupParent from "./daemon/daemon-cgroup-parent";
import daemonDefaultPublishIp from "./daemon/daemon-default-publish-ip";
import daemonDefaultUlimits from "./daemon/daemon-default-ulimits";
import daemonExperimental from "./daemon/daemon-experimental";
import daemonIccEnabled from "./daemon/daemon-icc-enabled";
import daemonInsecureRegistries from "./daemon/daemon-insecure-registries";
import daemonIptablesOff from "./daemon/daemon-iptables-off";
import daemonLegacyRegistry from "./daemon/daemon-legacy-registry";
import daemonLiveRestore from "./daemon/daemon-live-restore";
import daemonLogDriver from "./daemon/daemon-log-driver";
import daemonLogLevel from "./daemon/daemon-log-level";
import daemonMetricsExposed from "./daemon/daemon-metrics-exposed";
import daemonNoNewPrivilegesOff from "./daemon/daemon-no-new-privileges-off";
import daemonNotJson from "./daemon/daemon-not-json";
import daemonRegistryMirrorHttp from "./daemon/daemon-registry-mirror-http";
import daemonSeccompProfile from "./daemon/daemon-seccomp-profile";
import daemonSecretInFile from "./daemon/daemon-secret-in-file";
import daemonSelinuxOff from "./daemon/daemon-selinux-off";
import daemonStorageDriver from "./daemon/daemon-storage-driver";
import daemonTcpWithoutTls from "./daemon/daemon-tcp-without-tls";
import daemonUnknownKey from "./daemon/daemon-unknown-key";
import daemonUserlandProxy from "./daemon/daemon-userland-proxy";
import daemonUsernsRemapMissing from "./daemon/daemon-userns-remap-missing";
import accountPasswordOnCommandLine from "./dockerfile/account-password-on-command-line";
import addGitUnpinned from "./dockerfile/add-git-unpinned";
import addLocalArchive from "./dockerfile/add-local-archive";
import addLocalFile from "./dockerfile/add-local-file";
import addRemoteUrl from "./dockerfile/add-remote-url";
import addSourceOutsideContext from "./dockerfile/add-source-outside-context";
import apkAllowUntrusted from "./dockerfile/apk-allow-untrusted";
import apkVirtual from "./dockerfile/apk-virtual";
import aptAllowUnauthenticated from "./dockerfile/apt-allow-unauthenticated";
import aptForceYes from "./dockerfile/apt-force-yes";
import aptInsteadOfAptGet from "./dockerfile/apt-instead-of-apt-get";
import aptKeyAddUnverified from "./dockerfile/apt-key-add-unverified";
import aptRecommends from "./dockerfile/apt-recommends";
import aptSourceTrustedYes from "./dockerfile/apt-source-trusted-yes";
import assumeYesApt from "./dockerfile/assume-yes-apt";
import assumeYesDnf from "./dockerfile/assume-yes-dnf";
import assumeYesYum from "./dockerfile/assume-yes-yum";
import assumeYesZypper from "./dockerfile/assume-yes-zypper";
import baseImageDenied from "./dockerfile/base-image-denied";
import baseImageDeprecatedRepository from "./dockerfile/base-image-deprecated-repository";
import baseImageDigestOnly from "./dockerfile/base-image-digest-only";
import baseImageDistributionNotAllowed from "./dockerfile/base-image-distribution-not-allowed";
import baseImageEndOfLife from "./dockerfile/base-image-end-of-life";
import baseImageLatestTag from "./dockerfile/base-image-latest-tag";
import baseImageMutableTag from "./dockerfile/base-image-mutable-tag";
import baseImageNoTag from "./dockerfile/base-image-no-tag";
import baseImageNotApproved from "./dockerfile/base-image-not-approved";
import baseImageNotPinnedByDigest from "./dockerfile/base-image-not-pinned-by-digest";
import baseImagePinOutdated from "./dockerfile/base-image-pin-outdated";
import baseImagePublic from "./dockerfile/base-image-public";
import baseImageRegistryNotAllowed from "./dockerfile/base-image-registry-not-allowed";
import baseImageTooOld from "./dockerfile/base-image-too-old";
import baseImageUnofficialNamespace from "./dockerfile/base-image-unofficial-namespace";
import baseImageUnverified from "./dockerfile/base-image-unverified";
import baseImageVulnerable from "./dockerfile/base-image-vulnerable";
import buildToolchainInFinalImage from "./dockerfile/build-toolchain-in-final-image";
import cacheMountHoldsCredentials from "./dockerfile/cache-mount-holds-credentials";
import casing from "./dockerfile/casing";
import cdInsteadOfWorkdir from "./dockerfile/cd-instead-of-workdir";
import chpasswdUsed from "./dockerfile/chpasswd-used";
import cleanApk from "./dockerfile/clean-apk";
import cleanApt from "./dockerfile/clean-apt";
import cleanDnf from "./dockerfile/clean-dnf";
import cleanPip from "./dockerfile/clean-pip";
import cleanYarnGemRvm from "./dockerfile/clean-yarn-gem-rvm";
import cleanYum from "./dockerfile/clean-yum";
import cleanZypper from "./dockerfile/clean-zypper";
import cleartextUrl from "./dockerfile/cleartext-url";
import cmdMultiple from "./dockerfile/cmd-multiple";
import consecutiveRun from "./dockerfile/consecutive-run";
import contentTrustEnabled from "./dockerfile/content-trust-enabled";
import contextContainsSensitiveFiles from "./dockerfile/context-contains-sensitive-files";
import copyArchiveThenExtract from "./dockerfile/copy-archive-then-extract";
import copyChownNonRootExecutable from "./dockerfile/copy-chown-non-root-executable";
import copyFromExternalImageUnpinned from "./dockerfile/copy-from-external-image-unpinned";
import copyFromSelf from "./dockerfile/copy-from-self";
import copyFromUndefinedStage from "./dockerfile/copy-from-undefined-stage";
import copyIgnoredFile from "./dockerfile/copy-ignored-file";
import copyMultiNoSlash from "./dockerfile/copy-multi-no-slash";
import copyRelativeNoWorkdir from "./dockerfile/copy-relative-no-workdir";
import copyRootFromStage from "./dockerfile/copy-root-from-stage";
import copyWholeContext from "./dockerfile/copy-whole-context";
import copyWholeContextWithoutDockerignore from "./dockerfile/copy-whole-context-without-dockerignore";
import credentialCliFlag from "./dockerfile/credential-cli-flag";
import credentialSetupCommandInRun from "./dockerfile/credential-setup-command-in-run";
import curlAndWgetBoth from "./dockerfile/curl-and-wget-both";
import curlInsecure from "./dockerfile/curl-insecure";
import curlPipeShell from "./dockerfile/curl-pipe-shell";
import curlWithoutFail from "./dockerfile/curl-without-fail";
import debugAgentInCmd from "./dockerfile/debug-agent-in-cmd";
import debugEnvInFinalImage from "./dockerfile/debug-env-in-final-image";
import defaultShellReplaced from "./dockerfile/default-shell-replaced";
import definitionComment from "./dockerfile/definition-comment";
import distroUpgradeInBuild from "./dockerfile/distro-upgrade-in-build";
import dockerignoreReincludesSecret from "./dockerfile/dockerignore-reincludes-secret";
import downloadCacheNotMounted from "./dockerfile/download-cache-not-mounted";
import downloadWithRunInsteadOfAdd from "./dockerfile/download-with-run-instead-of-add";
import duplicateUidOrGid from "./dockerfile/duplicate-uid-or-gid";
import emptyContinuation from "./dockerfile/empty-continuation";
import emptyPasswordAccount from "./dockerfile/empty-password-account";
import entrypointMultiple from "./dockerfile/entrypoint-multiple";
import entrypointScriptWorldWritableOrRemote from "./dockerfile/entrypoint-script-world-writable-or-remote";
import envSelfReference from "./dockerfile/env-self-reference";
import exposeDockerApiOrDebugPort from "./dockerfile/expose-docker-api-or-debug-port";
import exposeHostMapping from "./dockerfile/expose-host-mapping";
import exposeOutOfRange from "./dockerfile/expose-out-of-range";
import exposePrivilegedPort from "./dockerfile/expose-privileged-port";
import exposeProtoCase from "./dockerfile/expose-proto-case";
import exposeRemoteAdminPorts from "./dockerfile/expose-remote-admin-ports";
import exposeSsh from "./dockerfile/expose-ssh";
import extraIndexDependencyConfusion from "./dockerfile/extra-index-dependency-confusion";
import fileCapabilitiesSet from "./dockerfile/file-capabilities-set";
import finalStageUserRoot from "./dockerfile/final-stage-user-root";
import firstInstructionNotFrom from "./dockerfile/first-instruction-not-from";
import fromArgInvalidDefault from "./dockerfile/from-arg-invalid-default";
import fromUndeclaredArg from "./dockerfile/from-undeclared-arg";
import frontendEnvPrefixSecret from "./dockerfile/frontend-env-prefix-secret";
import gitCloneUnpinned from "./dockerfile/git-clone-unpinned";
import gitHttpSslverifyFalse from "./dockerfile/git-http-sslverify-false";
import gitSslNoVerifyEnv from "./dockerfile/git-ssl-no-verify-env";
import goSumdbDisabled from "./dockerfile/go-sumdb-disabled";
import healthcheckMissing from "./dockerfile/healthcheck-missing";
import healthcheckMultiple from "./dockerfile/healthcheck-multiple";
import healthcheckNone from "./dockerfile/healthcheck-none";
import httpsDowngradeOnRedirect from "./dockerfile/https-downgrade-on-redirect";
import indexUpdateAlone from "./dockerfile/index-update-alone";
import inlinePasswordAssignmentInRun from "./dockerfile/inline-password-assignment-in-run";
import installIgnoresLockfile from "./dockerfile/install-ignores-lockfile";
import interactiveOrPointlessCommand from "./dockerfile/interactive-or-pointless-command";
import intermediateStageUserRoot from "./dockerfile/intermediate-stage-user-root";
import invalidInstruction from "./dockerfile/invalid-instruction";
import keyMaterialGeneratedAtBuild from "./dockerfile/key-material-generated-at-build";
import knownTokenLiteral from "./dockerfile/known-token-literal";
import labels from "./dockerfile/labels";
import latentEnvUnset from "./dockerfile/latent-env-unset";
import leftoverFilesInImage from "./dockerfile/leftover-files-in-image";
import legacyKeyValue from "./dockerfile/legacy-key-value";
import longOrUnsortedRun from "./dockerfile/long-or-unsorted-run";
import maintainerDeprecated from "./dockerfile/maintainer-deprecated";
import malformedExecJson from "./dockerfile/malformed-exec-json";
import missingUserInstruction from "./dockerfile/missing-user-instruction";
import noCmdOrEntrypoint from "./dockerfile/no-cmd-or-entrypoint";
import nodeTlsRejectUnauthorized0 from "./dockerfile/node-tls-reject-unauthorized-0";
import npmInstallRunsScripts from "./dockerfile/npm-install-runs-scripts";
import npmStrictSslEnv from "./dockerfile/npm-strict-ssl-env";
import npmYarnStrictSslConfig from "./dockerfile/npm-yarn-strict-ssl-config";
import onbuildForbidden from "./dockerfile/onbuild-forbidden";
import onbuildHiddenInstruction from "./dockerfile/onbuild-hidden-instruction";
import otherToolTlsOff from "./dockerfile/other-tool-tls-off";
import packageSourceInsecureProxy from "./dockerfile/package-source-insecure-proxy";
import passwordInUrl from "./dockerfile/password-in-url";
import pipTrustedHostEnv from "./dockerfile/pip-trusted-host-env";
import pipTrustedHostFlag from "./dockerfile/pip-trusted-host-flag";
import pipWithoutHashes from "./dockerfile/pip-without-hashes";
import pipeWithoutPipefail from "./dockerfile/pipe-without-pipefail";
import platformConstant from "./dockerfile/platform-constant";
import platformMismatch from "./dockerfile/platform-mismatch";
import platformRedundantTarget from "./dockerfile/platform-redundant-target";
import privateKeyBlock from "./dockerfile/private-key-block";
import privilegedWordInRun from "./dockerfile/privileged-word-in-run";
import pythonEnvDefaults from "./dockerfile/python-env-defaults";
import pythonHttpsVerifyOff from "./dockerfile/python-https-verify-off";
import recursiveChmodChownSystem from "./dockerfile/recursive-chmod-chown-system";
import registryTokenWrittenByRun from "./dockerfile/registry-token-written-by-run";
import remoteArtifactWithoutChecksum from "./dockerfile/remote-artifact-without-checksum";
import repoFileGpgcheck0 from "./dockerfile/repo-file-gpgcheck-0";
import rpmNosignature from "./dockerfile/rpm-nosignature";
import runDevice from "./dockerfile/run-device";
import runNetworkHost from "./dockerfile/run-network-host";
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
import setuidBinariesNotStripped from "./dockerfile/setuid-binaries-not-stripped";
import setuidSetgidAdded from "./dockerfile/setuid-setgid-added";
import shellFormCmd from "./dockerfile/shell-form-cmd";
import shellQuoting from "./dockerfile/shell-quoting";
import spaceBeforeEqual from "./dockerfile/space-before-equal";
import sshHostKeyCheckingDisabled from "./dockerfile/ssh-host-key-checking-disabled";
import sshKeyAsArg from "./dockerfile/ssh-key-as-arg";
import sshServerInstalled from "./dockerfile/ssh-server-installed";
import stageNameDuplicate from "./dockerfile/stage-name-duplicate";
import stageNameReserved from "./dockerfile/stage-name-reserved";
import stageReferencedByIndex from "./dockerfile/stage-referenced-by-index";
import sudoInRun from "./dockerfile/sudo-in-run";
import sudoersNopasswd from "./dockerfile/sudoers-nopasswd";
import syntaxFrontendUntrusted from "./dockerfile/syntax-frontend-untrusted";
import todoComment from "./dockerfile/todo-comment";
import undefinedVariable from "./dockerfile/undefined-variable";
import unnecessaryToolsInstalled from "./dockerfile/unnecessary-tools-installed";
import unpinnedApkPackage from "./dockerfile/unpinned-apk-package";
import unpinnedAptPackage from "./dockerfile/unpinned-apt-package";
import unpinnedDnfPackage from "./dockerfile/unpinned-dnf-package";
import unpinnedGemPackage from "./dockerfile/unpinned-gem-package";
import unpinnedGoPackage from "./dockerfile/unpinned-go-package";
import unpinnedNpmPackage from "./dockerfile/unpinned-npm-package";
import unpinnedOtherPackage from "./dockerfile/unpinned-other-package";
import unpinnedPipPackage from "./dockerfile/unpinned-pip-package";
import unpinnedYumPackage from "./dockerfile/unpinned-yum-package";
import unpinnedZypperPackage from "./dockerfile/unpinned-zypper-package";
import userCreatedWithUid0 from "./dockerfile/user-created-with-uid-0";
import userNotNumeric from "./dockerfile/user-not-numeric";
import useraddHighUid from "./dockerfile/useradd-high-uid";
import volumeDockerSock from "./dockerfile/volume-docker-sock";
import volumeSystemDir from "./dockerfile/volume-system-dir";
import weakHashVerification from "./dockerfile/weak-hash-verification";
import weakTlsVersion from "./dockerfile/weak-tls-version";
import wgetNoCheckCertificate from "./dockerfile/wget-no-check-certificate";
import wgetProgress from "./dockerfile/wget-progress";
import workdirRelative from "./dockerfile/workdir-relative";
import workdirSystemDir from "./dockerfile/workdir-system-dir";
import worldWritableCopyChmod from "./dockerfile/world-writable-copy-chmod";
import worldWritableRunChmod from "./dockerfile/world-writable-run-chmod";
import yumDnfNogpgcheck from "./dockerfile/yum-dnf-nogpgcheck";
import yumDnfSslverifyOff from "./dockerfile/yum-dnf-sslverify-off";
import composeBuildArgSecret from "./project/compose-build-arg-secret";
import composeBuildArgUndeclared from "./project/compose-build-arg-undeclared";
import composeBuildFileMissing from "./project/compose-build-file-missing";
import composeBuildTargetMissing from "./project/compose-build-target-missing";
import composeEnvFileCommitted from "./project/compose-env-file-committed";
import composePortNotExposed from "./project/compose-port-not-exposed";
import composeReadOnlyWithoutTmpfs from "./project/compose-read-only-without-tmpfs";
import composeSecretFileCommitted from "./project/compose-secret-file-committed";
import composeSecretFileInBuildContext from "./project/compose-secret-file-in-build-context";
import composeUserRoot from "./project/compose-user-root";

/** Every rule, by language, then by id. */
export const rules: readonly Rule[] = [
  accountPasswordOnCommandLine,
  addGitUnpinned,
  addLocalArchive,
  addLocalFile,
  addRemoteUrl,
  addSourceOutsideContext,
  apkAllowUntrusted,
  apkVirtual,
  aptAllowUnauthenticated,
  aptForceYes,
  aptInsteadOfAptGet,
  aptKeyAddUnverified,
  aptRecommends,
  aptSourceTrustedYes,
  assumeYesApt,
  assumeYesDnf,
  assumeYesYum,
  assumeYesZypper,
  baseImageDenied,
  baseImageDeprecatedRepository,
  baseImageDigestOnly,
  baseImageDistributionNotAllowed,
  baseImageEndOfLife,
  baseImageLatestTag,
  baseImageMutableTag,
  baseImageNoTag,
  baseImageNotApproved,
  baseImageNotPinnedByDigest,
  baseImagePinOutdated,
  baseImagePublic,
  baseImageRegistryNotAllowed,
  baseImageTooOld,
  baseImageUnofficialNamespace,
  baseImageUnverified,
  baseImageVulnerable,
  buildToolchainInFinalImage,
  cacheMountHoldsCredentials,
  casing,
  cdInsteadOfWorkdir,
  chpasswdUsed,
  cleanApk,
  cleanApt,
  cleanDnf,
  cleanPip,
  cleanYarnGemRvm,
  cleanYum,
  cleanZypper,
  cleartextUrl,
  cmdMultiple,
  consecutiveRun,
  contentTrustEnabled,
  contextContainsSensitiveFiles,
  copyArchiveThenExtract,
  copyChownNonRootExecutable,
  copyFromExternalImageUnpinned,
  copyFromSelf,
  copyFromUndefinedStage,
  copyIgnoredFile,
  copyMultiNoSlash,
  copyRelativeNoWorkdir,
  copyRootFromStage,
  copyWholeContextWithoutDockerignore,
  copyWholeContext,
  credentialCliFlag,
  credentialSetupCommandInRun,
  curlAndWgetBoth,
  curlInsecure,
  curlPipeShell,
  curlWithoutFail,
  debugAgentInCmd,
  debugEnvInFinalImage,
  defaultShellReplaced,
  definitionComment,
  distroUpgradeInBuild,
  dockerignoreReincludesSecret,
  downloadCacheNotMounted,
  downloadWithRunInsteadOfAdd,
  duplicateUidOrGid,
  emptyContinuation,
  emptyPasswordAccount,
  entrypointMultiple,
  entrypointScriptWorldWritableOrRemote,
  envSelfReference,
  exposeDockerApiOrDebugPort,
  exposeHostMapping,
  exposeOutOfRange,
  exposePrivilegedPort,
  exposeProtoCase,
  exposeRemoteAdminPorts,
  exposeSsh,
  extraIndexDependencyConfusion,
  fileCapabilitiesSet,
  finalStageUserRoot,
  firstInstructionNotFrom,
  fromArgInvalidDefault,
  fromUndeclaredArg,
  frontendEnvPrefixSecret,
  gitCloneUnpinned,
  gitHttpSslverifyFalse,
  gitSslNoVerifyEnv,
  goSumdbDisabled,
  healthcheckMissing,
  healthcheckMultiple,
  healthcheckNone,
  httpsDowngradeOnRedirect,
  indexUpdateAlone,
  inlinePasswordAssignmentInRun,
  installIgnoresLockfile,
  interactiveOrPointlessCommand,
  intermediateStageUserRoot,
  invalidInstruction,
  keyMaterialGeneratedAtBuild,
  knownTokenLiteral,
  labels,
  latentEnvUnset,
  leftoverFilesInImage,
  legacyKeyValue,
  longOrUnsortedRun,
  maintainerDeprecated,
  malformedExecJson,
  missingUserInstruction,
  noCmdOrEntrypoint,
  nodeTlsRejectUnauthorized0,
  npmInstallRunsScripts,
  npmStrictSslEnv,
  npmYarnStrictSslConfig,
  onbuildForbidden,
  onbuildHiddenInstruction,
  otherToolTlsOff,
  packageSourceInsecureProxy,
  passwordInUrl,
  pipTrustedHostEnv,
  pipTrustedHostFlag,
  pipWithoutHashes,
  pipeWithoutPipefail,
  platformConstant,
  platformMismatch,
  platformRedundantTarget,
  privateKeyBlock,
  privilegedWordInRun,
  pythonEnvDefaults,
  pythonHttpsVerifyOff,
  recursiveChmodChownSystem,
  registryTokenWrittenByRun,
  remoteArtifactWithoutChecksum,
  repoFileGpgcheck0,
  rpmNosignature,
  runDevice,
  runNetworkHost,
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
  setuidBinariesNotStripped,
  setuidSetgidAdded,
  shellFormCmd,
  shellQuoting,
  spaceBeforeEqual,
  sshHostKeyCheckingDisabled,
  sshKeyAsArg,
  sshServerInstalled,
  stageNameDuplicate,
  stageNameReserved,
  stageReferencedByIndex,
  sudoInRun,
  sudoersNopasswd,
  syntaxFrontendUntrusted,
  todoComment,
  undefinedVariable,
  unnecessaryToolsInstalled,
  unpinnedApkPackage,
  unpinnedAptPackage,
  unpinnedDnfPackage,
  unpinnedGemPackage,
  unpinnedGoPackage,
  unpinnedNpmPackage,
  unpinnedOtherPackage,
  unpinnedPipPackage,
  unpinnedYumPackage,
  unpinnedZypperPackage,
  userCreatedWithUid0,
  userNotNumeric,
  useraddHighUid,
  volumeDockerSock,
  volumeSystemDir,
  weakHashVerification,
  weakTlsVersion,
  wgetNoCheckCertificate,
  wgetProgress,
  workdirRelative,
  workdirSystemDir,
  worldWritableCopyChmod,
  worldWritableRunChmod,
  yumDnfNogpgcheck,
  yumDnfSslverifyOff,
  composeAdminUiInsecure,
  composeApparmorUnconfined,
  composeAuthDisabled,
  composeBackendNetworkNotInternal,
  composeBuildAndImage,
  composeBuildContextParent,
  composeBuildNetworkHost,
  composeBuildPrivileged,
  composeBuildRemoteUnpinned,
  composeCapAddDangerous,
  composeCapAdd,
  composeCapDropMissing,
  composeCgroupHost,
  composeCgroupParent,
  composeConfigHoldsSecret,
  composeContainerName,
  composeCpuUnlimited,
  composeDebugPort,
  composeDefaultCredentials,
  composeDefaultNetworkOnly,
  composeDevicesDangerous,
  composeDevices,
  composeDindInsecure,
  composeDockerApiPublished,
  composeDockerHostTcp,
  composeDockerSocket,
  composeDuplicatePort,
  composeHealthcheckDisabled,
  composeHealthcheckMissing,
  composeHookPrivileged,
  composeHostGateway,
  composeHostRootMounted,
  composeImageDenied,
  composeImageEndOfLife,
  composeImageNoTagOrLatest,
  composeImageNotApproved,
  composeImageNotDigest,
  composeImagePinOutdated,
  composeImagePublic,
  composeImageRegistryNotAllowed,
  composeImageTooOld,
  composeImageUnverified,
  composeImageVulnerable,
  composeIpcHost,
  composeKnownTokenLiteral,
  composeLoggingNone,
  composeMemoryUnlimited,
  composeMissingAuthByImage,
  composeMountPropagation,
  composeNamespaceOfOtherContainer,
  composeNetworkHost,
  composeNetworkModeBridge,
  composeNoNewPrivilegesMissing,
  composeOomKillDisabled,
  composeOtherRuntimeSocket,
  composeOverlayUnencrypted,
  composePidHost,
  composePidsUnlimited,
  composePlaintextSecretEnv,
  composePortAllInterfaces,
  composePortsUnquoted,
  composePrivilegedPort,
  composePrivileged,
  composeProviderOrModelExec,
  composeReadonlyRootfsMissing,
  composeRestartNot5,
  composeRestartUnbounded,
  composeSchema,
  composeSeccompUnconfined,
  composeSecretInCommand,
  composeSecretInterpolationDefault,
  composeSecretUnusedOrUndeclared,
  composeSelinuxDisabled,
  composeSelinuxRelabelSystem,
  composeSensitiveHostDir,
  composeSensitiveServicePublished,
  composeSharedVolume,
  composeSshPublished,
  composeSyntax,
  composeSysctlsUnsafe,
  composeSystempathsUnconfined,
  composeTmpfsExec,
  composeTraefikBasicauthLabel,
  composeUlimitsUnset,
  composeUseApiSocket,
  composeUserCredentialsMounted,
  composeUserMissing,
  composeUsernsHost,
  composeUtsHost,
  composeVersionField,
  composeVolumeDriverCredentials,
  composeWidePortRange,
  composeWritableConfigBind,
  composeBuildArgSecret,
  composeBuildArgUndeclared,
  composeBuildFileMissing,
  composeBuildTargetMissing,
  composeEnvFileCommitted,
  composePortNotExposed,
  composeReadOnlyWithoutTmpfs,
  composeSecretFileCommitted,
  composeSecretFileInBuildContext,
  composeUserRoot,
  daemonAuthorizationPlugins,
  daemonBasesize,
  daemonCgroupParent,
  daemonDefaultPublishIp,
  daemonDefaultUlimits,
  daemonExperimental,
  daemonIccEnabled,
  daemonInsecureRegistries,
  daemonIptablesOff,
  daemonLegacyRegistry,
  daemonLiveRestore,
  daemonLogDriver,
  daemonLogLevel,
  daemonMetricsExposed,
  daemonNoNewPrivilegesOff,
  daemonNotJson,
  daemonRegistryMirrorHttp,
  daemonSeccompProfile,
  daemonSecretInFile,
  daemonSelinuxOff,
  daemonStorageDriver,
  daemonTcpWithoutTls,
  daemonUnknownKey,
  daemonUserlandProxy,
  daemonUsernsRemapMissing,
  buildArgSecret,
  dockerdFlags,
  loginPasswordFlag,
  pipelineImageDenied,
  pipelineImageNotApproved,
  pipelineImageNotDigest,
  pipelineImagePinOutdated,
  pipelineImageTooOld,
  pipelineImageUnverified,
  runCapAdd,
  runDockerSocket,
  runEnvSecret,
  runHostNamespaces,
  runNoLimits,
  runNoNewPrivileges,
  runPrivileged,
  runPublishAllInterfaces,
  runSecurityOptOff,
  runSensitiveMount,
  runUserRoot,
  runWritableRootfs,
  swarmSettings,
  expiredIgnoreComment,
  ignoreCommentWithoutReason,
  suppressionComment,
  unknownRuleInIgnoreComment,
  unusedIgnoreComment,
  expiredRepositoryIgnore,
  invalidConfiguration,
  unreadablePublicKey,
  unresolvedExtends,
];
