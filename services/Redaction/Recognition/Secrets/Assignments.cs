using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Values under secret-like names: <c>password=…</c>, <c>"apiKey": "…"</c>, <c>client_secret: …</c>,
/// <c>&lt;password&gt;…&lt;/password&gt;</c>, <c>setPassword("…")</c>, <c>--token …</c>, <c>const SECRET := "…"</c>, <c>pwd%3D…</c>,
/// escaped JSON, connection strings, YAML blocks, the password is ….
/// </summary>
internal sealed class Assignments : Recognizer
{
    private const int MaxName = 80;
    private const int MaxGap = 40;
    private const int LongValue = 512;
    private const int LongLine = 2048;
    private const int Gap = 4;
    private const int FewWords = 40;
    private const int DrawnWord = 32;
    private const int LongWord = 256;
    private const double Quoted = 0.9;
    private const double Unquoted = 0.8;

    private static readonly string[] s_names =
    [
        "pas", "pwd", "pw", "psw", "pss", "secret", "token", "key", "cred", "salt", "auth", "sig", "kennwort", "contrasena", "senha",
        "bearer", "jwt", "pat", "nonce", "otp",
        "cert", "api", "pepper", "psk", "wachtwoord", "salasana", "parola", "heslo",
    ];

    private static readonly SearchValues<char> s_wordEnds = SearchValues.Create(" \t\"'`<>()[]{},;=");

    public override IReadOnlyList<Literal> Literals { get; } =
        [.. s_names.Select(name => new Literal(name)), .. ForeignLabels.All.Select(label => new Literal(label))];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (literal >= s_names.Length)
        {
            var label = Literals[literal].Text;
            Judge(text, at, NameLink.After(text, at + label.Length, MaxGap), ForeignLabels.Strength(label), findings);
            return;
        }

        var end = at + Alphabets.Run(text, at, Alphabets.Word, MaxName);

        // Of a path: /api/v1.
        if (end < text.Length && text[end] == '/' && at > 0 && text[at - 1] == '/')
        {
            return;
        }

        // db-password-prod, spring.datasource.password: dashes and dots join words, but "password-" and "token." end one.
        while (end + 1 < text.Length && text[end] is '-' or '.' && char.IsAsciiLetterOrDigit(text[end + 1]) && end - at < MaxName)
        {
            end += 1 + Alphabets.Run(text, end + 1, Alphabets.Word, MaxName);
        }

        // A name inside a long value is part of it; looking at each would cost the length of the value every time.
        if (end >= text.Length || end - at > MaxName
            || (findings.Count > 0 && findings[^1].Start < at && findings[^1].End > at + LongValue))
        {
            return;
        }

        var link = NameLink.After(text, end, MaxGap);
        if (link.Kind == LinkKind.None && text[end] is not ('\r' or '\n' or '"' or '\'' or '\\' or '<' or '/'))
        {
            return;
        }

        var start = at - Alphabets.RunBefore(text, at, Alphabets.Base64UrlDotted, MaxName);

        // The name of a placeholder does not count: <PASSWORD_1>.
        if (start > 0 && Placeholder.LengthAt(text, start - 1) > 0)
        {
            return;
        }

        var strength = StrengthOf(text, start, end);
        if (strength == NameStrength.None || IsWorkingDirectory(text, start, end, link))
        {
            return;
        }

        if (PairedNames.TryValue(text, start, end, out var paired)
            || (start > 0 && text[start - 1] == '<' && PairedNames.TryAttribute(text, end, out paired)))
        {
            link = new NameLink(LinkKind.Equals, paired, NeedsQuotes: false);
        }
        else if (link.Kind == LinkKind.None)
        {
            JudgeBelow(text, start, end, strength, findings);
            return;
        }

        Judge(text, start, link, strength, findings);
    }

    private static NameStrength StrengthOf(ReadOnlySpan<char> text, int start, int end)
    {
        var strength = SecretName.Judge(WithoutEscape(text, start, end));

        // "API key: …", "access key = …": two words of prose.
        if (strength == NameStrength.Weak && start > 1 && text[start - 1] is ' ' or '_' or '-')
        {
            var word = start - 1 - Alphabets.RunBefore(text, start - 1, Alphabets.Word, 24);
            strength = SecretName.Judge(text[word..end]);
        }

        return strength;
    }

    private static void Judge(ReadOnlySpan<char> text, int nameStart, NameLink link, NameStrength strength, FindingList findings)
    {
        if (link.Kind == LinkKind.None)
        {
            return;
        }

        if (BlockValues.StartBelow(text, link.ValueStart, out var lineEnd, out var isBlock))
        {
            JudgeBelow(text, nameStart, lineEnd, strength, isBlock, findings);
            return;
        }

        var start = WithoutLevel(text, link);
        var first = ValueSpan.At(text, start, findings.ValueEnds);
        var value = first;
        if (!value.Quoted && link.Kind == LinkKind.Space && IsBasic(text, value, out var assigned))
        {
            value = ValueSpan.At(text, assigned, findings.ValueEnds);
            link = link with { Kind = LinkKind.Equals };
        }
        else if (!value.Quoted && link.Kind == LinkKind.Colon && IsTypeAnnotation(text, value.End, out assigned))
        {
            value = ValueSpan.At(text, assigned, findings.ValueEnds);
        }
        else if (!value.Quoted && link.Kind != LinkKind.Space && Lookups.TryDefault(text, value, out var @default))
        {
            value = @default;
        }

        // password = getpass() or "…": code has a value in reserve.
        var reserve = value.End;
        if (!value.Quoted && link.Kind is LinkKind.Equals or LinkKind.Colon && NameLink.Fallback(text, ref reserve)
            && ValueSpan.At(text, reserve, findings.ValueEnds) is { Quoted: true } other)
        {
            value = other;
        }

        if (!first.Quoted && first.Start > start)
        {
            // A quote that isn't closed on its line might be on the next.
            var cut = Boundary.LineEnd(text, first.End, LongLine);
            findings.Doubt(nameStart, cut, cut + 1);
        }

        if (value != first)
        {
            findings.Doubt(nameStart, first.End);
        }

        // ("password", "…") and {"kind":"password","size":…} differ behind the second string.
        var isNone = link.NeedsQuotes && (!value.Quoted || NamesField(text, value.End));

        // "password: please enter …" and "token: expired at …" are prose, "password: hunter2" at a line's end is not.
        isNone |= !value.Quoted && link.Kind == LinkKind.Colon && strength != NameStrength.Weak && IsProse(text, value);
        var isTied = link.Kind is LinkKind.Equals or LinkKind.Colon || start > link.ValueStart || IsOption(text, nameStart)
            || (link.Kind == LinkKind.Space && value.Quoted && strength == NameStrength.Password);
        var span = text[value.Start..value.End];
        var known = findings.Count;
        if (isTied && !isNone)
        {
            Add(value, strength, SecretValue.Counts(span, strength, value.Quoted), findings);
        }
        else if (!isNone)
        {
            JudgeInProse(text, nameStart, value, strength, findings);
        }

        if (findings.Count == known)
        {
            // What has a space is not a token, while the space and the quotes around it stay.
            var space = strength == NameStrength.Password ? -1 : span[..Math.Min(span.Length, LongValue)].IndexOfAny(' ', '\t');

            // Behind it another name may begin, which ended it.
            var end = value.End + Math.Max(Gap, 1
                + Alphabets.Run(text, Math.Min(text.Length, value.End + 1), Alphabets.Base64UrlDotted, MaxName));
            findings.Doubt(nameStart, space < 0 ? end : value.Start + space);
            findings.Doubt(nameStart, value.End + 1, value.End + 1);
        }
    }

    // "token aB3…", "the token for orders was aB3…": the next word, or what looks random a few words on. What ends the sentence is
    // not the value's.
    private static void JudgeInProse(ReadOnlySpan<char> text, int nameStart, ValueSpan value, NameStrength strength, FindingList findings)
    {
        var span = text[value.Start..value.End];
        if (SecretValue.CountsInProse(span, strength))
        {
            Add(value with { End = value.Start + span.TrimEnd(".:").Length }, strength, counts: true, findings);
            return;
        }

        findings.Doubt(nameStart, value.End + 1);

        // What was too far from the name must not come near by a placeholder that is shorter than its value was.
        if (Placeholder.LengthAt(text, value.Start) > 0)
        {
            return;
        }

        var ahead = text[value.End..Boundary.LineEnd(text, value.End, FewWords + LongWord)];
        foreach (var range in ahead.SplitAny(s_wordEnds))
        {
            if (range.Start.Value > FewWords || Placeholder.Covers(text, value.End + range.Start.Value))
            {
                return;
            }

            var start = value.End + range.Start.Value;
            var word = ahead[range].TrimEnd(".:");
            if (word.Length < DrawnWord)
            {
                continue;
            }

            findings.Doubt(nameStart, start, start + word.Length);
            if (word.Length < LongWord && SecretValue.CountsInProse(word, NameStrength.Strong))
            {
                Add(new ValueSpan(start, start + word.Length, Quoted: false), strength, counts: true, findings);
                return;
            }
        }
    }

    // A name that ends its line, and a value below that can't be anything else.
    private static void JudgeBelow(ReadOnlySpan<char> text, int nameStart, int end, NameStrength strength, FindingList findings)
    {
        if (strength == NameStrength.Password && text[end] is '\r' or '\n')
        {
            JudgeBelow(text, nameStart, end, strength, isBlock: false, findings);
        }
    }

    private static void JudgeBelow(ReadOnlySpan<char> text, int nameStart, int lineEnd, NameStrength strength, bool isBlock,
        FindingList findings)
    {
        var value = BlockValues.Below(text, lineEnd, isBlock);
        var below = Math.Min(text.Length, lineEnd + 2);
        findings.Doubt(nameStart, lineEnd, Boundary.LineEnd(text, Math.Max(below, value.End), LongLine));
        var first = text[value.Start..Boundary.LineEnd(text, value.Start, value.End - value.Start)];
        Add(value, strength, isBlock || value.Quoted ? SecretValue.Counts(first, strength, quoted: true)
            : SecretValue.CountsInProse(first, strength), findings);
    }

    private static void Add(ValueSpan value, NameStrength strength, bool counts, FindingList findings)
    {
        if (counts)
        {
            findings.Add(strength == NameStrength.Password ? FindingTypes.Password : FindingTypes.Secret, value.Start, value.End,
                value.Quoted ? Quoted : Unquoted);
        }
    }

    // PWD=/srv/shop is where a shell is.
    private static bool IsWorkingDirectory(ReadOnlySpan<char> text, int start, int end, NameLink link) =>
        text[end - 1] is 'd' or 'D' && link.Kind == LinkKind.Equals && link.ValueStart < text.Length && text[link.ValueStart] is '/' or '~'
        && text[start..end].TrimStart("OLDold").Equals("pwd", StringComparison.OrdinalIgnoreCase);

    // Escapes before a name are not its letters: \npassword, %26password.
    private static ReadOnlySpan<char> WithoutEscape(ReadOnlySpan<char> text, int start, int end)
    {
        if (start > 0 && text[start - 1] == '\\' && text[start] is 'n' or 'r' or 't')
        {
            return text[(start + 1)..end];
        }

        return start > 0 && text[start - 1] == '%' && end - start > 2 ? text[(start + 2)..end] : text[start..end];
    }

    // --password x, -Password x, ENV PASSWORD x, #define PASSWORD x, requirepass x, "login me password x".
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

        var name = text[nameStart..Math.Min(text.Length, nameStart + 12)];
        return name.StartsWith("requirepass ", StringComparison.Ordinal) || name.StartsWith("masterauth ", StringComparison.Ordinal)
            || IsLogin(text, nameStart);
    }

    // Network equipment says before a secret how it is written: "enable secret 9 …", "password 0 …"; Windows puts one element more:
    // <Password><Value>….
    private static int WithoutLevel(ReadOnlySpan<char> text, NameLink link)
    {
        var at = link.ValueStart;
        if (link.Kind == LinkKind.Space && at + 2 < text.Length && char.IsAsciiDigit(text[at]) && text[at + 1] == ' ')
        {
            return at + 2;
        }

        const string Element = "<Value>";
        return link.Kind == LinkKind.Equals && text[at..].StartsWith(Element, StringComparison.Ordinal) ? at + Element.Length : at;
    }

    // machine git.example.com login ada password ….
    private static bool IsLogin(ReadOnlySpan<char> text, int nameStart)
    {
        var before = text[Math.Max(0, nameStart - 64)..nameStart].TrimEnd(' ');
        var account = before.LastIndexOf(' ');
        return account > 0 && before[..account].TrimEnd(' ').EndsWith("login", StringComparison.Ordinal);
    }

    private static bool NamesField(ReadOnlySpan<char> text, int valueEnd)
    {
        var at = valueEnd + Quotes.Length(text, valueEnd);
        NameLink.SkipSpace(text, ref at, MaxGap);
        return at < text.Length && text[at] == ':';
    }

    // "password: str = …", "const token: string = …".
    private static bool IsTypeAnnotation(ReadOnlySpan<char> text, int typeEnd, out int value)
    {
        var at = typeEnd;
        NameLink.SkipSpace(text, ref at, MaxGap);
        value = at + 1;
        if (at + 1 >= text.Length || text[at] != '=' || text[at + 1] == '=')
        {
            return false;
        }

        NameLink.SkipSpace(text, ref value, MaxGap);
        return true;
    }

    // Dim password As String = "…".
    private static bool IsBasic(ReadOnlySpan<char> text, ValueSpan word, out int value)
    {
        value = 0;
        if (!text[word.Start..word.End].Equals("As", StringComparison.OrdinalIgnoreCase) || word.End >= text.Length)
        {
            return false;
        }

        var type = word.End + 1 + Alphabets.Run(text, word.End + 1, Alphabets.Base64UrlDotted, 32);
        return IsTypeAnnotation(text, type, out value);
    }

    // An ordinary word that more words follow.
    private static bool IsProse(ReadOnlySpan<char> text, ValueSpan value) =>
        !text[value.Start..value.End].ContainsAnyExcept(Alphabets.Letters)
        && value.End + 1 < text.Length && text[value.End] == ' ' && char.IsLetter(text[value.End + 1]);
}
