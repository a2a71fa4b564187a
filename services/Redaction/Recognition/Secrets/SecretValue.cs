using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>Distinguishes a secret from what is only in the place of one: masks, words, types, code.</summary>
internal static class SecretValue
{
    private const int ShortestWord = 3;
    private const int ShortestRare = 8;
    private const int MaxJudged = 1024;
    private const int ShortestInProse = 6;
    private const int LongestStandIn = 16;

    /// <summary>A DNS subdomain's (RFC 1123), as Kubernetes has it.</summary>
    private const int LongestResourceName = 253;

    // Words used instead of a value, or about one in a message.
    private static readonly HashSet<string> s_standIns = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "none", "nil", "undefined", "nan", "void", "true", "false", "yes", "no", "on", "off", "empty", "unset", "missing",
        "absent", "n/a", "na", "unknown",
        "redacted", "hidden", "masked", "omitted", "removed", "filtered", "sanitized", "obfuscated", "protected", "encrypted", "secret",
        "changeme", "change_me",
        "todo", "tbd", "example", "placeholder", "dummy", "string", "str", "bytes", "byte[]", "char[]", "char", "varchar", "text", "int",
        "integer", "long", "bool",
        "boolean", "object", "any", "optional", "required", "invalid", "incorrect", "wrong", "expired", "failed", "failure", "failing",
        "success", "succeeded", "ok",
        "error", "denied", "rejected", "accepted", "valid", "verified", "checked", "check", "changed", "change", "reset", "set", "updated",
        "update", "created",
        "deleted", "revoked", "rotated", "refreshed", "not", "is", "was", "has", "for", "from", "the", "a", "an", "and", "or", "in", "to",
        "of", "with", "by",
        "must", "should", "cannot", "could", "please", "enter", "your", "auth", "authentication", "based", "prompt", "interactive",
        "basic", "bearer", "digest",
        "password", "passwd", "token", "key", "apikey", "default", "private", "public", "static", "final", "const", "self", "this", "new",
        "return", "user", "username",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isStandIn =
        s_standIns.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly SearchValues<char> s_mask = SearchValues.Create("*.xX#?-_•…●=~ ");
    private static readonly SearchValues<string> s_masked = SearchValues.Create(["****", "xxxxx"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<char> s_identifier =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
    private static readonly SearchValues<char> s_symbols = SearchValues.Create("!@#$%^&*+=~?");
    private static readonly SearchValues<char> s_notInProse = SearchValues.Create("()[]{}<>/\\\"'`,;:=|");
    private static readonly SearchValues<char> s_code = SearchValues.Create("()[]{}<>");

    /// <summary>Whether a value under a name of this strength is one that must not leave.</summary>
    public static bool Counts(ReadOnlySpan<char> value, NameStrength strength, bool quoted)
    {
        // Hostile text has names on end in front of a value, and each of them is judged by it.
        value = value[..Math.Min(value.Length, MaxJudged)];
        value = Placeholder.Without(value);
        if (value.IsEmpty || IsStandIn(value))
        {
            return false;
        }

        var spaced = value.ContainsAny(' ', '\t');
        return strength switch
        {
            NameStrength.Password when quoted => value.Length >= ShortestWord && (!spaced || !IsSentence(value)),
            NameStrength.Password => value.Length >= ShortestWord && !IsCode(value),
            NameStrength.Strong when spaced => false,
            NameStrength.Strong => value.Length >= 6 && !IsWordy(value) && !IsResourceName(value) && (quoted || !IsCode(value)),
            NameStrength.Weak when spaced => false,
            NameStrength.Weak => IsRare(value) && !IsResourceName(value),
            _ => false,
        };
    }

    /// <summary>
    /// Whether a value that only is beside a name is one that must not leave, as in "the password is …", "token …": it has to look
    /// the part by itself.
    /// </summary>
    public static bool CountsInProse(ReadOnlySpan<char> value, NameStrength strength)
    {
        value = value[..Math.Min(value.Length, MaxJudged)];
        var bare = value.TrimEnd(".:");
        if (strength is NameStrength.None or NameStrength.Weak || bare.Length < ShortestInProse || bare[0] == '-' || IsStandIn(bare)
            || bare.ContainsAny(s_notInProse) || IsResourceName(bare))
        {
            return false;
        }

        var isMixed = bare.ContainsAnyInRange('0', '9') && bare.ContainsAnyInRange('a', 'z') && bare.ContainsAnyInRange('A', 'Z');
        return strength == NameStrength.Password
            ? isMixed || (bare.ContainsAny(s_symbols) && bare.ContainsAny(Alphabets.Letters) && bare.ContainsAnyInRange('0', '9'))
            : isMixed && IsRare(bare);
    }

    /// <summary>
    /// Whether a value is unlike anything else in a text, so that it must not leave wherever it is once it is known for a secret.
    /// </summary>
    public static bool IsTelling(ReadOnlySpan<char> value)
    {
        var kinds = (value.ContainsAnyInRange('a', 'z') ? 1 : 0) + (value.ContainsAnyInRange('A', 'Z') ? 1 : 0)
            + (value.ContainsAny(s_symbols) ? 1 : 0);
        return value.Length >= ShortestRare && value.ContainsAnyInRange('0', '9') && kinds > 0
            && (kinds > 1 || value.Length >= 2 * ShortestRare)
            && !value.ContainsAny(' ', '\n') && !IsResourceName(value);
    }

    /// <summary>
    /// Whether a value looks random: at least eight letters and digits in one piece that keep changing between lower case, upper
    /// case and digits. Names, versions, dates, paths, hashes in hexadecimal and UUIDs don't.
    /// </summary>
    public static bool IsRare(ReadOnlySpan<char> value)
    {
        value = Placeholder.Without(value);
        if (value.Length < ShortestRare || !value.ContainsAnyInRange('0', '9') || IsHexOrUuid(value))
        {
            return false;
        }

        var changes = 0;
        var letters = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            letters += char.IsAsciiLetter(c) ? 1 : 0;
            if (i == 0)
            {
                continue;
            }

            var before = value[i - 1];

            // A capital before small letters is how words start.
            changes += (char.IsAsciiDigit(c) && char.IsAsciiLetter(before)) || (char.IsAsciiLetter(c) && char.IsAsciiDigit(before))
                || (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(before)) ? 1 : 0;
        }

        return letters > 3 && changes >= 3 && changes * 8 >= value.Length;
    }

    /// <summary>Used instead of a value: masked, templated, or a word for no value.</summary>
    public static bool IsStandIn(ReadOnlySpan<char> value)
    {
        var bare = value.Trim("\"'`[](){}<>*,;.:!").TrimEnd('\\');
        return bare.IsEmpty
            || !value.ContainsAnyExcept(s_mask)
            || IsTemplate(value)
            || (bare.Length <= LongestStandIn && s_isStandIn.Contains(bare))
            || bare.StartsWith("your", StringComparison.OrdinalIgnoreCase)
            || bare.ContainsAny(s_masked)
            || IsOneCharacter(bare);
    }

    // ${VAR}, {{ value }}, $(command), %(name)s, %s, #{…}, <password>, @name@, $VAR, env:NAME.
    private static bool IsTemplate(ReadOnlySpan<char> value) =>
        value.StartsWith("${", StringComparison.Ordinal) || value.StartsWith("{{", StringComparison.Ordinal)
        || value.StartsWith("$(", StringComparison.Ordinal) || value.StartsWith("#{", StringComparison.Ordinal)
        || value.StartsWith("%(", StringComparison.Ordinal) || value.StartsWith("%{", StringComparison.Ordinal)
        || value.StartsWith("{%", StringComparison.Ordinal) || value.StartsWith("$$", StringComparison.Ordinal)
        || (value[0] == '%' && value.Length <= 3)
        || (value[0] == '<' && value.Contains('>') && !value.ContainsAny("=;"))
        || (value[0] == '[' && value[^1] == ']')
        || (value[0] == '{' && value[^1] == '}' && !value[1..^1].ContainsAnyExcept(s_identifier))
        || (value[0] == '@' && value.Length > 2 && value[^1] == '@')
        || (value[0] == '$' && value.Length > 2 && (char.IsAsciiLetter(value[1]) || value[1] == '_') && !value[1..]
        .ContainsAnyExcept(s_identifier));

    private static bool IsOneCharacter(ReadOnlySpan<char> value) => !value.ContainsAnyExcept(value[0]);

    // Words of a message rather than of a passphrase.
    private static bool IsSentence(ReadOnlySpan<char> value)
    {
        var words = 0;
        var known = false;
        foreach (var range in value.Split(' '))
        {
            var word = value[range].Trim(".,:;!?'\"()");
            words += word.IsEmpty ? 0 : 1;
            known |= s_isStandIn.Contains(word);
        }

        return known || words > 4;
    }

    // Unquoted, so it may be an expression: getPassword(), config.password, passwords[0], userPassword.
    private static bool IsCode(ReadOnlySpan<char> value)
    {
        // What Java and Go print for objects: Token{a64f992, io.example.Proxy@2bd79ce.
        var bracket = value.IndexOfAny(s_code);
        var sign = value.IndexOf('@');
        if ((bracket > 0 && value[bracket] == '{' && !value[..bracket].ContainsAnyExcept(s_identifier))
            || (sign > 0 && value[..sign].Contains('.')
            && Boundary.After(value, sign + 1 + Alphabets.Run(value, sign + 1, Alphabets.LowerHex, 16))))
        {
            return true;
        }

        if (bracket > 0 && !value[..bracket].ContainsAnyExcept(s_identifier) && !char.IsAsciiDigit(value[0])
            && value[bracket] is '(' or '[')
        {
            return bracket < 2 || char.IsAsciiLetterLower(value[bracket - 1]) || value[^1] is ')' or ']';
        }

        if (value.ContainsAnyExcept(s_identifier) || value.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        return value.Contains('.') || SecretName.IsSecretWord(value) || SecretName.Judge(value) != NameStrength.None;
    }

    // Letters alone, as words and their compounds are: "application", "my-secret-name", "X-CSRF-Token", "io.example.Thing".
    private static bool IsWordy(ReadOnlySpan<char> value)
    {
        if (value.ContainsAnyInRange('0', '9'))
        {
            // A number, or words with one at the end: "12345678", "token-1".
            var stem = value.TrimEnd("0123456789").TrimEnd("-_.:#");
            return stem.Length <= 2 || (stem.Length < value.Length && value.Length < 16 && IsWords(stem) && value.Length - stem.Length < 4);
        }

        return value.Length < 32 && IsWords(value);
    }

    // What Kubernetes and clouds call things: prometheus-k8s-token-x7f2k, app.kubernetes.io/name.
    private static bool IsResourceName(ReadOnlySpan<char> value)
    {
        if (value.Length > LongestResourceName || IsHexOrUuid(value))
        {
            return false;
        }

        var words = 0;
        var parts = 0;
        foreach (var range in value.SplitAny("-./_:"))
        {
            var part = value[range];
            if (part.IsEmpty || part.ContainsAnyExcept(Alphabets.LowerAlphanumeric))
            {
                return false;
            }

            parts++;
            words += part.Length >= 3 && !part.ContainsAnyInRange('0', '9') ? 1 : 0;
        }

        return parts >= 3 && words >= 2;
    }

    private static bool IsWords(ReadOnlySpan<char> value)
    {
        var humps = 0;
        var letters = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsAsciiLetter(value[i]))
            {
                letters++;
                humps += i > 0 && char.IsAsciiLetterUpper(value[i]) && char.IsAsciiLetterLower(value[i - 1]) ? 1 : 0;
            }
            else if (value[i] is not ('-' or '_' or '.' or '/' or ':' or '$' or '@' or ' ' or '\'' or ',') && char.IsAscii(value[i]))
            {
                return false;
            }
        }

        return humps * 4 <= letters;
    }

    private static bool IsHexOrUuid(ReadOnlySpan<char> value)
    {
        if (value.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            value = value[2..];
        }

        return !value.ContainsAnyExcept(Alphabets.HexDashed);
    }
}
