namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Values under secret-like names: <c>password=…</c>, <c>"apiKey": "…"</c>, <c>client_secret: …</c>, <c>&lt;password&gt;…&lt;/password&gt;</c>,
/// <c>setPassword("…")</c>, <c>--token …</c>, <c>const SECRET := "…"</c>, <c>pwd%3D…</c>, escaped JSON, connection strings.
/// </summary>
internal sealed class Assignments : Recognizer
{
    private const int MaxName = 80;
    private const int MaxGap = 40;
    private const int LongValue = 512;
    private const double Quoted = 0.9;
    private const double Unquoted = 0.8;

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        new("pas"), new("pwd"), new("pw"), new("psw"), new("pss"), new("secret"), new("token"), new("key"), new("cred"), new("salt"), new("auth"), new("sig"),
        new("kennwort"), new("contrasena"), new("senha"), new("bearer"), new("jwt"), new("pat"), new("nonce"), new("otp"), new("cert"), new("api"), new("pepper"),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var end = at + Alphabets.Run(text, at, Alphabets.Word, MaxName);

        // db-password-prod, spring.datasource.password: dashes and dots join words, but "password-" and "token." end one.
        while (end + 1 < text.Length && text[end] is '-' or '.' && char.IsAsciiLetterOrDigit(text[end + 1]) && end - at < MaxName)
        {
            end += 1 + Alphabets.Run(text, end + 1, Alphabets.Word, MaxName);
        }

        // A name inside a long value is part of it; looking at each would cost the length of the value every time.
        if (end >= text.Length || end - at > MaxName || (findings.Count > 0 && findings[^1].Start < at && findings[^1].End > at + LongValue))
        {
            return;
        }

        var link = NameLink.After(text, end, MaxGap);
        if (link.Kind == LinkKind.None)
        {
            return;
        }

        var start = at - Alphabets.RunBefore(text, at, Alphabets.Base64UrlDotted, MaxName);

        // The name of a placeholder is none: <PASSWORD_1>.
        if (start > 0 && Placeholder.LengthAt(text, start - 1) > 0)
        {
            return;
        }

        var name = WithoutEscape(text, start, end);
        var strength = SecretName.Judge(name);

        // "API key: …", "access key = …": two words of prose.
        if (strength == NameStrength.Weak && start > 1 && text[start - 1] is ' ' or '_' or '-')
        {
            var word = start - 1 - Alphabets.RunBefore(text, start - 1, Alphabets.Word, 24);
            strength = SecretName.Judge(text[word..end]);
        }

        if (strength == NameStrength.None)
        {
            return;
        }

        Judge(text, start, link, strength, findings);
    }

    private static void Judge(ReadOnlySpan<char> text, int nameStart, NameLink link, NameStrength strength, FindingList findings)
    {
        if (link.Kind == LinkKind.Space && !IsOption(text, nameStart))
        {
            return;
        }

        var value = ValueSpan.At(text, link.ValueStart);
        var span = text[value.Start..value.End];
        if (!value.Quoted && link.Kind == LinkKind.Colon && IsTypeAnnotation(text, value.End, out var assigned))
        {
            value = ValueSpan.At(text, assigned);
            span = text[value.Start..value.End];
        }

        if (link.NeedsQuotes && !value.Quoted)
        {
            return;
        }

        // "password: please enter …" and "token: expired at …" are prose, "password: hunter2" at a line's end is not.
        if (!value.Quoted && link.Kind == LinkKind.Colon && strength != NameStrength.Weak && IsProse(text, value))
        {
            return;
        }

        if (SecretValue.Counts(span, strength, value.Quoted))
        {
            findings.Add(
                strength == NameStrength.Password ? FindingTypes.Password : FindingTypes.Secret,
                value.Start,
                value.End,
                value.Quoted ? Quoted : Unquoted);
        }
    }

    // Escapes before a name are not its letters: \npassword, %26password.
    private static ReadOnlySpan<char> WithoutEscape(ReadOnlySpan<char> text, int start, int end)
    {
        if (start > 0 && text[start - 1] == '\\' && text[start] is 'n' or 'r' or 't')
        {
            return text[(start + 1)..end];
        }

        return start > 0 && text[start - 1] == '%' && end - start > 2 ? text[(start + 2)..end] : text[start..end];
    }

    // --password x, -Password x, ENV PASSWORD x, #define PASSWORD x, "login me password x".
    private static bool IsOption(ReadOnlySpan<char> text, int nameStart)
    {
        if (nameStart < text.Length && text[nameStart] == '-')
        {
            return nameStart == 0 || char.IsWhiteSpace(text[nameStart - 1]) || text[nameStart - 1] is '"' or '\'' or '[' or '=' or '(';
        }

        var before = text[Math.Max(0, nameStart - 12)..nameStart].TrimEnd(' ');
        foreach (var word in (ReadOnlySpan<string>)["define", "%global", "ENV", "ARG", "SET", "setx", "setenv"])
        {
            if (before.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // "password: str = …", "const token: string = …".
    private static bool IsTypeAnnotation(ReadOnlySpan<char> text, int typeEnd, out int value)
    {
        var at = typeEnd;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        value = at + 1;
        if (at + 1 >= text.Length || text[at] != '=' || text[at + 1] == '=')
        {
            return false;
        }

        while (value < text.Length && text[value] == ' ')
        {
            value++;
        }

        return true;
    }

    // An ordinary word that more words follow.
    private static bool IsProse(ReadOnlySpan<char> text, ValueSpan value)
    {
        foreach (var c in text[value.Start..value.End])
        {
            if (!char.IsAsciiLetter(c))
            {
                return false;
            }
        }

        return value.End + 1 < text.Length && text[value.End] == ' ' && char.IsLetter(text[value.End + 1]);
    }
}
