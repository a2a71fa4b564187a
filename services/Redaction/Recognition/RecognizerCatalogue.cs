using FaultMaven.Redaction.Recognition.Network;
using FaultMaven.Redaction.Recognition.Personal;
using FaultMaven.Redaction.Recognition.Secrets;
using FaultMaven.Redaction.Recognition.Vendors;

namespace FaultMaven.Redaction.Recognition;

/// <summary>Every recogniser we ship.</summary>
internal static class RecognizerCatalogue
{
    /// <summary>
    /// Those that look at every text unless a policy says otherwise. Host names are not among them: topology is evidence.
    /// </summary>
    public static IReadOnlyList<Recognizer> All()
    {
        IReadOnlyList<Recognizer> secrets = Secrets();
        return
        [
            .. secrets,
            new EncodedText([.. secrets, new EmailAddresses()]),
            new IpAddresses(),
            new MacAddresses(),
            new EmailAddresses(),
            new NumberedIdentifiers(),
            new Ibans(),
            new IdentityDocuments(),
            new PhoneNumbers(),
            new WebAddresses(),
            new UserNames(),
            new PersonNames(),
            new NamePlaces(),
        ];
    }

    /// <summary>Those that look only where a policy asks for their type.</summary>
    public static IReadOnlyList<Recognizer> Optional() => [new HostNames()];

    private static Recognizer[] Secrets() =>
    [
        new VendorKeys(
        [
            .. CloudKeys.Forms, .. DeveloperKeys.Forms, .. MessagingKeys.Forms, .. ModelKeys.Forms, .. ObservabilityKeys.Forms,
            .. PaymentKeys.Forms,
            .. SoftwareKeys.Forms,
        ]),
        new MarkedKeys(),
        new JsonWebTokens(),
        new JsonWebKeys(),
        new PrivateKeys(),
        new AuthorizationHeaders(),
        new Cookies(),
        new CredentialUrls(),
        new CredentialCalls(),
        new CommandLines(),
        new Assignments(),
    ];
}
