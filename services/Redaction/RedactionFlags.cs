using FaultMaven.ServiceDefaults.Flags;

namespace FaultMaven.Redaction;

/// <summary>What operators can switch of Redaction while it runs.</summary>
internal static class RedactionFlags
{
    /// <summary>Whether the external recogniser is asked.</summary>
    public static readonly BoolFlag External = new(
        "redaction-external",
        true,
        "Whether the recogniser that Redaction:External names is asked. Off: text is redacted by our own recognisers alone.");

    /// <summary>What happens if the external recogniser does not answer.</summary>
    public static readonly ChoiceFlag<ExternalOutage> ExternalOutage = new(
        "redaction-external-outage",
        Redaction.ExternalOutage.AsConfigured,
        "What happens to a call if the external recogniser does not answer and the policy does not say: what Redaction:External:OnFailure "
        + "says, the call is refused, or text is redacted without it.");
}

/// <summary>What happens to a call if the external recogniser does not answer.</summary>
internal enum ExternalOutage
{
    /// <summary>What the configuration says.</summary>
    AsConfigured,

    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>Our own recognisers redact the text.</summary>
    NativeOnly,
}
