/** A tool that serves a person, or an intruder, rather than a program. */
export interface SpareTool {
  readonly kind: "network" | "debugger" | "editor" | "password";
  /** What it is called when it is run. */
  readonly programs: readonly string[];
  /** Whether scripts that start a service use it now and then, to wait for another one. */
  readonly byScripts: boolean;
}

/** The tool that a package brings, by the names of Debian, Alpine, Red Hat and SUSE; `undefined` for any other package. */
export function spareToolOf(packageName: string): SpareTool | undefined {
  return tools.get(packageName);
}

const tools: ReadonlyMap<string, SpareTool> = new Map([
  ...tool(
    "network",
    "nc netcat ncat",
    "netcat netcat-openbsd netcat-traditional nc nmap-ncat ncat gnu-netcat",
    true,
  ),
  ...tool("network", "nmap", "nmap"),
  ...tool("network", "masscan", "masscan"),
  ...tool("network", "telnet", "telnet inetutils-telnet", true),
  ...tool("network", "tcpdump", "tcpdump"),
  ...tool("network", "tshark", "tshark wireshark wireshark-cli"),
  ...tool("debugger", "gdb", "gdb"),
  ...tool("debugger", "gdbserver", "gdbserver gdb-gdbserver"),
  ...tool("debugger", "strace", "strace"),
  ...tool("debugger", "ltrace", "ltrace"),
  ...tool("editor", "vim vi", "vim vim-tiny vim-nox vim-enhanced vim-minimal vim-small neovim"),
  ...tool("editor", "nano", "nano nano-tiny"),
  ...tool("editor", "emacs", "emacs emacs-nox"),
  ...tool("password", "sshpass", "sshpass", true),
]);

/** The names of all packages that bring a tool. */
export const spareToolPackages: readonly string[] = [...tools.keys()];

function tool(
  kind: SpareTool["kind"],
  programs: string,
  packages: string,
  byScripts = false,
): readonly (readonly [string, SpareTool])[] {
  const described = { kind, programs: programs.split(" "), byScripts };
  return packages.split(" ").map((name) => [name, described]);
}
