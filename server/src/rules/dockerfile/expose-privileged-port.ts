import { defineRule } from "../../engine/rule";
import { exposedPorts } from "../shared/exposedPorts";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { isSensitive } from "../shared/sensitivePorts";

export default defineRule({
  id: "expose-privileged-port",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["EXPOSE"] },
  title: "The service listens on a port above 1023",
  why: `Linux lets only root, or a process with the capability NET_BIND_SERVICE, listen on a port below 1024. So an image
that does keeps a reason to run as root, and fails where the platform takes root and capabilities away.

Docker itself allows these ports to every user of a container since 20.10; Podman and many Kubernetes clusters do not.

Let the program listen on a high port (8080, 8443) and map the low one to it outside: \`-p 80:8080\`, a Service, a load
balancer. There is no fix: the port also stands in the program's own configuration.`,
  category: "network",
  severity: "info",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.8", "cis:5.8", "cwe:269"],
  references: [dockerfileReference("EXPOSE", "expose"), cisDocker, cwe(269, "Improper privilege management")],
  messages: {
    low: (port: string) =>
      `Port ${port} is below 1024, so outside Docker the service needs root or NET_BIND_SERVICE`,
  },
  bad: [
    { title: "the usual ones", source: "FROM debian:12\nEXPOSE «80» 8080 «443/tcp»\nEXPOSE «53/udp»\n" },
    {
      title: "a range, a variable, a trigger",
      source: "FROM debian:12\nARG PORT=80\nEXPOSE «$PORT» «1000-1100»\nONBUILD EXPOSE «25»\n",
    },
  ],
  good: [
    { title: "high ports", source: "FROM debian:12\nEXPOSE 8080 1024 5000-5010/udp\n" },
    { title: "what other rules say more about", source: "FROM debian:12\nEXPOSE 22 23\n" },
    { title: "not known", source: "FROM debian:12\nEXPOSE $PORT 0 http\n" },
  ],
  check(document, { report }) {
    for (const { value, from } of exposedPorts(document))
      if (from > 0 && from < 1024 && !isSensitive(from)) report("low", [`${from}`], { at: value.span });
  },
});
