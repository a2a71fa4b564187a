using static FaultMaven.Redaction.Recognition.Alphabets;
using static FaultMaven.Redaction.Recognition.Vendors.KeyForm;

namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Payments, shops and shipping. Forms from the vendors' API documentation.</summary>
internal static class PaymentKeys
{
    public static readonly KeyForm[] Forms =
    [
        // Publishable keys (pk_) are meant to be seen and are not listed.
        AtLeast("STRIPE_KEY", "sk_live_", Alphanumeric, 16),
        AtLeast("STRIPE_KEY", "sk_test_", Alphanumeric, 16),
        AtLeast("STRIPE_KEY", "rk_live_", Alphanumeric, 16),
        AtLeast("STRIPE_KEY", "rk_test_", Alphanumeric, 16),
        AtLeast("STRIPE_WEBHOOK_SECRET", "whsec_", Base64, 20),
        AtLeast("SQUARE_TOKEN", "sq0atp-", Base64Url, 22),
        AtLeast("SQUARE_SECRET", "sq0csp-", Base64Url, 40),
        Exactly("SQUARE_TOKEN", "EAAA", Base64Url, 60),
        Exactly("SHOPIFY_TOKEN", "shpat_", Hex, 32),
        Exactly("SHOPIFY_TOKEN", "shpca_", Hex, 32),
        Exactly("SHOPIFY_TOKEN", "shppa_", Hex, 32),
        Exactly("SHOPIFY_SECRET", "shpss_", Hex, 32),
        AtLeast("PAYPAL_TOKEN", "access_token$production$", PaymentToken, 40),
        AtLeast("PAYPAL_TOKEN", "access_token$sandbox$", PaymentToken, 40),
        Exactly("PLAID_TOKEN", "access-production-", HexDashed, 36),
        Exactly("PLAID_TOKEN", "access-sandbox-", HexDashed, 36),
        Exactly("PLAID_TOKEN", "access-development-", HexDashed, 36),
        new("RAZORPAY_KEY", "rzp_live_", Alphanumeric, 14, 24),
        new("RAZORPAY_KEY", "rzp_test_", Alphanumeric, 14, 24),
        AtLeast("FLUTTERWAVE_KEY", "FLWSECK-", Base64Url, 30),
        AtLeast("FLUTTERWAVE_KEY", "FLWSECK_TEST-", Base64Url, 12),
        AtLeast("DUFFEL_TOKEN", "duffel_live_", Base64Url, 40),
        AtLeast("DUFFEL_TOKEN", "duffel_test_", Base64Url, 40),
        Exactly("EASYPOST_KEY", "EZAK", Alphanumeric, 54),
        Exactly("EASYPOST_KEY", "EZTK", Alphanumeric, 54),
        Exactly("SHIPPO_TOKEN", "shippo_live_", LowerHex, 40),
        Exactly("SHIPPO_TOKEN", "shippo_test_", LowerHex, 40),
        Exactly("MOLLIE_KEY", "live_", Alphanumeric, 30, needsDigit: true),
        Exactly("MOLLIE_KEY", "test_", Alphanumeric, 30, needsDigit: true),
    ];
}
