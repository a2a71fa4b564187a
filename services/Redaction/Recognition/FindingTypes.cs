namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Kinds of value, named as Presidio names them where it has one. Vendors' credentials have names of their own, beside their forms.
/// </summary>
internal static class FindingTypes
{
    public const string EmailAddress = "EMAIL_ADDRESS";
    public const string PhoneNumber = "PHONE_NUMBER";
    public const string Person = "PERSON";
    public const string UserName = "USERNAME";
    public const string Url = "URL";
    public const string CreditCard = "CREDIT_CARD";
    public const string Iban = "IBAN_CODE";
    public const string UsSsn = "US_SSN";
    public const string UsItin = "US_ITIN";
    public const string Passport = "PASSPORT";
    public const string DriverLicense = "DRIVER_LICENSE";

    public const string IpAddress = "IP_ADDRESS";
    public const string MacAddress = "MAC_ADDRESS";
    public const string HostName = "HOST_NAME";

    public const string Secret = "SECRET";
    public const string Password = "PASSWORD";
    public const string PrivateKey = "PRIVATE_KEY";
    public const string Jwt = "JWT";
    public const string AuthorizationHeader = "AUTHORIZATION";
    public const string SessionId = "SESSION_ID";

    /// <summary>Text that looks like a <see cref="Placeholder"/>.</summary>
    public const string Literal = "LITERAL";

    /// <summary>
    /// Whether a value of this type opens something, rather than names someone or something. Types not listed here are vendors'
    /// credentials.
    /// </summary>
    public static bool IsCredential(string type) =>
        type is not (EmailAddress or PhoneNumber or Person or UserName or Url or CreditCard or Iban or UsSsn or UsItin
        or Passport or DriverLicense or IpAddress or MacAddress or HostName or Literal);
}
