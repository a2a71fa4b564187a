using static FaultMaven.Redaction.Recognition.Alphabets;
using static FaultMaven.Redaction.Recognition.Vendors.KeyForm;

namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>
/// Clouds, hosting and infrastructure. Forms from the vendors' API documentation and GitHub's list of supported secret patterns.
/// </summary>
internal static class CloudKeys
{
    public static readonly KeyForm[] Forms =
    [
        // IAM identifiers: AKIA long-lived, ASIA temporary, ABIA bearer of STS, ACCA context-specific.
        Exactly("AWS_ACCESS_KEY", "AKIA", UpperAlphanumeric, 16),
        Exactly("AWS_ACCESS_KEY", "ASIA", UpperAlphanumeric, 16),
        Exactly("AWS_ACCESS_KEY", "ABIA", UpperAlphanumeric, 16),
        Exactly("AWS_ACCESS_KEY", "ACCA", UpperAlphanumeric, 16),
        AtLeast("AWS_BEDROCK_KEY", "ABSK", Base64, 100),
        AtLeast("AWS_BEDROCK_KEY", "bedrock-api-key-", Base64, 40),
        Exactly("AWS_MWS_KEY", "amzn.mws.", LowerAlphanumericDashed, 36),
        Exactly("GCP_API_KEY", "AIza", Base64Url, 35),
        new("GOOGLE_OAUTH_SECRET", "GOCSPX-", Base64Url, 24, 40),
        AtLeast("GOOGLE_OAUTH_TOKEN", "ya29.", Base64UrlDotted, 20),
        AtLeast("GOOGLE_OAUTH_TOKEN", "1//0", Base64Url, 30),
        new("ALIBABA_ACCESS_KEY", "LTAI", Alphanumeric, 12, 24, NeedsDigit: true),
        new("TENCENT_SECRET_ID", "AKID", Alphanumeric, 28, 40),
        new("YANDEX_API_KEY", "AQVN", Base64Url, 35, 40),
        AtLeast("YANDEX_TOKEN", "y0_", Base64Url, 50),
        AtLeast("YANDEX_IAM_TOKEN", "t1.9eu", Base64UrlDotted, 60),
        Exactly("DIGITALOCEAN_TOKEN", "dop_v1_", Hex, 64),
        Exactly("DIGITALOCEAN_TOKEN", "doo_v1_", Hex, 64),
        Exactly("DIGITALOCEAN_TOKEN", "dor_v1_", Hex, 64),
        new("CLOUDFLARE_TOKEN", "cfut_", Word, 40, 60),
        new("CLOUDFLARE_TOKEN", "cfat_", Word, 40, 60),
        new("CLOUDFLARE_TOKEN", "cfk_", Word, 40, 60),
        AtLeast("CLOUDFLARE_ORIGIN_KEY", "v1.0-", HexDashed, 100),
        Exactly("SCALEWAY_ACCESS_KEY", "SCW", UpperAlphanumeric, 17, needsDigit: true),
        AtLeast("FLY_TOKEN", "fm2_", Base64, 60),
        new("RENDER_KEY", "rnd_", Alphanumeric, 28, 40),
        new("NETLIFY_TOKEN", "nfp_", Alphanumeric, 36, 48),
        new("HEROKU_KEY", "HRKU-", Base64Url, 36, 70),
        new("SUPABASE_TOKEN", "sbp_", Word, 40, 60),
        AtLeast("SUPABASE_SECRET", "sb_secret_", Base64Url, 20),
        new("PLANETSCALE_TOKEN", "pscale_tkn_", Base64UrlDotted, 32, 64),
        new("PLANETSCALE_PASSWORD", "pscale_pw_", Base64UrlDotted, 32, 64),
        new("PLANETSCALE_TOKEN", "pscale_oauth_", Base64UrlDotted, 32, 64),
        new("NEON_KEY", "napi_", Alphanumeric, 40, 80),
        AtLeast("DOPPLER_TOKEN", "dp.pt.", Alphanumeric, 40),
        AtLeast("DOPPLER_TOKEN", "dp.st.", Base64UrlDotted, 40),
        AtLeast("DOPPLER_TOKEN", "dp.sa.", Alphanumeric, 40),
        AtLeast("DOPPLER_TOKEN", "dp.ct.", Alphanumeric, 40),
        AtLeast("DOPPLER_TOKEN", "dp.scim.", Alphanumeric, 40),
        AtLeast("DOPPLER_TOKEN", "dp.audit.", Alphanumeric, 40),
        Exactly("PULUMI_TOKEN", "pul-", LowerHex, 40),
        AtLeast("VAULT_TOKEN", "hvs.", Base64Url, 24),
        AtLeast("VAULT_TOKEN", "hvb.", Base64Url, 24),
        AtLeast("VAULT_TOKEN", "hvr.", Base64Url, 24),
        Exactly("VAULT_TOKEN", "s.", Alphanumeric, 24, needsDigit: true),
        new("DATABRICKS_TOKEN", "dapi", HexDashed, 32, 34),
        new("DATABRICKS_TOKEN", "dkea", HexDashed, 32, 34),
        AtLeast("MONGODB_ATLAS_SECRET", "mdb_sa_sk_", Base64Url, 20),
        AtLeast("TAILSCALE_KEY", "tskey-", Base64Url, 20, needsDigit: true),
        Exactly("OPENSHIFT_TOKEN", "sha256~", Base64Url, 43),
        Exactly("PREFECT_KEY", "pnu_", Alphanumeric, 36),
        Exactly("PREFECT_KEY", "pnb_", Alphanumeric, 36),
        new("INFRACOST_KEY", "ico-", Alphanumeric, 32, 40),
        Exactly("DEFINED_NETWORKING_KEY", "dnkey-", Base64Url, 79),
        AtLeast("SCALINGO_TOKEN", "tk-us-", Base64Url, 40),
        // NATS: base32 of a seed, its kind in the second letter (user, account, operator, cluster, server, curve).
        Exactly("NATS_SEED", "SU", UpperAlphanumeric, 56),
        Exactly("NATS_SEED", "SA", UpperAlphanumeric, 56),
        Exactly("NATS_SEED", "SO", UpperAlphanumeric, 56),
        Exactly("NATS_SEED", "SC", UpperAlphanumeric, 56),
        Exactly("NATS_SEED", "SN", UpperAlphanumeric, 56),
        Exactly("NATS_SEED", "SX", UpperAlphanumeric, 56),
        Exactly("AGE_SECRET_KEY", "AGE-SECRET-KEY-1", UpperAlphanumeric, 58),
        AtLeast("ONEPASSWORD_TOKEN", "ops_eyJ", Token, 60),
        AtLeast("ONEPASSWORD_TOKEN", "ops_", Base64Url, 100),
    ];
}
