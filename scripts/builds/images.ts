/** An image that stands in for official ones of the same kind. */
export interface TestImage {
  /** Its recipe below `seed/bases`. */
  readonly recipe: string;
  /** The names that Dockerfiles know it by, the first being its own. */
  readonly names: readonly string[];
}

/** In the order in which they are built: later ones stand on earlier ones. */
export const testImages: readonly TestImage[] = [
  {
    recipe: "debian",
    names: ["debian:trixie", "debian:trixie-slim", "debian:13-slim", "debian:stable-slim", "ubuntu:24.04"],
  },
  {
    recipe: "tools",
    names: ["buildpack-deps:trixie-scm", "buildpack-deps:trixie-curl", "acme/build-tools:1.0"],
  },
  { recipe: "node", names: ["node:22-trixie-slim", "node:22-slim", "node:22"] },
  { recipe: "python", names: ["python:3.13-slim-trixie", "python:3.13-slim", "python:3.13"] },
  { recipe: "busybox", names: ["busybox:1.37", "alpine:3.22"] },
];

/** Debian packages, with all that they need, that the test repository offers. */
export const offeredPackages: readonly string[] = [
  ..."adduser ca-certificates curl git gnupg gosu jq less libatomic1 libstdc++6 make openssl procps".split(
    " ",
  ),
  ..."python3 python3-pip sudo tini unzip wget xz-utils".split(" "),
];

/** Options of BusyBox's own configuration: what an Alpine-like base image is expected to have. */
export const busyboxOptions: readonly string[] = [
  ..."BUSYBOX FEATURE_INSTALLER ASH SH_IS_ASH ASH_ECHO ASH_PRINTF ASH_TEST ASH_OPTIMIZE_FOR_SIZE".split(" "),
  ..."ADDUSER ADDGROUP FEATURE_ADDUSER_TO_GROUP DELUSER DELGROUP FEATURE_DEL_USER_FROM_GROUP ID WHOAMI SU".split(
    " ",
  ),
  ..."FEATURE_SHADOWPASSWDS CAT CHMOD CHOWN CP ECHO ENV FEATURE_FANCY_ECHO FIND GREP GUNZIP GZIP HEAD INSTALL".split(
    " ",
  ),
  ..."LN LS MKDIR MV PRINTF PWD RM RMDIR SED SHA256SUM SLEEP SORT STAT TAIL TAR TEST TEST1 TOUCH TR TRUE FALSE".split(
    " ",
  ),
  ..."UNAME WC WGET XARGS FEATURE_TAR_CREATE FEATURE_TAR_LONG_OPTIONS FEATURE_SEAMLESS_GZ DATE NC VI".split(
    " ",
  ),
];
