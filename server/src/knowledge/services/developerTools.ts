import type { ServiceImage } from "../serviceImages";
import { known, officialDocs, rootWithForeignFiles, stepDown } from "./facts";

const vaultScript = "https://github.com/hashicorp/vault/blob/main/.release/docker/docker-entrypoint.sh";
const consulScript = "https://github.com/hashicorp/consul/blob/main/.release/docker/docker-entrypoint.sh";
const registrySource = "https://github.com/distribution/distribution-library-image";
const giteaRootless = "https://github.com/go-gitea/gitea/blob/main/Dockerfile.rootless";
const giteaDocs = "https://docs.gitea.com/installation/install-with-docker";
const gitlabDocs = "https://docs.gitlab.com/install/docker/installation/";
const jenkinsFile = "https://github.com/jenkinsci/docker/blob/master/debian/trixie/hotspot/Dockerfile";
const sonarqubeFile =
  "https://github.com/SonarSource/docker-sonarqube/blob/master/community-build/Dockerfile";
const nexusFile = "https://github.com/sonatype/docker-nexus3/blob/main/Dockerfile";

/** What teams build, keep and deploy software with. */
export const developerImages: readonly ServiceImage[] = [
  {
    title: "HashiCorp Vault",
    names: ["docker.io/hashicorp/vault", "docker.io/library/vault"],
    user: known(vaultScript, { start: "root" }),
    capabilities: known(vaultScript, ["CHOWN", "DAC_OVERRIDE", "IPC_LOCK", "SETFCAP", "SETGID", "SETUID"]),
    rewritesItself: known(vaultScript, "its entrypoint gives its program file a capability"),
    gainsPrivileges: known(vaultScript, "it locks its memory with a capability of its program file"),
    programs: ["server", "vault"],
    ports: known(officialDocs("vault"), [8200]),
  },
  {
    title: "HashiCorp Consul",
    names: ["docker.io/hashicorp/consul", "docker.io/library/consul"],
    user: known(consulScript, { start: "root" }),
    capabilities: known(consulScript, stepDown),
    writable: known(consulScript, {
      volumes: ["/consul/data"],
      scratch: ["/tmp"],
      unlessSet: ["CONSUL_LOCAL_CONFIG", "CONSUL_ALLOW_PRIVILEGED_PORTS"],
    }),
    programs: ["agent", "consul"],
    ports: known(officialDocs("consul"), [8300, 8301, 8302, 8500, 8600]),
  },
  {
    title: "Docker registry",
    names: ["docker.io/library/registry"],
    user: known(registrySource, { start: "root" }),
    capabilities: known(registrySource, rootWithForeignFiles),
    writable: known(registrySource, { volumes: ["/var/lib/registry"], scratch: ["/tmp"] }),
    programs: ["/etc/docker/registry/config.yml", "/etc/distribution/config.yml", "serve"],
    ports: known(registrySource, [5000]),
    credentials: known("https://distribution.github.io/distribution/about/deploying/", "no password"),
  },
  {
    title: "Gitea without root",
    names: ["docker.io/gitea/gitea"],
    tags: ["*rootless*"],
    user: known(giteaRootless, { start: "1000:1000", uid: 1000 }),
    capabilities: known(giteaRootless, []),
    writable: known(giteaRootless, { volumes: ["/var/lib/gitea", "/etc/gitea"], scratch: ["/tmp"] }),
    ports: known(giteaRootless, [2222, 3000]),
    limits: { memory: "1g" },
  },
  {
    title: "Gitea",
    names: ["docker.io/gitea/gitea"],
    user: known(giteaDocs, { start: "root", uid: 1000 }),
    rewritesItself: known(
      "https://github.com/go-gitea/gitea/tree/main/docker/root/etc/s6",
      "its supervisor keeps its state in /etc/s6",
    ),
    ports: known(giteaDocs, [22, 3000]),
    limits: { memory: "1g" },
  },
  {
    title: "GitLab",
    names: ["docker.io/gitlab/gitlab-ce", "docker.io/gitlab/gitlab-ee"],
    rewritesItself: known(gitlabDocs, "it configures itself anew in /opt/gitlab when it starts"),
    ports: known(gitlabDocs, [22, 80, 443]),
    isFrontDoor: true,
    limits: { memory: "8g", pids: 4096 },
  },
  {
    title: "Jenkins",
    names: ["docker.io/jenkins/jenkins"],
    user: known(jenkinsFile, { start: "jenkins", uid: 1000 }),
    capabilities: known(jenkinsFile, []),
    writable: known(jenkinsFile, { volumes: ["/var/jenkins_home"], scratch: ["/tmp"] }),
    ports: known(jenkinsFile, [8080, 50000]),
    limits: { memory: "2g", pids: 4096 },
  },
  {
    title: "SonarQube",
    names: ["docker.io/library/sonarqube"],
    exceptTags: ["5*", "6*", "7*", "8*"],
    user: known(sonarqubeFile, { start: "sonarqube", uid: 1000 }),
    capabilities: known(sonarqubeFile, []),
    writable: known(sonarqubeFile, {
      volumes: [
        ...["/opt/sonarqube/data", "/opt/sonarqube/extensions"],
        ...["/opt/sonarqube/logs", "/opt/sonarqube/temp"],
      ],
      scratch: ["/tmp"],
      exceptTags: ["9*", "lts*"],
    }),
    ports: known(sonarqubeFile, [9000]),
    credentials: known(officialDocs("sonarqube"), "admin / admin"),
    limits: { memory: "4g", pids: 8192 },
  },
  {
    title: "Sonatype Nexus",
    names: ["docker.io/sonatype/nexus3"],
    user: known(nexusFile, { start: "nexus", uid: 200 }),
    capabilities: known(nexusFile, []),
    ports: known(nexusFile, [8081]),
    limits: { memory: "4g", pids: 4096 },
  },
];
