import { type TokenFormat, tokensOf } from "./tokenFormat";

/** Tokens of clouds, source hosting, package indexes, databases and other infrastructure. */
export const platformTokens: readonly TokenFormat[] = [
  // Clouds.
  ...tokensOf("AWS", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html", [
    ["aws-access-key-id", "AKIA", "[A-Z2-7]{16}"],
    ["aws-temporary-access-key-id", "ASIA", "[A-Z2-7]{16}"],
  ]),
  ...tokensOf("AWS", "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html", [
    ["aws-bedrock-api-key", "ABSK", "[A-Za-z0-9+/]{100,140}={0,2}"],
  ]),
  ...tokensOf("Google Cloud", "https://cloud.google.com/docs/authentication/api-keys", [
    ["google-api-key", "AIza", "[A-Za-z0-9_-]{35}"],
  ]),
  ...tokensOf("Google Cloud", "https://developers.google.com/identity/protocols/oauth2", [
    ["google-oauth-client-secret", "GOCSPX-", "[A-Za-z0-9_-]{28}"],
    ["google-oauth-access-token", "ya29.", "[A-Za-z0-9_-]{30,400}"],
  ]),
  ...tokensOf(
    "Azure",
    "https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string",
    [
      [
        "azure-storage-account-key",
        "AccountKey=",
        "[A-Za-z0-9+/]{86}==",
        { context: 11, examples: ["Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1"] },
      ],
    ],
  ),
  ...tokensOf("Azure", "https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas", [
    [
      "azure-shared-access-key",
      "SharedAccessKey=",
      "[A-Za-z0-9+/]{43}=",
      { context: 16, examples: ["SAS_KEY_VALUE"] },
    ],
  ]),
  ...tokensOf(
    "Azure",
    "https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals",
    [
      [
        "azure-client-secret",
        "8Q~",
        "[A-Za-z0-9~._-]{31,34}",
        { lead: { characters: /[A-Za-z0-9_~.-]/, least: 3, most: 3 } },
      ],
    ],
  ),
  ...tokensOf("DigitalOcean", "https://docs.digitalocean.com/reference/api/create-personal-access-token/", [
    ["digitalocean-personal-access-token", "dop_v1_", "[a-f0-9]{64}"],
  ]),
  ...tokensOf("DigitalOcean", "https://docs.digitalocean.com/reference/api/oauth/", [
    ["digitalocean-oauth-token", "doo_v1_", "[a-f0-9]{64}"],
    ["digitalocean-refresh-token", "dor_v1_", "[a-f0-9]{64}"],
  ]),
  ...tokensOf(
    "Alibaba Cloud",
    "https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair",
    [["alibaba-access-key-id", "LTAI", "[A-Za-z0-9]{16,26}"]],
  ),
  ...tokensOf("Tencent Cloud", "https://www.tencentcloud.com/document/product/598", [
    ["tencent-secret-id", "AKID", "[A-Za-z0-9]{32}"],
  ]),
  ...tokensOf("Yandex Cloud", "https://yandex.cloud/en/docs/iam/concepts/authorization/api-key", [
    ["yandex-api-key", "AQVN", "[A-Za-z0-9_-]{35,38}"],
  ]),
  ...tokensOf("Fly.io", "https://fly.io/docs/security/tokens/", [
    ["flyio-access-token", "fm2_", "[A-Za-z0-9+/=_-]{100,800}"],
    ["flyio-access-token", "FlyV1 fm", "[12][ar]?_[A-Za-z0-9+/=_,-]{100,800}"],
  ]),
  ...tokensOf("Heroku", "https://devcenter.heroku.com/articles/authentication", [
    ["heroku-api-key", "HRKU-", "[A-Za-z0-9_-]{36,70}"],
  ]),
  ...tokensOf("Scaleway", "https://www.scaleway.com/en/docs/iam/concepts/", [
    ["scaleway-access-key", "SCW", "[A-Z0-9]{17}", { leastVaried: 8 }],
  ]),
  // Source hosting, registries and package indexes.
  ...tokensOf(
    "GitHub",
    "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github",
    [
      ["github-personal-access-token", "ghp_", "[A-Za-z0-9]{36}"],
      ["github-oauth-token", "gho_", "[A-Za-z0-9]{36}"],
      ["github-user-token", "ghu_", "[A-Za-z0-9]{36}"],
      ["github-server-token", "ghs_", "[A-Za-z0-9]{36}"],
      ["github-refresh-token", "ghr_", "[A-Za-z0-9]{36,76}"],
      ["github-fine-grained-token", "github_pat_", "[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"],
    ],
  ),
  ...tokensOf("GitLab", "https://docs.gitlab.com/security/tokens/", [
    ["gitlab-personal-access-token", "glpat-", "[A-Za-z0-9_-]{20,64}(?:\\.[a-z0-9]{2}\\.[a-z0-9]{7,9})?"],
    ["gitlab-deploy-token", "gldt-", "[A-Za-z0-9_-]{20,64}"],
    ["gitlab-runner-token", "glrt-", "[A-Za-z0-9_-]{20,64}(?:\\.[a-z0-9]{2}\\.[a-z0-9]{7,9})?"],
    ["gitlab-runner-registration-token", "GR1348941", "[A-Za-z0-9_-]{20}"],
    ["gitlab-ci-job-token", "glcbt-", "[A-Za-z0-9]{1,5}_[A-Za-z0-9_-]{20}"],
    ["gitlab-trigger-token", "glptt-", "[a-f0-9]{40}"],
    ["gitlab-feed-token", "glft-", "[A-Za-z0-9_-]{20,64}"],
    ["gitlab-incoming-mail-token", "glimt-", "[A-Za-z0-9_-]{25}"],
    ["gitlab-scim-token", "glsoat-", "[A-Za-z0-9_-]{20}"],
    ["gitlab-oauth-application-secret", "gloas-", "[A-Za-z0-9_-]{64}"],
    ["gitlab-agent-token", "glagent-", "[A-Za-z0-9_-]{50}"],
  ]),
  ...tokensOf("Bitbucket", "https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/", [
    ["bitbucket-app-password", "ATBB", "[A-Za-z0-9]{32}"],
  ]),
  ...tokensOf("Bitbucket", "https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/", [
    ["bitbucket-access-token", "ATCTT3xFfG", "[A-Za-z0-9+/=_-]{150,400}=[A-F0-9]{8}"],
  ]),
  ...tokensOf("npm", "https://docs.npmjs.com/about-access-tokens", [
    ["npm-access-token", "npm_", "[A-Za-z0-9]{36}"],
  ]),
  ...tokensOf("PyPI", "https://pypi.org/help/#apitoken", [
    ["pypi-token", "pypi-AgE", "[A-Za-z0-9_-]{50,1000}"],
  ]),
  ...tokensOf("RubyGems", "https://guides.rubygems.org/api-key-scopes/", [
    ["rubygems-api-key", "rubygems_", "[a-f0-9]{48}"],
  ]),
  ...tokensOf("crates.io", "https://doc.rust-lang.org/cargo/reference/registry-authentication.html", [
    ["cratesio-token", "cio", "[A-Za-z0-9]{32}", { leastVaried: 12 }],
  ]),
  ...tokensOf("NuGet", "https://learn.microsoft.com/nuget/nuget-org/publish-a-package", [
    ["nuget-api-key", "oy2", "[a-z0-9]{43}", { leastVaried: 12 }],
  ]),
  ...tokensOf("Clojars", "https://github.com/clojars/clojars-web/wiki/Deploy-Tokens", [
    ["clojars-deploy-token", "CLOJARS_", "[a-z0-9]{60}"],
  ]),
  ...tokensOf("Docker", "https://docs.docker.com/security/access-tokens/", [
    ["docker-personal-access-token", "dckr_pat_", "[A-Za-z0-9_-]{27}"],
  ]),
  ...tokensOf("Docker", "https://docs.docker.com/enterprise/security/access-tokens/", [
    ["docker-organization-access-token", "dckr_oat_", "[A-Za-z0-9_-]{27,40}"],
  ]),
  ...tokensOf("JFrog", "https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens", [
    ["jfrog-api-key", "AKCp", "[A-Za-z0-9]{60,80}"],
    ["jfrog-reference-token", "cmVmdGtu", "[A-Za-z0-9]{56}"],
  ]),
  ...tokensOf("SonarQube", "https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/", [
    ["sonarqube-token", "sqp_", "[a-f0-9]{40}"],
    ["sonarqube-token", "squ_", "[a-f0-9]{40}"],
    ["sonarqube-token", "sqa_", "[a-f0-9]{40}"],
  ]),
  ...tokensOf("Snyk", "https://docs.snyk.io/snyk-api/authentication-for-api", [
    ["snyk-api-token", "snyk_uat.", "[a-f0-9]{8}\\.[A-Za-z0-9._-]{40,400}"],
  ]),
  ...tokensOf("Buildkite", "https://buildkite.com/docs/apis/managing-api-tokens", [
    ["buildkite-user-token", "bkua_", "[a-z0-9]{40}"],
  ]),
  ...tokensOf("CircleCI", "https://circleci.com/docs/managing-api-tokens/", [
    ["circleci-token", "CCIPAT_", "[A-Za-z0-9]{22}_[a-f0-9]{40}"],
    ["codecov-circleci-project-token", "CCIPRJ_", "[A-Za-z0-9]{22}_[a-f0-9]{40}"],
  ]),
  // Infrastructure, secrets and identity.
  ...tokensOf("HashiCorp Vault", "https://developer.hashicorp.com/vault/docs/concepts/tokens", [
    ["vault-service-token", "hvs.", "[A-Za-z0-9_-]{24,140}"],
    ["vault-batch-token", "hvb.", "[A-Za-z0-9_-]{100,300}"],
    ["vault-recovery-token", "hvr.", "[A-Za-z0-9_-]{24,140}"],
  ]),
  ...tokensOf(
    "HCP Terraform",
    "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens",
    [
      [
        "terraform-cloud-token",
        ".atlasv1.",
        "[A-Za-z0-9_=-]{60,70}",
        { lead: { characters: /[A-Za-z0-9]/, least: 14, most: 14 } },
      ],
    ],
  ),
  ...tokensOf("Pulumi", "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/", [
    ["pulumi-access-token", "pul-", "[a-f0-9]{40}"],
  ]),
  ...tokensOf("Doppler", "https://docs.doppler.com/reference/auth-token-formats", [
    ["doppler-token", "dp.pt.", "[A-Za-z0-9]{40,44}"],
    ["doppler-service-token", "dp.st.", "(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}"],
    ["doppler-cli-token", "dp.ct.", "[A-Za-z0-9]{40,44}"],
  ]),
  ...tokensOf("1Password", "https://developer.1password.com/docs/service-accounts/", [
    ["onepassword-service-account-token", "ops_eyJ", "[A-Za-z0-9+/_-]{200,1500}={0,3}"],
  ]),
  ...tokensOf("age", "https://age-encryption.org/v1", [
    ["age-secret-key", "AGE-SECRET-KEY-1", "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"],
  ]),
  ...tokensOf("Tailscale", "https://tailscale.com/kb/1085/auth-keys", [
    ["tailscale-key", "tskey-", "[a-z]{3,12}-[A-Za-z0-9]{8,24}-[A-Za-z0-9]{20,64}"],
  ]),
  ...tokensOf("Cloudflare", "https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/", [
    ["cloudflare-origin-ca-key", "v1.0-", "[a-f0-9]{24}-[a-f0-9]{146}"],
  ]),
  ...tokensOf("Okta", "https://developer.okta.com/docs/guides/create-an-api-token/main/", [
    ["okta-token", "SSWS ", "00[A-Za-z0-9_-]{40}", { context: 5 }],
  ]),
  ...tokensOf("JSON Web Token", "https://www.rfc-editor.org/rfc/rfc7519", [
    [
      "json-web-token",
      "eyJ",
      "[A-Za-z0-9_-]{14,1000}\\.eyJ[A-Za-z0-9_-]{14,4000}\\.[A-Za-z0-9_-]{20,1000}",
      { examples: ["eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4g", "c3VwYWJhc2UtZGVtby"] },
    ],
  ]),
  // Databases and observability.
  ...tokensOf("PlanetScale", "https://planetscale.com/docs/api/planetscale-api-oauth-applications", [
    ["planetscale-token", "pscale_tkn_", "[A-Za-z0-9_.=-]{32,64}"],
    ["planetscale-oauth-token", "pscale_oauth_", "[A-Za-z0-9_.=-]{32,64}"],
  ]),
  ...tokensOf("PlanetScale", "https://planetscale.com/docs/concepts/connection-strings", [
    ["planetscale-password", "pscale_pw_", "[A-Za-z0-9_.=-]{32,64}"],
  ]),
  ...tokensOf("Supabase", "https://supabase.com/docs/reference/api/introduction", [
    ["supabase-access-token", "sbp_", "[a-f0-9]{40}"],
  ]),
  ...tokensOf("Supabase", "https://supabase.com/docs/guides/api/api-keys", [
    ["supabase-secret-key", "sb_secret_", "[A-Za-z0-9_-]{31,40}"],
  ]),
  ...tokensOf("Databricks", "https://docs.databricks.com/en/dev-tools/auth/pat.html", [
    ["databricks-token", "dapi", "[a-f0-9]{32}(?:-\\d)?"],
  ]),
  ...tokensOf("Grafana", "https://grafana.com/docs/grafana/latest/administration/service-accounts/", [
    ["grafana-service-account-token", "glsa_", "[A-Za-z0-9]{32}_[a-fA-F0-9]{8}"],
  ]),
  ...tokensOf(
    "Grafana",
    "https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies/",
    [["grafana-cloud-token", "glc_", "[A-Za-z0-9+/]{32,400}={0,2}"]],
  ),
  ...tokensOf("New Relic", "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/", [
    ["newrelic-user-key", "NRAK-", "[A-Z0-9]{27}"],
    ["newrelic-ingest-key", "NRII-", "[A-Za-z0-9_-]{32}"],
    [
      "newrelic-license-key",
      "FFFFNRAL",
      "",
      { lead: { characters: /[a-f0-9]/, least: 32, most: 32 }, leastVaried: 0 },
    ],
  ]),
  ...tokensOf("Sentry", "https://docs.sentry.io/account/auth-tokens/", [
    ["sentry-user-token", "sntryu_", "[a-f0-9]{64}"],
    ["sentry-organization-token", "sntrys_eyJ", "[A-Za-z0-9+/=_-]{60,500}"],
  ]),
  ...tokensOf(
    "Dynatrace",
    "https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens",
    [["dynatrace-token", "dt0c01.", "[A-Z2-7]{24}\\.[A-Z2-7]{64}"]],
  ),
  ...tokensOf("PostHog", "https://posthog.com/docs/api", [
    ["posthog-personal-api-key", "phx_", "[A-Za-z0-9]{43,48}"],
  ]),
  ...tokensOf(
    "Confluent",
    "https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html",
    [["confluent-cloud-secret", "cflt", "[A-Za-z0-9+/]{60}"]],
  ),
];
