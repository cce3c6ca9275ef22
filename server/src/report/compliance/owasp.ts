import { type Framework, itemsOf } from "./framework";

/** OWASP Docker Top 10, the draft of the project. */
export const owaspTop10: Framework = {
  id: "owasp-docker-top10",
  title: "OWASP Docker Top 10",
  url: "https://owasp.org/www-project-docker-top-10/",
  note: "The project's list is a draft, and most of it is about how containers are run: files show a part.",
  items: itemsOf([
    ["D01", "Users are mapped securely", "file", "cis:4.1", "cis:2.9", "cis:5.26", "cis:5.31"],
    ["D02", "Patches are managed", "partly", "cis:4.4", "cis:5.28"],
    [
      ...(["D03", "Networks are segmented and guarded", "partly"] as const),
      ...["cis:2.2", "cis:2.4", "cis:5.9", "cis:5.10", "cis:5.14", "cis:5.30"],
    ],
    [
      ...(["D04", "Defaults are secure and hardened", "partly"] as const),
      ...[
        "cis:4.3",
        "cis:4.8",
        "cis:5.2",
        "cis:5.3",
        "cis:5.4",
        "cis:5.5",
        "cis:5.7",
        "cis:5.22",
        "cis:5.32",
      ],
    ],
    ["D05", "Containers of different trust are kept apart", "none"],
    ["D06", "Secrets are protected", "partly", "cis:4.10", "cis:7.4"],
    ["D07", "Resources are limited", "file", "cis:5.11", "cis:5.12", "cis:5.29"],
    ["D08", "Images are whole and of known origin", "partly", "cis:4.2", "cis:4.11", "cis:4.12", "cis:2.5"],
    ["D09", "Containers do not change", "partly", "cis:5.13"],
    ["D10", "What happens is logged", "partly", "cis:2.3", "cis:2.13"],
  ]),
};

/** The rules of the OWASP Docker Security Cheat Sheet, by its numbers. */
export const owaspCheatSheet: Framework = {
  id: "owasp-cheatsheet",
  title: "OWASP Docker Security Cheat Sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  note: "The cheat sheet gives advice and says of little how it would be audited.",
  items: itemsOf([
    ["RULE#0", "Host and Docker are up to date", "none"],
    ["RULE#1", "The engine's socket is not given away", "file", "owasp:RULE#1"],
    ["RULE#2", "Containers run as a user", "file", "owasp:RULE#2"],
    ["RULE#3", "Only needed capabilities", "file", "owasp:RULE#3"],
    ["RULE#4", "No process gains privileges", "file", "owasp:RULE#4"],
    ["RULE#5", "Containers reach only those that they need", "partly", "owasp:RULE#5"],
    ["RULE#5a", "Published ports do not go round the firewall", "file", "owasp:RULE#5a"],
    ["RULE#6", "seccomp, AppArmor or SELinux are on", "partly", "owasp:RULE#6"],
    ["RULE#7", "Resources are limited", "file", "owasp:RULE#7"],
    ["RULE#8", "File systems and volumes are read-only", "file", "owasp:RULE#8"],
    ["RULE#9", "Scanners are part of the pipeline", "partly", "owasp:RULE#9"],
    ["RULE#10", "The daemon logs at level info", "file", "owasp:RULE#10"],
    ["RULE#11", "Docker runs rootless", "none"],
    ["RULE#12", "Secrets are kept as secrets", "partly", "owasp:RULE#12"],
    ["RULE#13", "The supply chain is guarded", "none"],
  ]),
};
