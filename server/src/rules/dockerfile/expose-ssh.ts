import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { exposureWords, sensitiveExposures } from "../shared/sensitivePorts";

export default defineRule({
  id: "expose-ssh",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["EXPOSE"], words: exposureWords("ssh") },
  title: "No image offers SSH",
  why: `An SSH server is a second way into the container: with keys or passwords of its own to keep secret and change,
updates of its own, and past everything that the platform logs and limits. \`docker exec\` and \`kubectl exec\` do the
same without any of that. \`EXPOSE 22\` says that the image is meant to be reached this way, and \`docker run -P\`
publishes the port on the host.

Take the server out of the image, not only this line: a port that listens can be reached from the container's network
whether EXPOSE names it or not.

A Git server or an SFTP server is right to be reached by SSH: give it a port above 1024, or say so in an ignore
comment. Port 22 over UDP is not reported.

The fix deletes the port. It is not called safe, since \`docker run -P\` and some proxies go by this line.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "trivy:DS-0004",
    "checkov:CKV_DOCKER_1",
    "kics:exposing_port_22",
    "sonar:S6473",
    "docker-bench:5.9",
    "cis:5.7",
    "cis:5.9",
    "cwe:284",
  ],
  references: [dockerfileReference("EXPOSE", "expose"), cisDocker, cwe(284, "Improper access control")],
  messages: {
    ssh: () => "SSH is a second way into the container, past what the platform logs and limits",
  },
  bad: [
    {
      title: "alone",
      source: "FROM debian:12\nEXPOSE «22»\nCMD app\n",
      fixed: "FROM debian:12\nCMD app\n",
    },
    {
      title: "among others, with its protocol, over lines",
      source: 'FROM debian:12\nEXPOSE 8080 \\\n    «22/tcp» \\\n    8443\nEXPOSE «"22"» 80/tcp\n',
      fixed: "FROM debian:12\nEXPOSE 8080 \\\n    8443\nEXPOSE 80/tcp\n",
    },
    { title: "within a range, without a fix", source: "FROM debian:12\nEXPOSE 80 «20-25/TCP»\n" },
    {
      title: "by a variable, and in a trigger",
      source: "FROM debian:12\nARG SSH=22\nEXPOSE «$SSH» «${PORT:-22}/tcp»\nONBUILD EXPOSE «22»\nUSER app\n",
      fixed: "FROM debian:12\nARG SSH=22\nUSER app\n",
    },
  ],
  good: [
    { title: "other ports", source: "FROM debian:12\nEXPOSE 2222 220 8022 80-90\n" },
    { title: "another protocol", source: "FROM debian:12\nEXPOSE 22/udp 22/sctp\n" },
    { title: "a variable that is not known", source: "FROM debian:12\nEXPOSE $PORT\n# EXPOSE 22\n" },
  ],
  check(document, { report }) {
    for (const { at, fixes } of sensitiveExposures(document, "ssh")) report("ssh", [], { at, fixes });
  },
});
