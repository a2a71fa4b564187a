using static FaultMaven.Redaction.Recognition.Alphabets;
using static FaultMaven.Redaction.Recognition.Vendors.KeyForm;

namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Chat, mail and telephony. Forms from the vendors' API documentation.</summary>
internal static class MessagingKeys
{
    public static readonly KeyForm[] Forms =
    [
        // api.slack.com/authentication/token-types.
        AtLeast("SLACK_TOKEN", "xoxb-", Base64Url, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxp-", Base64Url, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxa-", Base64Url, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxr-", Base64Url, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxs-", Base64Url, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxo-", Base64Url, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxc-", Base64Url, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxd-", Token, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxe-", Base64Url, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xoxe.xox", Base64UrlDotted, 16, needsDigit: true),
        AtLeast("SLACK_TOKEN", "xapp-", Base64Url, 16, needsDigit: true),

        // Webhooks: knowing the address is enough to post.
        AtLeast("SLACK_WEBHOOK", "hooks.slack.com/services/", UrlPath, 20),
        AtLeast("SLACK_WEBHOOK", "hooks.slack.com/workflows/", UrlPath, 20),
        AtLeast("DISCORD_WEBHOOK", "discord.com/api/webhooks/", UrlPath, 40),
        AtLeast("DISCORD_WEBHOOK", "discordapp.com/api/webhooks/", UrlPath, 40),
        AtLeast("TEAMS_WEBHOOK", "webhook.office.com/webhookb2/", UrlPath, 40),
        AtLeast("ZAPIER_WEBHOOK", "hooks.zapier.com/hooks/catch/", UrlPath, 10),

        Exactly("TWILIO_KEY", "SK", LowerHex, 32),
        Exactly("TWILIO_ACCOUNT", "AC", LowerHex, 32),
        new("SENDGRID_KEY", "SG.", Base64UrlDotted, 50, 80),
        Exactly("MAILGUN_KEY", "key-", LowerAlphanumeric, 32, needsDigit: true),
        AtLeast("BREVO_KEY", "xkeysib-", Base64Url, 60),
        AtLeast("BREVO_KEY", "xsmtpsib-", Base64Url, 60),
        AtLeast("RESEND_KEY", "re_", Word, 24, needsDigit: true),
    ];
}
