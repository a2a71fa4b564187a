namespace FaultMaven.Redaction.Tests;

/// <summary>The names that secrets are under, and how much each says about its value.</summary>
public sealed class KnowingNames
{
    private const string Passwords =
        """
        password passwd pwd passphrase passcode passwort kennwort motdepasse contrasena senha pw pswd psw userpass dbpass rootpass mypass
        adminpass
        storepass keypass passin passout sshpass requirepass masterauth psk presharedkey wachtwoord salasana parola heslo passwords
        """;

    private const string Strong =
        """
        secret secrets token tokens apikey apikeys secretkey accesskey privatekey accountkey sharedaccesskey authkey authtoken accesstoken
        refreshtoken clientsecret apitoken apisecret appsecret masterkey encryptionkey signingkey credential credentials pass pat bearer
        jwt cred
        creds webhooksecret passkey
        """;

    private const string Weak =
        """
        key keys auth salt nonce cert signature sig authorization authentication otp api pepper
        """;

    private const string KindsOfKeys =
        """
        api access secret private encryption encrypt encrypted decryption auth authentication account shared master signing sign license
        licence
        storage ssh aes rsa hmac jwt crypto cipher deploy admin gpg pgp webhook subscription consumer integration ingestion
        instrumentation write
        service client developer app
        """;

    private const string Neutral =
        """
        value text str string raw plain plaintext cleartext clear base64 b64 enc encoded encrypted new old current previous default prod
        production
        dev test testing stage staging local primary secondary confirm confirmation confirmed repeat again hash hashed bytes var env live
        sandbox
        main backup temp tmp is was to equals eq header param const literal field data here hex base
        """;

    private const string StandIns =
        """
        null none nil undefined nan void true false yes no on off empty unset missing absent n/a na unknown redacted hidden masked omitted
        removed
        filtered sanitized obfuscated protected encrypted secret changeme change_me todo tbd example placeholder dummy string str bytes
        char[] char
        varchar text int integer long bool boolean object any optional required invalid incorrect wrong expired failed failure failing
        success
        succeeded ok error denied rejected accepted valid verified checked check changed change reset set updated update created deleted
        revoked
        rotated refreshed not is was has for from the a an and or in to of with by must should cannot could please enter your auth
        authentication
        based prompt interactive basic bearer digest password passwd token key apikey default private public static final const self this
        new return
        user username
        """;

    private const string NameFields =
        """
        name key id field property parameter param setting option variable env k ParameterKey OptionName label attribute type
        """;

    private const string ValueFields =
        """
        value val v ParameterValue default defaultValue stringValue content data text plainText
        """;

    [Theory]
    [InlineData(Passwords, "{0}=madeup")]
    [InlineData(Passwords, "SHOP_{0}_2=madeup")]
    [InlineData(Strong, "{0}=madeup7!x")]
    [InlineData(Weak, "{0}=Zt7madeUp000Qw9xK2")]
    [InlineData(KindsOfKeys, "{0}_key=madeup7!x")]
    [InlineData(Neutral, "password_{0}=madeup")]
    [InlineData(NameFields, "{{\"{0}\":\"DB_PASSWORD\",\"value\":\"madeup\"}}")]
    [InlineData(ValueFields, "{{\"name\":\"DB_PASSWORD\",\"{0}\":\"madeup\"}}")]
    public void Takes_the_value_under_each(string names, string form)
    {
        foreach (var text in Texts(names, form))
        {
            Assert.True(Redacted.Findings(text).Count == 1, text);
        }
    }

    [Theory]
    [InlineData(Strong, "{0}=madeup")]
    [InlineData(Weak, "{0}=madeup7!x")]
    [InlineData(StandIns, "password={0}")]
    [InlineData(StandIns, "password: \"{0}\"")]
    [InlineData(StandIns, "token = {0}")]
    [InlineData(NameFields, "{{\"x{0}\":\"DB_PASSWORD\",\"value\":\"madeup\"}}")]
    public void Leaves_what_a_name_does_not_vouch_for(string names, string form)
    {
        foreach (var text in Texts(names, form))
        {
            Assert.True(Redacted.Findings(text).Count == 0, text);
        }
    }

    private static IEnumerable<string> Texts(string names, string form) =>
        names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, name));
}
