import type { Assignment } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { cwe, owaspSecrets } from "../shared/references";
import { secretName } from "../shared/secrets/names";
import { isSecretValue, judgeValue } from "../shared/secrets/values";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "frontend-env-prefix-secret",
  language: "dockerfile",
  title: "No secret is named so that the bundler publishes it",
  why: `Vite, Create React App, Next.js and their like write every variable that begins with \`VITE_\`, \`REACT_APP_\`,
\`NEXT_PUBLIC_\` and so on into the JavaScript that they build. Every visitor of the page can read it there, however the
image itself is guarded; a mounted build secret makes no difference.

Keep the secret on a server and let the page ask that server. Then change it: what has once been published is out.

Keys that are made to be public (of Firebase, maps, captchas, analytics, publishable and anonymous ones) are not
reported; passwords, private keys and secrets are high, other keys and tokens medium, since some are public as well.
Arguments without a default that are secrets by their whole name are the rule secret-name-in-arg's. There is no fix:
the program has to be changed.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["trivy:DS-0031", "cwe:200"],
  references: [
    { title: "Vite: env variables and modes", url: "https://vite.dev/guide/env-and-mode" },
    owaspSecrets,
    cwe(200, "Exposure of sensitive information to an unauthorized actor"),
  ],
  local: true,
  needs: {
    keywords: ["ENV", "ARG"],
    words: ["vite_", "react_app_", "public_", "nuxt_env_", "gatsby_", "vue_app_", "ng_app_", "storybook_"],
  },
  messages: {
    published: (name: string, prefix: string) =>
      `${name} begins with ${prefix}, so its value is in the JavaScript that every visitor loads`,
  },
  bad: [
    {
      title: "arguments and variables",
      source:
        "FROM node:22\nARG KEY\nARG «NEXT_PUBLIC_STRIPE_SECRET_KEY»\nENV «REACT_APP_DB_PASSWORD»=$KEY «VITE_SUPABASE_SERVICE_ROLE_KEY»=${KEY}\n",
    },
    {
      title: "a literal, of medium weight",
      source: "FROM node:22\nENV «NUXT_PUBLIC_API_TOKEN»=f8Kx02mPq7Lw9ZtR\n",
    },
  ],
  good: [
    {
      title: "made to be public",
      source:
        "FROM node:22\nARG NEXT_PUBLIC_FIREBASE_API_KEY\nARG NEXT_PUBLIC_RECAPTCHA_SITE_KEY\nENV VITE_MAPBOX_TOKEN=$X REACT_APP_STRIPE_PUBLISHABLE_KEY=$Y\n",
    },
    {
      title: "no secret",
      source: "FROM node:22\nARG VITE_API_URL\nENV NEXT_PUBLIC_TOKEN_URL=https://x NEXT_PUBLIC_API_KEY=\n",
    },
    { title: "reported by its name", source: "FROM node:22\nARG VITE_CLIENT_SECRET\n" },
    { title: "another prefix", source: "FROM node:22\nENV SERVER_SECRET=$X\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "ENV" && instruction.keyword !== "ARG") continue;
      for (const assignment of instruction.assignments) {
        const found = prefixOf.exec(assignment.name)?.[0];
        if (found === undefined) continue;
        const severity = severityOf(assignment.name.slice(found.length));
        if (severity === undefined || !holdsSecret(instruction.keyword, assignment)) continue;
        report("published", [shorten(assignment.name, 40), found], { at: assignment.nameSpan, severity });
      }
    }
  },
});

const prefixes =
  "VITE_|REACT_APP_|NEXT_PUBLIC_|NUXT_PUBLIC_|NUXT_ENV_|GATSBY_|VUE_APP_|EXPO_PUBLIC_|PUBLIC_|NG_APP_|STORYBOOK_";
const prefixOf = new RegExp(`^(?:${prefixes})`);

const madePublic =
  /firebase|google|maps?_|mapbox|captcha|turnstile|site|publish|anon|public|search|algolia|segment|amplitude|mixpanel|posthog|sentry|datadog|client_token|analytics|intercom|pusher|infura|alchemy|client_key|app_key|csrf|vapid/i;

function severityOf(name: string): Severity | undefined {
  if (/service_role/i.test(name)) return "high";
  const found = secretName(name);
  if (found?.strength !== "strong" || madePublic.test(name)) return undefined;
  return found.kind === "password" || /secret|private/i.test(name) ? "high" : "medium";
}

function holdsSecret(keyword: "ARG" | "ENV", { name, value }: Assignment): boolean {
  if (value === undefined || value === "")
    return keyword === "ARG" && secretName(name)?.strength !== "strong";
  const judgement = judgeValue(value, name);
  return judgement === "reference" || isSecretValue(judgement);
}
