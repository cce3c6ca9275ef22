/** Programs that install packages of Debian's kind. */
export const aptPrograms: ReadonlySet<string> = new Set(["apt-get", "apt", "aptitude"]);

/** Programs that install packages of Red Hat's kind from repositories. */
export const rpmPrograms: ReadonlySet<string> = new Set(["yum", "dnf", "dnf5", "microdnf", "tdnf"]);
