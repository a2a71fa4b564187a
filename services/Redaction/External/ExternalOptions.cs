using System.ComponentModel.DataAnnotations;
using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.External;

/// <summary>An additional recogniser that speaks the protocol of Presidio's analyzer.</summary>
internal sealed class ExternalOptions
{
    public const string Section = "Redaction:External";

    /// <summary>
    /// What it is asked for by default: personal data. Not times, places and groups of people, which would wipe out evidence.
    /// </summary>
    private static readonly string[] s_defaultTypes =
    [
        "PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "US_ITIN", "US_PASSPORT", "US_DRIVER_LICENSE",
        "US_BANK_NUMBER", "MEDICAL_LICENSE",
        "CRYPTO", "IP_ADDRESS",
    ];

    /// <summary>Where it is, <c>http://presidio:3000</c>; <c>/analyze</c> is called there. Default none.</summary>
    public Uri? Address { get; set; }

    /// <summary>The language that requests name. Default <c>en</c>.</summary>
    [RegularExpression("[a-z]{2,3}")]
    [Shown]
    public string Language { get; set; } = "en";

    /// <summary>Findings that it is less sure of don't count. Default 0.6.</summary>
    [Range(0.0, 1.0)]
    public double Threshold { get; set; } = 0.6;

    /// <summary>How long one request may take, of at most 16 Ki characters. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many requests may be under way at once; others wait. Default 4.</summary>
    [Range(1, 256)]
    public int MaxConcurrency { get; set; } = 4;

    /// <summary>What happens to a call if it does not answer, unless the policy says. Default the call is refused.</summary>
    [EnumDataType(typeof(OnFailure))]
    public OnFailure OnFailure { get; set; } = OnFailure.Refuse;

    /// <summary>The types that it is asked for; other findings don't count. Default a list of personal data.</summary>
    [MaxLength(200)]
    [Shown]
    public IList<string> Types { get; } = [];

    /// <summary>The types that it is asked for.</summary>
    public IEnumerable<string> RequestedTypes => Types.Count > 0 ? Types : s_defaultTypes;
}

/// <summary>What happens without the external recogniser.</summary>
internal enum OnFailure
{
    /// <summary>The call fails.</summary>
    Refuse,

    /// <summary>The call continues with our own recognisers, and its answer says so.</summary>
    NativeOnly,
}

[OptionsValidator]
internal sealed partial class ExternalOptionsValidator : IValidateOptions<ExternalOptions>;

/// <summary>What an attribute can't say.</summary>
internal sealed class ExternalAddressValidator : IValidateOptions<ExternalOptions>
{
    public ValidateOptionsResult Validate(string? name, ExternalOptions options) =>
        options.Address is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https")
            ? ValidateOptionsResult.Fail("Redaction:External:Address must be an absolute address with http or https.")
            : options.RequestedTypes.FirstOrDefault(type => !KnownTypes.IsUsable(type)) is { } type
                ? ValidateOptionsResult.Fail($"Redaction:External:Types: {type} is not a type.")
                : ValidateOptionsResult.Success;
}
