using static FaultMaven.Redaction.Recognition.Alphabets;
using static FaultMaven.Redaction.Recognition.Vendors.KeyForm;

namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Office, design, content, identity and social services. Forms from the vendors' API documentation.</summary>
internal static class SoftwareKeys
{
    public static readonly KeyForm[] Forms =
    [
        AtLeast("NOTION_TOKEN", "ntn_", Alphanumeric, 40),
        Exactly("NOTION_TOKEN", "secret_", Alphanumeric, 43),
        new("LINEAR_KEY", "lin_api_", Alphanumeric, 32, 60),
        new("LINEAR_KEY", "lin_oauth_", Alphanumeric, 32, 80),
        AtLeast("FIGMA_TOKEN", "figd_", Base64Url, 36),
        AtLeast("FIGMA_TOKEN", "figma_pat_", Base64Url, 36),
        Exactly("AIRTABLE_TOKEN", "pat", AirtableToken, 79, needsDigit: true),
        AtLeast("DROPBOX_TOKEN", "sl.", Base64Url, 60),
        AtLeast("DROPBOX_TOKEN", "sl.u.", Base64Url, 60),
        AtLeast("FACEBOOK_TOKEN", "EAAC", Alphanumeric, 60),
        AtLeast("FACEBOOK_TOKEN", "EAAG", Alphanumeric, 60),
        AtLeast("FACEBOOK_TOKEN", "EAAB", Alphanumeric, 60),
        AtLeast("FACEBOOK_TOKEN", "EAAM", Alphanumeric, 60),
        AtLeast("FACEBOOK_TOKEN", "EAA", Alphanumeric, 100),
        AtLeast("INSTAGRAM_TOKEN", "IGAA", Base64Url, 60),
        AtLeast("INSTAGRAM_TOKEN", "IGQV", Base64Url, 60),
        AtLeast("X_BEARER_TOKEN", "AAAAAAAAAAAAAAAAAAAA", Token, 60),
        Exactly("HUBSPOT_TOKEN", "pat-na1-", HexDashed, 36),
        Exactly("HUBSPOT_TOKEN", "pat-na2-", HexDashed, 36),
        Exactly("HUBSPOT_TOKEN", "pat-eu1-", HexDashed, 36),
        new("CONTENTFUL_TOKEN", "CFPAT-", Base64Url, 40, 60),
        AtLeast("TYPEFORM_TOKEN", "tfp_", Base64UrlDotted, 40),
        AtLeast("MAPBOX_TOKEN", "sk.eyJ", Base64UrlDotted, 60),
        AtLeast("MAPBOX_TOKEN", "pk.eyJ", Base64UrlDotted, 60),
        AtLeast("ADOBE_SECRET", "p8e-", Base64Url, 32),
        AtLeast("FRAMEIO_TOKEN", "fio-u-", Base64Url, 60),
        AtLeast("UBIDOTS_TOKEN", "BBFF-", Alphanumeric, 30),
        AtLeast("WUNDERGRAPH_TOKEN", "cosmo_", LowerHex, 32),
        AtLeast("SALESFORCE_CONSUMER_KEY", "3MVG", Base64UrlDotted, 60),
        AtLeast("ONFIDO_TOKEN", "api_live.", Base64UrlDotted, 30),
    ];
}
