import type { ComposeDocument } from "../../documents/compose/model";
import { scalarOf, spanInScalar } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { maxVolumeOptions } from "../../ruleLimits";
import type { Span } from "../../text/span";
import { type NamedText, namedTexts } from "../shared/composeNamedTexts";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { secretName } from "../shared/secrets/names";
import { findTokens } from "../shared/secrets/tokens";
import { isSecretValue, judgeValue } from "../shared/secrets/values";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-volume-driver-credentials",
  language: "compose",
  title: "No password of a file server stands in the options of a volume",
  why: `The options of a volume, \`o: username=…,password=…\` for CIFS or the keys of S3 and SSHFS drivers, stand in the repository
and its history. And the engine keeps them in clear text: \`docker volume inspect\` shows them to everybody who may ask
it, and the host's \`mount\` may, too. They open the share for whoever has them, from any machine.

Mount the share on the host with a \`credentials=/etc/…\` file that root alone reads, and bind that folder; or read the value from
outside, \`password=\${SHARE_PASSWORD:?}\`, which keeps it out of the repository at least. Then change the password.

The value decides: variables and placeholders are not reported, random values are critical, words that everybody knows
medium. There is no fix, since the share is mounted in another way then.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:798"],
  references: [
    {
      title: "Compose file reference: driver_opts",
      url: "https://docs.docker.com/reference/compose-file/volumes/#driver_opts",
    },
    owaspSecrets,
    cisDocker,
    cwe(798, "Use of hard-coded credentials"),
  ],
  local: true,
  messages: {
    literal: (option: string, volume: string) =>
      `The ${option} of volume ${volume} is there for everyone who can read the repository`,
  },
  bad: [
    {
      title: "CIFS",
      source:
        'services: {}\nvolumes:\n  share:\n    driver: local\n    driver_opts:\n      type: cifs\n      o: username=web,password=«tide-and-time»,vers=3.0\n      device: //nas/share\n  other:\n    driver_opts: { type: cifs, o: "user=web,pass=«Nv8qL2xR7tKe4Wz9»", device: //nas/b }\n',
    },
    {
      title: "other drivers",
      source:
        'services: {}\nvolumes:\n  a:\n    driver: vieux/sshfs\n    driver_opts:\n      sshcmd: web@host:/srv\n      password: «tide-and-time»\n  b:\n    driver: rexray/s3fs\n    driver_opts:\n      secret_key: «"Nv8qL2xR7tKe4Wz9Bm3Yc"»\n',
    },
    {
      title: "a default, from an anchor, once",
      source:
        "x-o: &o\n  password: «${PASS:-tide-and-time}»\nservices: {}\nvolumes:\n  a:\n    driver_opts: *o\n  b:\n    driver_opts: *o\n",
    },
  ],
  good: [
    {
      title: "from outside",
      source:
        "services: {}\nvolumes:\n  a:\n    driver_opts:\n      type: cifs\n      o: username=web,password=${PASS:?},credentials=/etc/cifs\n      device: //nas/a\n",
    },
    {
      title: "no credentials",
      source:
        "services: {}\nvolumes:\n  a:\n    driver_opts:\n      type: nfs\n      o: addr=10.0.0.1,rw,nfsvers=4\n      device: ':/srv'\n  b:\n    driver_opts: { o: bind, device: /srv, type: none }\n",
    },
  ],
  check(document, { report }) {
    const seen = new Set<number>();
    for (const { name, fields } of document.volumes) {
      for (const { option, span, severity } of credentialsIn(
        document,
        namedTexts(document, fields.get("driver_opts")?.node),
      )) {
        if (seen.has(span.start)) continue;
        seen.add(span.start);
        report("literal", [shorten(option, 24), shorten(name, 32)], { at: span, severity });
      }
    }
  },
});

interface Credential {
  readonly option: string;
  readonly span: Span;
  readonly severity: "critical" | "high" | "medium";
}

function credentialsIn(document: ComposeDocument, options: readonly NamedText[]): readonly Credential[] {
  return options.flatMap((option) =>
    option.name === "o" ? partsOf(document, option) : judge(option.name, option.raw, option.span),
  );
}

/** The comma list that the kernel's `mount -o` takes. */
function partsOf({ text }: ComposeDocument, { raw, node }: NamedText): readonly Credential[] {
  const scalar = scalarOf(node);
  if (scalar === undefined || scalar.value !== raw) return [];
  let at = 0;
  return raw.split(",", maxVolumeOptions).flatMap((part) => {
    const from = at;
    at += part.length + 1;
    const sign = part.indexOf("=");
    if (sign < 0) return [];
    return judge(
      part.slice(0, sign).trim(),
      part.slice(sign + 1),
      spanInScalar(text, scalar, from + sign + 1, from + part.length),
    );
  });
}

function judge(option: string, value: string, span: Span): readonly Credential[] {
  const isSecret =
    /^(?:pass|passwd|password|password2)$/i.test(option) || secretName(option)?.strength === "strong";
  const judgement = judgeValue(value, option);
  if (!isSecret || !isSecretValue(judgement) || findTokens(value).length > 0) return [];
  const severity = judgement === "random" ? "critical" : judgement === "literal" ? "high" : "medium";
  return [{ option, span, severity }];
}
