import { type TokenFormat, tokensOf } from "./tokenFormat";

/** Tokens of services that applications call: messages, payments, models, tools for teams. */
export const serviceTokens: readonly TokenFormat[] = [
  // Communication.
  ...tokensOf("Slack", "https://api.slack.com/concepts/token-types", [
    ["slack-bot-token", "xoxb-", "[0-9]{10,13}-[0-9A-Za-z-]{14,80}"],
    ["slack-user-token", "xoxp-", "[0-9]{10,13}-[0-9A-Za-z-]{20,200}"],
    ["slack-configuration-token", "xoxe.xox", "[bp]-\\d-[A-Za-z0-9]{140,180}"],
    ["slack-refresh-token", "xoxe-", "\\d-[A-Za-z0-9]{140,180}"],
    ["slack-legacy-token", "xoxa-", "[0-9A-Za-z-]{20,200}"],
    ["slack-legacy-token", "xoxr-", "[0-9A-Za-z-]{20,200}"],
    ["slack-legacy-token", "xoxs-", "[0-9A-Za-z-]{20,200}"],
    ["slack-app-token", "xapp-", "\\d-[A-Z0-9]{8,14}-\\d{10,14}-[a-f0-9]{64}"],
  ]),
  ...tokensOf("Slack", "https://api.slack.com/messaging/webhooks", [
    [
      "slack-webhook",
      "https://hooks.slack.com/services/",
      "T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{23,26}",
      { examples: ["T00000000"] },
    ],
    [
      "slack-workflow-webhook",
      "https://hooks.slack.com/workflows/",
      "T[A-Z0-9]{8,12}/A[A-Z0-9]{8,12}/\\d{17,19}/[A-Za-z0-9]{23,26}",
    ],
  ]),
  ...tokensOf("Discord", "https://discord.com/developers/docs/resources/webhook", [
    ["discord-webhook", "https://discord.com/api/webhooks/", "\\d{17,20}/[A-Za-z0-9_-]{60,80}"],
    ["discord-webhook", "https://discordapp.com/api/webhooks/", "\\d{17,20}/[A-Za-z0-9_-]{60,80}"],
  ]),
  ...tokensOf(
    "Microsoft Teams",
    "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
    [
      [
        "teams-webhook",
        ".webhook.office.com/webhookb2/",
        "[a-f0-9-]{36}@[a-f0-9-]{36}/IncomingWebhook/[a-f0-9]{32}/[a-f0-9-]{36}",
        { lead: { characters: /[a-z0-9-]/, least: 1, most: 63 } },
      ],
    ],
  ),
  ...tokensOf("Telegram", "https://core.telegram.org/bots/api", [
    ["telegram-bot-token", ":AA", "[A-Za-z0-9_-]{33}", { lead: { characters: /\d/, least: 8, most: 10 } }],
  ]),
  ...tokensOf("Twilio", "https://www.twilio.com/docs/iam/api-keys", [
    ["twilio-api-key", "SK", "[a-f0-9]{32}", { leastVaried: 8 }],
  ]),
  ...tokensOf("SendGrid", "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys", [
    ["sendgrid-api-key", "SG.", "[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"],
  ]),
  ...tokensOf("Mailgun", "https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth", [
    ["mailgun-api-key", "key-", "[a-f0-9]{32}"],
  ]),
  ...tokensOf("Mailchimp", "https://mailchimp.com/developer/marketing/guides/quick-start/", [
    [
      "mailchimp-api-key",
      "-us",
      "\\d{1,2}",
      { lead: { characters: /[a-f0-9]/, least: 32, most: 32 }, leastVaried: 1 },
    ],
  ]),
  ...tokensOf("Brevo", "https://developers.brevo.com/docs/getting-started", [
    ["brevo-api-key", "xkeysib-", "[a-f0-9]{64}-[A-Za-z0-9]{16}"],
    ["brevo-smtp-key", "xsmtpsib-", "[a-f0-9]{64}-[A-Za-z0-9]{16}"],
  ]),
  ...tokensOf("Resend", "https://resend.com/docs/dashboard/api-keys/introduction", [
    ["resend-api-key", "re_", "[A-Za-z0-9]{8}_[A-Za-z0-9]{24}", { leastVaried: 12 }],
  ]),
  // Payments and shops.
  ...tokensOf("Stripe", "https://docs.stripe.com/keys", [
    ["stripe-secret-key", "sk_live_", "[A-Za-z0-9]{24,120}"],
    ["stripe-restricted-key", "rk_live_", "[A-Za-z0-9]{24,120}"],
    [
      "stripe-test-key",
      "sk_test_",
      "[A-Za-z0-9]{24,120}",
      { examples: ["4eC39HqLyjWDarjtT1zdp7dc", "BQokikJOvBiI2HlWgH4olfQ2"] },
    ],
  ]),
  ...tokensOf("Stripe", "https://docs.stripe.com/webhooks", [
    ["stripe-webhook-secret", "whsec_", "[A-Za-z0-9+/]{32,64}={0,2}"],
  ]),
  ...tokensOf("Square", "https://developer.squareup.com/docs/build-basics/access-tokens", [
    ["square-access-token", "EAAA", "[A-Za-z0-9_-]{60}"],
  ]),
  ...tokensOf("Square", "https://developer.squareup.com/docs/oauth-api/overview", [
    ["square-oauth-secret", "sq0csp-", "[A-Za-z0-9_-]{43}"],
  ]),
  ...tokensOf("Shopify", "https://shopify.dev/docs/apps/build/authentication-authorization", [
    ["shopify-access-token", "shpat_", "[a-fA-F0-9]{32}"],
    ["shopify-custom-app-token", "shpca_", "[a-fA-F0-9]{32}"],
    ["shopify-private-app-token", "shppa_", "[a-fA-F0-9]{32}"],
    ["shopify-shared-secret", "shpss_", "[a-fA-F0-9]{32}"],
  ]),
  ...tokensOf("Braintree", "https://developer.paypal.com/braintree/docs", [
    ["braintree-access-token", "access_token$production$", "[a-z0-9]{16}\\$[a-f0-9]{32}"],
  ]),
  ...tokensOf("Flutterwave", "https://developer.flutterwave.com/docs/authentication", [
    ["flutterwave-secret-key", "FLWSECK-", "[a-f0-9]{32}-X"],
  ]),
  ...tokensOf("EasyPost", "https://docs.easypost.com/docs/authentication", [
    ["easypost-api-key", "EZAK", "[A-Za-z0-9]{54}"],
  ]),
  // Machine learning.
  ...tokensOf("Anthropic", "https://docs.anthropic.com/en/api/overview", [
    ["anthropic-api-key", "sk-ant-", "(?:api|admin|oat)\\d\\d-[A-Za-z0-9_-]{80,120}"],
  ]),
  ...tokensOf("OpenAI", "https://platform.openai.com/docs/api-reference/authentication", [
    ["openai-project-key", "sk-proj-", "[A-Za-z0-9_-]{40,200}"],
    ["openai-service-account-key", "sk-svcacct-", "[A-Za-z0-9_-]{40,200}"],
    ["openai-admin-key", "sk-admin-", "[A-Za-z0-9_-]{40,200}"],
    ["openai-api-key", "sk-", "[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}"],
  ]),
  ...tokensOf("OpenRouter", "https://openrouter.ai/docs/api-reference/authentication", [
    ["openrouter-api-key", "sk-or-v1-", "[a-f0-9]{64}"],
  ]),
  ...tokensOf("Langfuse", "https://langfuse.com/docs/api", [
    ["langfuse-secret-key", "sk-lf-", "[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"],
  ]),
  ...tokensOf("a model provider", "https://platform.openai.com/docs/api-reference/authentication", [
    ["secret-key-of-model-provider", "sk-", "[A-Za-z0-9]{32,64}", { leastVaried: 10 }],
  ]),
  ...tokensOf("Hugging Face", "https://huggingface.co/docs/hub/security-tokens", [
    ["huggingface-token", "hf_", "[A-Za-z0-9]{34,40}"],
    ["huggingface-organization-token", "api_org_", "[A-Za-z]{34}"],
  ]),
  ...tokensOf("Groq", "https://console.groq.com/docs/quickstart", [
    ["groq-api-key", "gsk_", "[A-Za-z0-9]{52}"],
  ]),
  ...tokensOf("xAI", "https://docs.x.ai/docs/overview", [["xai-api-key", "xai-", "[A-Za-z0-9]{80}"]]),
  ...tokensOf("Perplexity", "https://docs.perplexity.ai/getting-started/quickstart", [
    ["perplexity-api-key", "pplx-", "[A-Za-z0-9]{48}"],
  ]),
  ...tokensOf("Replicate", "https://replicate.com/docs/topics/security/api-tokens", [
    ["replicate-api-token", "r8_", "[A-Za-z0-9]{37}"],
  ]),
  ...tokensOf("Tavily", "https://docs.tavily.com/documentation/quickstart", [
    ["tavily-api-key", "tvly-", "(?:dev-|prod-)?[A-Za-z0-9]{32}"],
  ]),
  ...tokensOf("LangSmith", "https://docs.smith.langchain.com/", [
    ["langsmith-api-key", "lsv2_", "(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"],
  ]),
  // Work and design tools.
  ...tokensOf(
    "Atlassian",
    "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/",
    [["atlassian-api-token", "ATATT3xFfG", "[A-Za-z0-9+/=_-]{150,400}"]],
  ),
  ...tokensOf("Linear", "https://linear.app/developers", [["linear-api-key", "lin_api_", "[A-Za-z0-9]{40}"]]),
  ...tokensOf("Notion", "https://developers.notion.com/docs/authorization", [
    ["notion-token", "ntn_", "[A-Za-z0-9]{43,50}"],
  ]),
  ...tokensOf("Figma", "https://www.figma.com/developers/api#access-tokens", [
    ["figma-token", "figd_", "[A-Za-z0-9_-]{40}"],
  ]),
  ...tokensOf("Postman", "https://learning.postman.com/docs/developer/postman-api/authentication/", [
    ["postman-api-key", "PMAK-", "[a-f0-9]{24}-[a-f0-9]{34}"],
  ]),
  ...tokensOf("Airtable", "https://airtable.com/developers/web/guides/personal-access-tokens", [
    ["airtable-token", "pat", "[A-Za-z0-9]{14}\\.[a-f0-9]{64}"],
  ]),
  ...tokensOf("Typeform", "https://www.typeform.com/developers/get-started/personal-access-token/", [
    ["typeform-token", "tfp_", "[A-Za-z0-9_.=-]{40,60}"],
  ]),
  ...tokensOf("Contentful", "https://www.contentful.com/developers/docs/references/authentication/", [
    ["contentful-management-token", "CFPAT-", "[A-Za-z0-9_-]{43}"],
  ]),
  ...tokensOf("Meta", "https://developers.facebook.com/docs/facebook-login/guides/access-tokens", [
    ["facebook-access-token", "EAAG", "[A-Za-z0-9]{80,300}"],
  ]),
];
