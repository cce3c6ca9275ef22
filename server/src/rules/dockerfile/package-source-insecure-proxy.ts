import { defineRule } from "../../engine/rule";
import { environmentSettings } from "../shared/environmentSettings";
import { cwe } from "../shared/references";

export default defineRule({
  id: "package-source-insecure-proxy",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ENV", "ARG"], words: ["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"] },
  title: "No proxy is built into the image",
  why: `\`ENV HTTP_PROXY=…\` stays in the image: every container, and every image built from it, sends its traffic to
that address. Outside your network the address is dead, or somebody else's, who then reads and changes what is not
encrypted; and it tells outsiders how your network is built. Credentials in it can be read by all who get the image.

Docker hands the builder's proxy to every RUN by itself: \`docker build --build-arg HTTP_PROXY=…\`, or \`proxies\` in
the client's \`config.json\`. These variables need no ARG and leave no trace in the history. At run time, set them where
the container is started.

An empty value, \`NO_PROXY\`, and proxies for one command are not reported; the default of an ARG is low. The fix
deletes the assignment; it is not called safe, since a container may rely on it.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:319", "cwe:522"],
  references: [
    {
      title: "Docker: predefined build arguments",
      url: "https://docs.docker.com/reference/dockerfile/#predefined-args",
    },
    { title: "Docker: proxy configuration", url: "https://docs.docker.com/engine/cli/proxy/" },
    cwe(319, "Cleartext transmission of sensitive information"),
  ],
  messages: {
    kept: (name: string) => `${name} stays in the image, so every container sends its traffic to that proxy`,
    default: (name: string) => `The default of ${name} sends the traffic of every build to that proxy`,
  },
  bad: [
    {
      title: "in the image's environment",
      source:
        "FROM debian:12\nENV «http_proxy=http://proxy.example.com:3128» LANG=C\nENV «HTTPS_PROXY http://proxy.example.com:3128»\nRUN make\n",
      fixed: "FROM debian:12\nENV LANG=C\nRUN make\n",
    },
    {
      title: "taken over from the build",
      source: "FROM debian:12\nARG HTTP_PROXY\nENV «HTTP_PROXY=$HTTP_PROXY»\nRUN make\n",
      fixed: "FROM debian:12\nARG HTTP_PROXY\nRUN make\n",
    },
    {
      title: "a default, which is less",
      source: "FROM debian:12\nARG «all_proxy=socks5://proxy.example.com»\nRUN make\n",
      fixed: "FROM debian:12\nRUN make\n",
    },
  ],
  good: [
    { title: "given to the build", source: "FROM debian:12\nARG http_proxy\nARG https_proxy\nRUN make\n" },
    { title: "taken back", source: 'FROM registry.example.com/base:1\nENV http_proxy="" https_proxy=\n' },
    {
      title: "for one command",
      source: "FROM debian:12\nRUN https_proxy=http://proxy.example.com:3128 make\n",
    },
    {
      title: "other names",
      source: "FROM debian:12\nENV NO_PROXY=localhost PROXY_PORT=80 MY_HTTP_PROXY=http://a\n",
    },
  ],
  check(document, { report }) {
    for (const { name, value, by, span, fixes } of environmentSettings(document, names)) {
      if (by === "command" || value === "") continue;
      if (by === "ENV") report("kept", [name], { at: span, fixes });
      else report("default", [name], { at: span, fixes, severity: "low" });
    }
  },
});

const names = ["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"].flatMap((name) => [
  name,
  name.toUpperCase(),
]);
