import type { ComposeDocument } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { entriesOf } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import type { Span } from "../../text/span";
import { namedTexts } from "../shared/composeNamedTexts";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { secretName } from "../shared/secrets/names";
import { findTokens } from "../shared/secrets/tokens";
import { judgeValue } from "../shared/secrets/values";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-traefik-basicauth-label",
  language: "compose",
  title: "No login and no key stands in a label",
  why: `Labels are there to be read: \`docker inspect\` shows them to everybody who may ask the engine, dashboards and monitoring
agents collect them, and this file is in the repository. A hash for Traefik's \`basicauth.users\` can be tried against millions
of passwords in a second, at home and unseen; a key or password for a dashboard's widget is in the clear.

For Traefik write \`basicauth.usersfile\` and mount the file as a secret, or \`\${DASHBOARD_USERS:?}\` to keep it out of the
repository at least. Then change the password: the old one is out.

Values from variables, paths and placeholders are not reported. There is no fix, since the file has to be made.`,
  category: "secrets",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["kics:passwords_and_secrets", "cis:4.10", "cwe:538"],
  references: [
    {
      title: "Traefik: BasicAuth",
      url: "https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/basicauth/",
    },
    composeKey("labels"),
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  local: true,
  messages: {
    users: () =>
      "Whoever reads this label can try passwords against its hashes, unseen and as often as they like",
    secret: (label: string) =>
      `Everybody who may look at containers or this file reads the value of ${label}`,
  },
  bad: [
    {
      title: "hashes",
      source:
        'services:\n  a:\n    image: traefik:v3.5\n    labels:\n      - traefik.enable=true\n      - "traefik.http.middlewares.auth.basicauth.users=«admin:$$apr1$$q8eZFHjF$$Fvmkk//V6Btlaf2i/ju5n/»"\n  b:\n    image: x:1\n    labels:\n      traefik.http.middlewares.d.digestauth.users: «ana:realm:8a9b2c3d4e5f60718293a4b5c6d7e8f9»\n',
    },
    {
      title: "of a deployment, and keys",
      source:
        "services:\n  a:\n    image: x:1\n    deploy:\n      labels:\n        - traefik.frontend.auth.basic.users=«ops:$$2y$$05$$Nv8qL2xR7tKe4Wz9Bm3YcOeGf1Hj2Kl3Mn4Op5Qr6St7Uv8Wx9Yz0»\n  b:\n    image: x:1\n    labels:\n      homepage.widget.key: «Nv8qL2xR7tKe4Wz9Bm3Yc»\n      homepage.widget.password: «tide-and-time»\n",
    },
    {
      title: "from an anchor, once",
      source:
        "x-l: &l\n  app.api-token: «Nv8qL2xR7tKe4Wz9»\nservices:\n  a:\n    image: x:1\n    labels: *l\n  b:\n    image: x:1\n    labels: *l\n",
    },
  ],
  good: [
    {
      title: "from outside, and files",
      source:
        "services:\n  a:\n    image: x:1\n    labels:\n      - traefik.http.middlewares.auth.basicauth.users=${USERS:?}\n      - traefik.http.middlewares.b.basicauth.usersfile=/run/secrets/users\n      - homepage.widget.key={{HOMEPAGE_VAR_KEY}}\n",
    },
    {
      title: "no secrets",
      source:
        "services:\n  a:\n    image: x:1\n    labels:\n      traefik.http.routers.web.middlewares: auth@docker\n      traefik.http.middlewares.auth.basicauth.removeheader: true\n      traefik.http.routers.w.tls.certresolver: le\n      traefik.http.middlewares.l.ratelimit.sourcecriterion.key: client\n",
    },
  ],
  check(document, { report }) {
    for (const label of labelsIn(document)) {
      const { raw } = label;
      if (raw === "" || findTokens(raw).length > 0) continue;
      if (/(?:basicauth|digestauth|auth\.basic|auth\.digest)\.users$/i.test(label.name)) {
        if (holdsLogin(raw)) report("users", [], { at: label.span });
        continue;
      }
      const severity = severityOf(label);
      if (severity !== undefined) report("secret", [shorten(label.name, 40)], { at: label.span, severity });
    }
  },
});

interface Label {
  readonly name: string;
  readonly raw: string;
  readonly span: Span;
}

function labelsIn(document: ComposeDocument): readonly Label[] {
  const own = distinct(
    document,
    ({ labels }) => labels,
    ({ span }) => span,
  ).flatMap(({ part: { name, value, valueSpan } }) =>
    value === undefined ? [] : [{ name, raw: value.raw, span: valueSpan }],
  );
  const deployed = distinct(
    document,
    ({ fields }) => [entriesOf(fields.get("deploy")?.node).find(({ key }) => key === "labels")?.value],
    ({ span }) => span,
  );
  const places = new Set(own.map(({ span }) => span.start));
  const further = deployed.flatMap(({ part }) => namedTexts(document, part));
  return [...own, ...further.filter(({ span }) => !places.has(span.start))];
}

/** `user:hash`, several with commas between them; not where a variable gives them. */
function holdsLogin(raw: string): boolean {
  return raw
    .split(",")
    .slice(0, 50)
    .some((entry) => /^\s*[^:$\s{]{1,64}:[^{].{11,}$/.test(entry) && !/\$\{|(?<!\$)\$[A-Za-z_]/.test(entry));
}

function severityOf({ name, raw }: Label): Severity | undefined {
  const strength = secretName(name.slice(name.lastIndexOf(".") + 1))?.strength;
  if (strength === undefined) return undefined;
  const judgement = judgeValue(raw, name);
  if (judgement === "random") return strength === "strong" ? "critical" : "high";
  if (strength !== "strong") return undefined;
  return judgement === "literal" ? "high" : judgement === "weak-default" ? "medium" : undefined;
}
