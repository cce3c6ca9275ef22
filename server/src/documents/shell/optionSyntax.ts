/** Which options of a program take their value from the next word: without it `-H -k` would read as two flags. */
export interface OptionSyntax {
  /** Letters; the rest of a cluster after such a letter is its value: `-ofile`. */
  readonly short: string;
  /** Long names without dashes. */
  readonly long: ReadonlySet<string>;
}

/** The options with values of a program by its name without path, from its manual; none for one not listed. */
export function optionSyntaxOf(program: string): OptionSyntax {
  return syntaxes.get(program) ?? withoutValues;
}

const withoutValues: OptionSyntax = { short: "", long: new Set() };

function syntax(short: string, long = ""): OptionSyntax {
  return { short, long: new Set(long.split(" ")) };
}

const apt = syntax("oct", "option config-file target-release default-release host-architecture");
const dnf = syntax(
  "cdeRx",
  "config debuglevel errorlevel exclude installroot enablerepo disablerepo repo repoid releasever setopt comment",
);
const pip = syntax(
  "rcieft",
  "requirement constraint index-url extra-index-url find-links target trusted-host cert client-cert proxy " +
    "timeout retries cache-dir log platform python-version implementation abi prefix root src editable " +
    "no-binary only-binary config-settings global-option build-option progress-bar report exists-action",
);
const npm = syntax("Cw", "prefix registry cache workspace userconfig loglevel omit include tag");
const su = syntax("csgGwtT", "command shell group supp-group whitelist-environment");
const user = syntax(
  "bcdefgGkKpPRsuZ",
  "base-dir comment home home-dir expiredate inactive gid groups skel key password root prefix shell uid",
);

const syntaxes: ReadonlyMap<string, OptionSyntax> = new Map([
  [
    "curl",
    syntax(
      "AbcCdDeEFHKmoPQrtTuUwxXyYz",
      "user-agent cookie cookie-jar continue-at data data-ascii data-binary data-raw data-urlencode dump-header " +
        "referer cert cert-type form form-string header config max-time output output-dir ftp-port quote range " +
        "telnet-option upload-file user proxy-user write-out proxy request speed-limit speed-time time-cond " +
        "cacert capath ciphers connect-timeout connect-to key key-type pass resolve retry retry-delay " +
        "retry-max-time max-redirs max-filesize limit-rate interface unix-socket url json oauth2-bearer aws-sigv4 " +
        "proto proto-redir proto-default tls-max tls13-ciphers pinnedpubkey noproxy dns-servers crlfile " +
        "proxy-header socks5 socks5-hostname socks4 netrc-file hsts",
    ),
  ],
  [
    "wget",
    syntax(
      "oaieBtOTwQPUlADIXR",
      "output-file append-output input-file execute base tries output-document timeout wait quota " +
        "directory-prefix user-agent level accept reject domains exclude-domains header user password " +
        "http-user http-password ftp-user ftp-password proxy-user proxy-password post-data post-file method " +
        "body-data body-file ca-certificate ca-directory certificate private-key secure-protocol referer " +
        "load-cookies save-cookies max-redirect limit-rate waitretry connect-timeout read-timeout dns-timeout " +
        "bind-address progress report-speed",
    ),
  ],
  ["apt-get", apt],
  ["apt", apt],
  ["aptitude", apt],
  [
    "apk",
    syntax("pXt", "root repository virtual keys-dir repositories-file arch cache-dir wait progress-fd"),
  ],
  ["yum", dnf],
  ["dnf", dnf],
  ["microdnf", dnf],
  ["tdnf", dnf],
  ["zypper", syntax("cDRprt", "config root repo plus-repo from type reposd-dir cache-dir")],
  ["pip", pip],
  ["pip3", pip],
  ["npm", npm],
  ["pnpm", npm],
  ["yarn", npm],
  ["gem", syntax("vsiPn", "version source install-dir bindir trust-policy platform")],
  ["git", syntax("Ccbo", "git-dir work-tree namespace branch depth origin config reference exec-path")],
  [
    "gpg",
    syntax(
      "uroN",
      "keyserver keyserver-options homedir local-user recipient output status-fd keyring passphrase",
    ),
  ],
  ["apt-key", syntax("", "keyring keyserver keyserver-options")],
  ["ssh", syntax("BbcDEeFIiJLlmOopQRSWw")],
  ["scp", syntax("cDFiJloPSX")],
  ["sshpass", syntax("pfdP")],
  ["tar", syntax("fCTXIbgKLNVH", "file directory files-from exclude-from use-compress-program exclude")],
  ["unzip", syntax("dPx")],
  ["useradd", user],
  ["adduser", syntax("hgsGuk", "home gecos shell ingroup uid gid disabled-by conf")],
  [
    "usermod",
    syntax("cdefgGlpRsuvVwWZ", "comment home expiredate inactive gid groups login password shell uid"),
  ],
  ["install", syntax("gmotS", "group mode owner target-directory suffix")],
  ["docker", syntax("cHl", "config context host log-level")],
  [
    "sudo",
    syntax(
      "ugphCrtTUDR",
      "user group prompt host close-from role type command-timeout other-user chdir chroot",
    ),
  ],
  ["doas", syntax("uCa")],
  ["env", syntax("uCS", "unset chdir split-string")],
  ["exec", syntax("a")],
  ["nice", syntax("n", "adjustment")],
  ["ionice", syntax("cnpPu", "class classdata pid pgid uid")],
  ["timeout", syntax("ks", "kill-after signal")],
  ["time", syntax("fo", "format output")],
  ["stdbuf", syntax("ioe", "input output error")],
  ["xargs", syntax("adEILnPs", "arg-file delimiter max-lines max-args max-procs max-chars process-slot-var")],
  ["su", su],
  ["runuser", syntax("ucsgGwtT", "user command shell group supp-group whitelist-environment")],
  [
    "setpriv",
    syntax(
      "",
      "reuid regid ruid rgid euid egid groups inh-caps ambient-caps bounding-set securebits pdeathsig " +
        "selinux-label apparmor-profile",
    ),
  ],
  ["chpst", syntax("uUbe/nmdopfcrt")],
  ["flock", syntax("wcE", "wait timeout command conflict-exit-code")],
  ["tini", syntax("pe")],
  ["tini-static", syntax("pe")],
  ["dumb-init", syntax("r", "rewrite")],
]);
