using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>Why a certificate was refused, from how OpenSSL, Go, Java, .NET and Node put it.</summary>
internal static class CertificateReason
{
    private static readonly (string Reason, SearchValues<string> Phrases)[] s_reasons =
    [
        // Go says "has expired or is not yet valid" of both, and then which: "current time … is before …".
        ("not yet valid", Phrases("is before", "certificate is not yet valid", "CertificateNotYetValid", "CERT_NOT_YET_VALID")),
        ("expired", Phrases("expired", "NotTimeValid", "NotAfter")),
        ("name mismatch",
            Phrases("certificate is valid for", "certificate is not valid for", "NameMismatch", "name mismatch", "hostname mismatch",
            "doesn't match", "does not match", "No subject alternative",
            "no alternative certificate subject name", "ALTNAME_INVALID", "doesn't contain any IP SANs")),
        ("unknown authority",
            Phrases("unknown authority", "self-signed", "self signed", "local issuer", "PKIX path", "unknown ca", "UntrustedRoot",
            "PartialChain", "not trusted", "unable to verify the first")),
    ];

    /// <summary>The reason in words; empty if it is another one.</summary>
    public static string Of(ReadOnlySpan<char> message)
    {
        foreach (var (reason, phrases) in s_reasons)
        {
            if (message.ContainsAny(phrases))
            {
                return reason;
            }
        }

        return "";
    }

    private static SearchValues<string> Phrases(params string[] phrases) =>
        SearchValues.Create(phrases, StringComparison.OrdinalIgnoreCase);
}
