/**
 * Every rule about Dockerfiles that other tools have, by tool, as their documentation and repositories name them; read
 * on 2026-11-22. Rules that a tool lists and does not implement are left out (Dockle's CIS-DI-0002 to 0004 and 0011).
 */
export const peerRules: ReadonlyMap<string, readonly string[]> = new Map([
  ["hadolint", ["DL1001", ...numbered("DL30", 0, 77), "DL4000", "DL4001", ...numbered("DL40", 3, 7)]],
  ["trivy", numbered("DS-00", 1, 31).filter((id) => !/00(?:03|18|28)$/.test(id))],
  [
    "checkov",
    [
      ...Array.from({ length: 11 }, (_, index) => `CKV_DOCKER_${index + 1}`),
      ...Array.from({ length: 18 }, (_, index) => `CKV2_DOCKER_${index + 1}`),
    ],
  ],
  [
    "kics",
    words(
      "add_instead_of_copy apk_add_using_local_cache_path apt_get_install_lists_were_not_deleted",
      "apt_get_install_pin_version_not_defined apt_get_missing_flags_to_avoid_manual_input",
      "apt_get_not_avoiding_additional_packages changing_default_shell_using_run_command chown_flag_exists",
      "copy_from_references_current_from_alias copy_with_more_than_two_arguments_not_ending_with_slash",
      "curl_or_wget_instead_of_add exposing_port_22 gem_install_without_version healthcheck_instruction_missing",
      "image_version_not_explicit image_version_using_latest last_user_is_root maintainer_instruction_being_used",
      "missing_dnf_clean_all missing_flag_from_dnf_install missing_user_instruction",
      "missing_version_specification_in_dnf_install missing_zypper_clean missing_zypper_non_interactive_switch",
      "multiple_cmd_instructions_listed multiple_entrypoint_instructions_listed",
      "multiple_run_add_copy_instructions_listed not_using_json_in_cmd_and_entrypoint_arguments",
      "npm_install_without_pinned_version passwords_and_secrets pip_install_keeping_cached_packages",
      "run_command_cd_instead_of_workdir run_using_apt run_using_sudo run_using_wget_and_curl",
      "run_utilities_and_posix_commands same_alias_in_different_froms shell_running_a_pipe_without_pipefail_flag",
      "unix_ports_out_of_range unpinned_package_version_in_apk_add unpinned_package_version_in_pip_install",
      "update_instruction_alone using_platform_with_from using_unnamed_build_stages workdir_path_not_absolute",
      "yum_clean_all_missing yum_install_allows_manual_input yum_install_without_version zypper_install_without_version",
    ),
  ],
  [
    "semgrep",
    words(
      "alias-must-be-unique avoid-apk-upgrade avoid-apt-get-upgrade avoid-dnf-update avoid-latest-version",
      "avoid-platform-with-from avoid-yum-update avoid-zypper-update copy-from-own-alias curl-pipe-bash",
      "dockerfile-dockerd-socket-mount dockerfile-pip-extra-index-url dockerfile-source-not-pinned invalid-port",
      "last-user-is-root maintainer-is-deprecated missing-apk-no-cache missing-assume-yes-switch",
      "missing-dnf-assume-yes-switch missing-dnf-clean-all missing-image-version missing-no-install-recommends",
      "missing-pip-no-cache-dir missing-user missing-user-entrypoint missing-yum-assume-yes-switch",
      "missing-yum-clean-all missing-zypper-clean missing-zypper-no-confirm-switch multiple-cmd-instructions",
      "multiple-entrypoint-instructions no-sudo-in-dockerfile nonsensical-command prefer-apt-get",
      "prefer-copy-over-add prefer-json-notation remove-package-cache remove-package-lists run-security-insecure",
      "secret-in-build-arg set-pipefail use-absolute-workdir use-either-wget-or-curl use-shell-instruction use-workdir",
    ),
  ],
  [
    "sonar",
    words(
      "S1135 S2260 S2612 S4423 S4507 S4790 S4830 S5332 S6431 S6437 S6469 S6470 S6471 S6472 S6473 S6474 S6476 S6497",
      "S6500 S6502 S6504 S6505 S6506 S6570 S6573 S6574 S6579 S6581 S6584 S6586 S6587 S6589 S6595 S6596 S6597 S7018",
      "S7019 S7020 S7021 S7023 S7026 S7028 S7029 S7030 S7031 S8431",
    ),
  ],
  [
    "buildkit",
    words(
      "ConsistentInstructionCasing CopyIgnoredFile DuplicateStageName ExposeInvalidFormat ExposeProtoCasing FromAsCasing",
      "FromPlatformFlagConstDisallowed InvalidBaseImagePlatform InvalidDefaultArgInFrom InvalidDefinitionDescription",
      "JSONArgsRecommended LegacyKeyValueFormat MaintainerDeprecated MultipleInstructionsDisallowed",
      "NoEmptyContinuation RedundantTargetPlatform ReservedStageName SecretsUsedInArgOrEnv StageNameCasing",
      "UndefinedArgInFrom UndefinedVar WorkdirRelativePath",
    ),
  ],
  [
    "dockle",
    [
      ...words("CIS-DI-0001 CIS-DI-0005 CIS-DI-0006 CIS-DI-0007 CIS-DI-0008 CIS-DI-0009 CIS-DI-0010"),
      ...numbered("DKL-DI-00", 1, 6),
      ...numbered("DKL-LI-00", 1, 3),
    ],
  ],
  ["docker-bench", ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.11", "4.12"]],
  ["droast", numbered("DF0", 1, 64)],
  [
    "dockerfilelint",
    words(
      "add_dest_invalid add_src_invalid apkadd-missing-virtual apkadd-missing_nocache_or_updaterm",
      "apt-get-dist-upgrade apt-get-update_require_install apt-get-upgrade apt-get_missing_param apt-get_missing_rm",
      "apt-get_recommends deprecated_in_1.13 expose_host_port extra_args from_first healthcheck_options_missing_args",
      "invalid_command invalid_format invalid_line invalid_port invalid_workdir label_invalid latest_tag missing_args",
      "missing_tag required_params sudo_usage uppercase_commands",
    ),
  ],
]);

function words(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(" "));
}

/** `DL3000`, `DL3001` …: two digits behind a prefix. */
function numbered(prefix: string, first: number, last: number): readonly string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => prefix + String(first + index).padStart(2, "0"),
  );
}
