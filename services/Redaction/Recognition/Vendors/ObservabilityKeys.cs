using static FaultMaven.Redaction.Recognition.Alphabets;
using static FaultMaven.Redaction.Recognition.Vendors.KeyForm;

namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Monitoring, logging, on-call and feature flags. Forms from the vendors' API documentation.</summary>
internal static class ObservabilityKeys
{
    public static readonly KeyForm[] Forms =
    [
        new("NEW_RELIC_KEY", "NRAK-", Alphanumeric, 27, 42),
        new("NEW_RELIC_KEY", "NRII-", Base64Url, 32, 42),
        new("NEW_RELIC_KEY", "NRRA-", Alphanumeric, 42, 42),
        AtLeast("GRAFANA_TOKEN", "glsa_", Word, 40),
        AtLeast("GRAFANA_TOKEN", "glc_", Base64, 32),

        // Base64 of {"k":" and of {"n":": keys from before service accounts.
        AtLeast("GRAFANA_KEY", "eyJrIjoi", Base64, 40),
        AtLeast("PAGERDUTY_TOKEN", "pdus+", Base64Url, 20),
        AtLeast("SENTRY_TOKEN", "sntrys_", Base64, 40),
        AtLeast("SENTRY_TOKEN", "sntryu_", LowerHex, 60),
        AtLeast("DYNATRACE_TOKEN", "dt0c01.", Base64UrlDotted, 80),
        AtLeast("DYNATRACE_TOKEN", "dt0s01.", Base64UrlDotted, 70),
        AtLeast("HONEYCOMB_KEY", "hcaik_", LowerAlphanumeric, 40),
        AtLeast("HONEYCOMB_KEY", "hcbik_", LowerAlphanumeric, 40),
        AtLeast("ELASTIC_KEY", "essu_", Base64, 40),
        new("POSTHOG_KEY", "phc_", Alphanumeric, 40, 60),
        new("POSTHOG_KEY", "phx_", Alphanumeric, 40, 60),
        new("POSTHOG_KEY", "phs_", Alphanumeric, 40, 60),
        new("POSTHOG_KEY", "pha_", Alphanumeric, 40, 60),
        new("POSTHOG_KEY", "phr_", Alphanumeric, 40, 60),
        Exactly("AXIOM_TOKEN", "xaat-", HexDashed, 36),
        Exactly("AXIOM_TOKEN", "xapt-", HexDashed, 36),
        Exactly("LAUNCHDARKLY_KEY", "sdk-", HexDashed, 36),
        Exactly("LAUNCHDARKLY_KEY", "api-", HexDashed, 36),
    ];
}
