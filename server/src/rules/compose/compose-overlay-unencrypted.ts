import { entriesOf, scalarOf } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { addFirstKey } from "../shared/composeFirstKey";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-overlay-unencrypted",
  language: "compose",
  title: "Traffic between machines of a swarm is encrypted",
  why: `An overlay network carries what services say to each other over the network between the machines, in VXLAN packets
without encryption: passwords of databases, sessions, data. Whoever is on that network reads it, and can send packets of
their own into the overlay. Only the swarm's own management traffic is encrypted by default.

With \`driver_opts: { encrypted: "true" }\` the engine encrypts it with IPsec, which costs some throughput. It is not needed
where the machines talk over an encrypted or separate network, and does not work with Windows. The network must be made
anew. The fix adds the option; \`external\` networks are made elsewhere and not reported.`,
  category: "network",
  severity: "medium",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:7.3", "cis:7.3", "cwe:311"],
  references: [
    {
      title: "Docker: overlay network driver, encryption",
      url: "https://docs.docker.com/engine/network/drivers/overlay/#encrypt-traffic-on-an-overlay-network",
    },
    {
      title: "Compose file reference: driver_opts",
      url: "https://docs.docker.com/reference/compose-file/networks/#driver_opts",
    },
    cisDocker,
    cwe(311, "Missing encryption of sensitive data"),
  ],
  local: true,
  messages: {
    plain: (network: string) =>
      `What services say to each other on ${network} crosses the machines' network in the clear`,
  },
  bad: [
    {
      title: "no options",
      source:
        "services:\n  a:\n    image: x:1\nnetworks:\n  back:\n    «driver: overlay» # swarm\n    attachable: true\n",
      fixed:
        'services:\n  a:\n    image: x:1\nnetworks:\n  back:\n    driver_opts: { encrypted: "true" }\n    driver: overlay # swarm\n    attachable: true\n',
    },
    {
      title: "other options, and flow style",
      source:
        "services:\n  a:\n    image: x:1\nnetworks:\n  back:\n    «driver: overlay»\n    driver_opts:\n      com.docker.network.driver.mtu: 1400\n  front: { «driver: 'overlay'» }\n",
      fixed:
        'services:\n  a:\n    image: x:1\nnetworks:\n  back:\n    driver: overlay\n    driver_opts:\n      encrypted: "true"\n      com.docker.network.driver.mtu: 1400\n  front: { driver_opts: { encrypted: "true" }, driver: \'overlay\' }\n',
    },
    {
      title: "switched off",
      source:
        'services:\n  a:\n    image: x:1\nnetworks:\n  back:\n    «driver: overlay»\n    driver_opts: { encrypted: "false" }\n',
    },
  ],
  good: [
    {
      title: "encrypted",
      source:
        'services:\n  a:\n    image: x:1\nnetworks:\n  back:\n    driver: overlay\n    driver_opts:\n      encrypted: ""\n',
    },
    {
      title: "another driver",
      source: "services:\n  a:\n    image: x:1\nnetworks:\n  back:\n    driver: bridge\n",
    },
    {
      title: "made elsewhere",
      source:
        "services:\n  a:\n    image: x:1\nnetworks:\n  back:\n    driver: overlay\n    external: true\n",
    },
  ],
  check(document, { report }) {
    for (const { nameSpan, name, fields } of document.networks) {
      const driver = fields.get("driver");
      if (driver === undefined || fields.has("external") || scalarOf(driver.node)?.value !== "overlay")
        continue;
      const options = fields.get("driver_opts");
      const encrypted = entriesOf(options?.node).find((entry) => entry.key === "encrypted");
      const value = scalarOf(encrypted?.value)?.value.toLowerCase() ?? "";
      if (encrypted !== undefined && !["false", "0", "f"].includes(value)) continue;
      const edit =
        options === undefined
          ? addFirstKey(document, nameSpan, "driver_opts", '{ encrypted: "true" }')
          : addFirstKey(document, options.keySpan, "encrypted", '"true"');
      report("plain", [shorten(name, 40)], {
        at: spanOfField(driver),
        fixes: encrypted === undefined ? unsafeFix("Encrypt the network", edit) : [],
      });
    }
  },
});
