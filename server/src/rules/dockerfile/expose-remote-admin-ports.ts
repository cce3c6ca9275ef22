import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { exposureWords, sensitiveExposures } from "../shared/sensitivePorts";

export default defineRule({
  id: "expose-remote-admin-ports",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["EXPOSE"], words: exposureWords("administration") },
  title: "No image offers remote administration",
  why: `Telnet, rlogin and VNC send passwords and everything that is typed in the clear; Remote Desktop, Radmin and WinRM
give a whole session to whoever guesses one. All of them are looked for all the time on the Internet. A container is
administered from outside, with \`docker exec\` and new images, and needs none of them.

Take the server out of the image, not only this line: a port that listens can be reached from the container's network
whether EXPOSE names it or not.

An image that is a desktop, or a browser that people look at in tests, is right to be reached by VNC: publish the port
for the machine itself only (\`-p 127.0.0.1:5900:5900\`) and say so in an ignore comment. SSH has a rule of its own.

The fix deletes the port. It is not called safe, since \`docker run -P\` and some proxies go by this line.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["sonar:S6473", "cis:5.9", "cwe:284"],
  references: [dockerfileReference("EXPOSE", "expose"), cisDocker, cwe(284, "Improper access control")],
  messages: {
    exposed: (port: string, service: string) =>
      `Port ${port} is ${service}, by which whoever reaches it can try to take over the container`,
  },
  bad: [
    {
      title: "each of them",
      source:
        "FROM debian:12\nEXPOSE «23» 80 «3389» «5800/tcp» «5900»\nEXPOSE «5901»\nEXPOSE «5985» «5986» «513»\nUSER app\n",
      fixed: "FROM debian:12\nEXPOSE 80\nUSER app\n",
    },
    { title: "within a range, without a fix", source: "FROM debian:12\nEXPOSE «5890-5910»\n" },
    {
      title: "by a variable",
      source: "FROM debian:12\nENV VNC_PORT=5900\nEXPOSE «$VNC_PORT»\nEXPOSE «${VNC_PORT}/TCP»\n",
      fixed: "FROM debian:12\nENV VNC_PORT=5900\n",
    },
  ],
  good: [
    { title: "SSH has its own rule", source: "FROM debian:12\nEXPOSE 22\n" },
    { title: "other ports", source: "FROM debian:12\nEXPOSE 2323 33890 5000 6000-6010\n" },
    { title: "another protocol", source: "FROM debian:12\nEXPOSE 3389/udp 514/udp\n" },
  ],
  check(document, { report }) {
    for (const { at, port, service, fixes } of sensitiveExposures(document, "administration"))
      report("exposed", [port, service], { at, fixes });
  },
});
