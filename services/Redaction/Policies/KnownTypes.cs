using System.Collections.Frozen;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Recognition.Vendors;

namespace FaultMaven.Redaction.Policies;

/// <summary>The types that our recognisers find, and the groups that a rule can name instead.</summary>
internal static class KnownTypes
{
    public const string AllSecrets = "ALL_SECRETS";
    public const string AllPersonal = "ALL_PERSONAL";
    public const string AllNetwork = "ALL_NETWORK";

    private const int MaxLength = 48;

    private static readonly FrozenSet<string> s_network =
        FrozenSet.Create(StringComparer.Ordinal, FindingTypes.IpAddress, FindingTypes.MacAddress, FindingTypes.HostName);

    // Those of Presidio that we don't find ourselves are here for the external recogniser.
    private static readonly FrozenSet<string> s_personal = FrozenSet.Create(
        StringComparer.Ordinal,
        FindingTypes.EmailAddress, FindingTypes.PhoneNumber, FindingTypes.Person, FindingTypes.UserName, FindingTypes.Url,
            FindingTypes.CreditCard, FindingTypes.Iban,
        FindingTypes.UsSsn, FindingTypes.UsItin, FindingTypes.Passport, FindingTypes.DriverLicense, "US_PASSPORT", "US_DRIVER_LICENSE",
            "US_BANK_NUMBER", "MEDICAL_LICENSE", "CRYPTO", "LOCATION", "NRP", "DATE_TIME", "UK_NHS");

    private static readonly FrozenSet<string> s_secrets = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            FindingTypes.Secret, FindingTypes.Password, FindingTypes.PrivateKey, FindingTypes.Jwt, FindingTypes.AuthorizationHeader,
                FindingTypes.SessionId,

            // What MarkedKeys finds.
            "AZURE_CLIENT_SECRET", "AZURE_KEY", "AZURE_SAS", "TERRAFORM_TOKEN", "TELEGRAM_TOKEN", "MAILCHIMP_KEY", "SALESFORCE_TOKEN",
            "DISCORD_TOKEN",
            "JIRA_TOKEN", "FIREBASE_KEY",
            .. new[]
            {
                CloudKeys.Forms, DeveloperKeys.Forms, MessagingKeys.Forms, ModelKeys.Forms, ObservabilityKeys.Forms, PaymentKeys.Forms,
                    SoftwareKeys.Forms,
            }.SelectMany(forms => forms).Select(form => form.Type),
        ]);

    /// <summary>Types that are found only if a policy asks for them.</summary>
    public static FrozenSet<string> Optional { get; } = FrozenSet.Create(StringComparer.Ordinal, FindingTypes.HostName);

    public static bool IsGroup(string type) => type is AllSecrets or AllPersonal or AllNetwork;

    public static bool Contains(string type) => s_network.Contains(type) || s_personal.Contains(type) || s_secrets.Contains(type);

    /// <summary>The group of a type; null if it isn't one of ours.</summary>
    public static string? GroupOf(string type) =>
        s_network.Contains(type) ? AllNetwork : s_personal.Contains(type) ? AllPersonal : s_secrets.Contains(type) ? AllSecrets : null;

    /// <summary>
    /// Whether a policy may give a name to a type that it defines. A name that ended in a number could be read in two ways in a
    /// placeholder.
    /// </summary>
    public static bool IsUsable(string type) =>
        type.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterUpper(type[0])
        && type.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')
        && type[(type.LastIndexOf('_') + 1)..].Any(c => !char.IsAsciiDigit(c))
        && !type.EndsWith('_')
        && type != FindingTypes.Literal
        && !IsGroup(type);
}
