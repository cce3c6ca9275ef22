import { type Framework, itemsOf } from "./framework";

/** The countermeasures of NIST SP 800-190 (2017), section 4. */
export const nist: Framework = {
  id: "nist-800-190",
  title: "NIST SP 800-190, section 4",
  url: "https://csrc.nist.gov/pubs/sp/800/190/final",
  note: "The guide is about images, registries, orchestrators, containers and hosts: files show something of the first and of how containers are run.",
  items: itemsOf([
    ["4.1.1", "Vulnerabilities of images", "partly", "cis:4.4"],
    ["4.1.2", "Configuration of images", "partly", "cis:4.1", "cis:4.2", "cis:4.3", "cis:4.8", "cis:5.7"],
    ["4.1.3", "Malware in images", "none"],
    ["4.1.4", "Secrets in images", "partly", "cis:4.10"],
    ["4.1.5", "Images of unknown origin", "partly", "cis:4.2", "cis:4.11", "cis:4.12"],
    ["4.2.1", "Connections to registries", "file", "cis:2.5"],
    ["4.2.2", "Stale images in registries", "partly", "cis:5.28"],
    ["4.2.3", "Who may use a registry", "none"],
    ["4.3.1", "Administrators of the orchestrator", "none"],
    ["4.3.2", "Access to the orchestrator", "none"],
    ["4.3.3", "Traffic between containers", "partly", "cis:2.2", "cis:5.30", "cis:7.3"],
    ["4.3.4", "Workloads of different sensitivity", "none"],
    ["4.3.5", "Trust in the orchestrator's nodes", "none"],
    ["4.4.1", "Vulnerabilities of the runtime", "none"],
    ["4.4.2", "Network access of containers", "partly", "cis:5.9", "cis:5.10", "cis:5.14"],
    [
      ...(["4.4.3", "Configuration of the runtime", "partly"] as const),
      ...[
        "cis:5.2",
        "cis:5.3",
        "cis:5.4",
        "cis:5.5",
        "cis:5.16",
        "cis:5.17",
        "cis:5.21",
        "cis:5.22",
        "cis:5.26",
      ],
      ...["cis:5.31", "cis:5.32", "cis:2.7"],
    ],
    ["4.4.4", "Vulnerabilities of the application", "partly", "cis:5.13"],
    ["4.4.5", "Containers that nobody planned", "none"],
    ["4.5.1", "Attack surface of the host", "none"],
    ["4.5.2", "A kernel that is shared", "none"],
    ["4.5.3", "Vulnerabilities of the host", "none"],
    ["4.5.4", "Access of users to the host", "none"],
    ["4.5.5", "Changes to the host's files", "file", "cis:5.6", "cis:5.20"],
  ]),
};

/** Requirements of PCI DSS 4.0.1 of which these files can show a breach; the mapping is ours. */
export const pciDss: Framework = {
  id: "pci-dss-4",
  title: "PCI DSS 4.0.1",
  url: "https://www.pcisecuritystandards.org/document_library/",
  note: "PCI DSS does not speak of containers. The mapping is ours, and names only requirements of which these files can show a breach; none can be passed by files, and an assessor decides.",
  items: itemsOf([
    ["1.4.2", "Inbound traffic is restricted to what is meant to be public", "partly", "cis:5.14"],
    ["2.2.2", "No vendor's default accounts", "partly", "compose-default-credentials"],
    ["2.2.4", "Only needed services and functions", "partly", "cis:4.3", "cis:5.7", "cis:5.9"],
    ["2.2.6", "Settings keep systems from misuse", "partly", "cis:5.4", "cis:5.5", "cis:5.22", "cis:5.32"],
    ["2.2.7", "Administration is encrypted", "partly", "cis:2.7"],
    ["4.2.1", "Strong cryptography on open networks", "partly", "cwe:295", "cwe:319"],
    ["6.3.3", "Components are patched", "partly", "cis:4.4"],
    ["7.2.5", "Accounts of applications have least privilege", "partly", "cis:4.1", "cis:5.26"],
    ["8.6.2", "No password of an application stands in files", "partly", "cis:4.10"],
    ["10.2.1", "Logs are on", "partly", "cis:2.3", "cis:2.13"],
  ]),
};

/** Controls of ISO/IEC 27001:2022, Annex A, of which these files can show a breach; the mapping is ours. */
export const iso27001: Framework = {
  id: "iso-27001",
  title: "ISO/IEC 27001:2022, Annex A",
  url: "https://www.iso.org/standard/27001",
  note: "The standard is about how an organisation manages security. The mapping is ours, and names only controls of which these files can show a breach; none can be passed by files.",
  items: itemsOf([
    ["A.5.17", "Authentication information is protected", "partly", "cis:4.10", "cis:7.4"],
    ["A.5.21", "The supply chain is secure", "partly", "cis:4.2", "cis:4.11", "cis:4.12"],
    ["A.8.2", "Privileged access is restricted", "partly", "cis:4.1", "cis:5.4", "cis:5.5", "cis:5.26"],
    ["A.8.6", "Capacity is managed", "partly", "cis:5.11", "cis:5.12", "cis:5.29"],
    ["A.8.8", "Technical vulnerabilities are managed", "partly", "cis:4.4"],
    ["A.8.9", "Configurations are managed", "partly", "cis:5.13", "cis:5.22", "cis:5.28", "cis:5.32"],
    ["A.8.15", "What happens is logged", "partly", "cis:2.3", "cis:2.13"],
    ["A.8.20", "Networks are secured", "partly", "cis:2.4", "cis:5.10", "cis:5.14"],
    ["A.8.22", "Networks are segregated", "partly", "cis:2.2", "cis:5.30"],
    ["A.8.24", "Cryptography is used", "partly", "cis:2.7", "cwe:295", "cwe:319"],
  ]),
};
