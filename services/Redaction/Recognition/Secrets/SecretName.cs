namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>How much a name says about its value being a secret.</summary>
internal enum NameStrength
{
    /// <summary>Nothing: <c>token_type</c>, <c>keyspace</c>, <c>passwordField</c>.</summary>
    None,

    /// <summary>A value counts only if it looks random: <c>key</c>, <c>auth</c>, <c>salt</c>.</summary>
    Weak,

    /// <summary>A value counts unless it looks like a word or code: <c>token</c>, <c>api_key</c>, <c>client_secret</c>.</summary>
    Strong,

    /// <summary>Any value counts that is not a mask or a template: <c>password</c>, <c>passphrase</c>.</summary>
    Password,
}

/// <summary>
/// Judges the names under which values are, in any style: <c>db.password</c>, <c>DB_PASSWORD</c>, <c>dbPassword</c>, <c>db-password</c>.
/// The last word decides, with the one before it for "key".
/// </summary>
internal static class SecretName
{
    private const int MaxWords = 16;
    private const string Password = "password";

    private static readonly string[] s_passwords =
    [
        "password", "passwd", "pwd", "passphrase", "passcode", "passwort", "kennwort", "motdepasse", "contrasena", "senha",
        "pw", "pswd", "psw", "userpass", "dbpass", "rootpass", "mypass", "adminpass", "storepass", "keypass", "passin", "passout",
        "sshpass",
        "requirepass", "masterauth", "psk", "presharedkey", "wachtwoord", "salasana", "parola", "heslo", "passwords",
    ];

    private static readonly string[] s_strong =
    [
        "secret", "secrets", "token", "tokens", "apikey", "apikeys", "secretkey", "accesskey", "privatekey", "accountkey",
        "sharedaccesskey", "authkey",
        "authtoken", "accesstoken", "refreshtoken", "clientsecret", "apitoken", "apisecret", "appsecret", "masterkey", "encryptionkey",
        "signingkey", "credential", "credentials", "pass", "pat", "bearer", "jwt", "cred", "creds", "webhooksecret", "passkey",
    ];

    private static readonly string[] s_weak =
    [
        "key", "keys", "auth", "salt", "nonce", "cert", "signature", "sig", "authorization", "authentication", "otp", "api", "pepper",
    ];

    // What makes a key one that opens something, rather than one that names something.
    private static readonly HashSet<string> s_keyKinds = new(StringComparer.OrdinalIgnoreCase)
    {
        "api", "access", "secret", "private", "encryption", "encrypt", "encrypted", "decryption", "auth", "authentication", "account",
        "shared",
        "master", "signing", "sign", "license", "licence", "storage", "ssh", "aes", "rsa", "hmac", "jwt", "crypto", "cipher", "deploy",
        "admin", "gpg",
        "pgp", "webhook", "subscription", "consumer", "integration", "ingestion", "instrumentation", "write", "service", "client",
        "developer", "app",
    };

    // Words after the deciding one that leave the value what it is.
    private static readonly HashSet<string> s_neutral = new(StringComparer.OrdinalIgnoreCase)
    {
        "value", "text", "str", "string", "raw", "plain", "plaintext", "cleartext", "clear", "base64", "b64", "enc", "encoded",
        "encrypted", "new", "old",
        "current", "previous", "default", "prod", "production", "dev", "test", "testing", "stage", "staging", "local", "primary",
        "secondary", "confirm",
        "confirmation", "confirmed", "repeat", "again", "hash", "hashed", "bytes", "var", "env", "live", "sandbox", "main", "backup",
        "temp", "tmp",
        "is", "was", "to", "equals", "eq", "header", "param", "const", "literal", "field", "data", "here", "hex", "base",
    };

    private static readonly Dictionary<string, NameStrength>.AlternateLookup<ReadOnlySpan<char>> s_strengthOf =
        s_passwords.Select(word => KeyValuePair.Create(word, NameStrength.Password))
            .Concat(s_strong.Select(word => KeyValuePair.Create(word, NameStrength.Strong)))
            .Concat(s_weak.Select(word => KeyValuePair.Create(word, NameStrength.Weak)))
            .ToDictionary(StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isKeyKind =
        s_keyKinds.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isNeutral =
        s_neutral.GetAlternateLookup<ReadOnlySpan<char>>();

    // Names written as one word: PGPASSWORD, mysqlpwd, myapikey.
    private static readonly (string Ending, NameStrength Strength)[] s_endings =
    [
        ("password", NameStrength.Password), ("passwd", NameStrength.Password), ("passphrase", NameStrength.Password),
            ("pwd", NameStrength.Password),
        ("secret", NameStrength.Strong), ("apikey", NameStrength.Strong), ("secretkey", NameStrength.Strong),
            ("accesskey", NameStrength.Strong),
        ("privatekey", NameStrength.Strong), ("token", NameStrength.Strong), ("pass", NameStrength.Weak), ("key", NameStrength.Weak),
    ];

    /// <summary>Whether a word alone is a secret-like name, such as a value that only repeats its name.</summary>
    public static bool IsSecretWord(ReadOnlySpan<char> word) => JudgeWord(word) != NameStrength.None;

    /// <summary>Judges a name, an identifier or a few words.</summary>
    public static NameStrength Judge(ReadOnlySpan<char> name)
    {
        Span<Range> words = stackalloc Range[MaxWords];
        var last = Split(name, words) - 1;
        while (last > 0 && IsNeutral(name[words[last]]))
        {
            last--;
        }

        if (last < 0)
        {
            return NameStrength.None;
        }

        var strength = JudgeWord(name[words[last]]);
        return strength == NameStrength.Weak && last > 0 && IsKey(name[words[last]]) && s_isKeyKind.Contains(name[words[last - 1]])
            ? NameStrength.Strong
            : strength;
    }

    private static NameStrength JudgeWord(ReadOnlySpan<char> word)
    {
        // password1, PASSWORD_2: a number at the end is the how-manieth.
        word = word.TrimEnd("0123456789");
        if (s_strengthOf.TryGetValue(word, out var known))
        {
            return known;
        }

        if (IsMisspelt(word))
        {
            return NameStrength.Password;
        }

        foreach (var (ending, strength) in s_endings)
        {
            if (word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return strength;
            }
        }

        return NameStrength.None;
    }

    // "pasword", "passwrd", "psswd": the consonants of password or passwd, each once in a row; and one slip of the finger anywhere:
    // "passwtord", "passowrd".
    private static bool IsMisspelt(ReadOnlySpan<char> word)
    {
        if (word.Length is < 4 or > 10)
        {
            return false;
        }

        Span<char> letters = stackalloc char[10];
        Span<char> bones = stackalloc char[10];
        var count = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var lower = letters[i] = char.ToLowerInvariant(word[i]);
            if (lower is not ('a' or 'e' or 'i' or 'o' or 'u') && (count == 0 || bones[count - 1] != lower))
            {
                bones[count++] = lower;
            }
        }

        return bones[..count] is "pswrd" or "pswd" or "pswr" || IsSlip(letters[..word.Length], Password);
    }

    // One letter more, less, other or swapped with its neighbour.
    private static bool IsSlip(ReadOnlySpan<char> word, ReadOnlySpan<char> meant)
    {
        var same = word.CommonPrefixLength(meant);
        var rest = word[same..];
        var due = meant[same..];
        return (word.Length - meant.Length) switch
        {
            1 => rest[1..].SequenceEqual(due),
            -1 => rest.SequenceEqual(due[1..]),
            0 when rest.Length > 1 => rest[1..].SequenceEqual(due[1..])
                || (rest[0] == due[1] && rest[1] == due[0] && rest[2..].SequenceEqual(due[2..])),
            0 => true,
            _ => false,
        };
    }

    private static bool IsKey(ReadOnlySpan<char> word) => word.TrimEnd("0123456789").TrimEnd("sS")
        .Equals("key", StringComparison.OrdinalIgnoreCase);

    private static bool IsNeutral(ReadOnlySpan<char> word) =>
        word.Length == 1 || !word.ContainsAnyExceptInRange('0', '9') || s_isNeutral.Contains(word);

    // Splits at what is not a letter or digit and at humps: "dbPassword2_OLD" is db, Password2, OLD. Only the last words count.
    private static int Split(ReadOnlySpan<char> name, Span<Range> words)
    {
        var count = 0;
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetterOrDigit(name[i]);
            var hump = !ends && i > start && char.IsUpper(name[i])
                && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]) && char.IsUpper(name[i - 1])));
            if (!ends && !hump)
            {
                continue;
            }

            if (i > start)
            {
                if (count == words.Length)
                {
                    words[1..].CopyTo(words);
                    count--;
                }

                words[count++] = start..i;
            }

            start = hump ? i : i + 1;
        }

        return count;
    }
}
