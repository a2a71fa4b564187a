namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Telephone numbers: international (<c>+44 7700 900123</c>), North American by shape (<c>(202) 555-0143</c>), any other national form
/// where the words before it say so (<c>Phone: 0490 39 07 81</c>). Long runs of digits without such words are ids and stay.
/// </summary>
internal sealed class PhoneNumbers : Recognizer
{
    private const int Parenthesis = 2;
    private const int MaxLength = 28;
    private const int MinDigits = 7;
    private const int MaxDigits = 15;
    private const int Near = 28;
    private const int Far = 48;
    private const int DateLength = 10;

    private static readonly ContextWords s_labels = new(
        "phone", "telephone", "tel", "mobile", "cell", "cellphone", "fax", "whatsapp", "landline", "hotline", "pager", "handset", "msisdn",
        "viber", "desk");

    // They speak of a call only in prose, and only before a number written in groups.
    private static readonly ContextWords s_verbs = new(
        "call", "calls", "called", "calling", "dial", "ring", "reach", "contact", "text", "sms", "message", "messages", "answering",
        "number", "callback", "helpline");

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        Literal.Shape("+#", LiteralStart.Anywhere), new("+("), Literal.Shape("(#", LiteralStart.Anywhere),
    ];

    public override CharacterPatterns CharacterPatterns => CharacterPatterns.LongNumber;

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (HasEnoughDigits(text, at))
        {
            Match(text, at, hasPlus: literal != Parenthesis, findings);
        }
    }

    public override void MatchPattern(ReadOnlySpan<char> text, int at, CharacterPatterns pattern, FindingList findings)
    {
        // Nearly all numbers in logs are the start of a time.
        if (!IsDate(text, at))
        {
            Match(text, at, hasPlus: false, findings);
        }
    }

    private static void Match(ReadOnlySpan<char> text, int at, bool hasPlus, FindingList findings)
    {
        // Inside a number that started before: 1.5.
        if (at > 0 && (text[at - 1] is '.' or '_' or '+' or '-' or '/' or '(' or '#' || !Boundary.Before(text, at)
            || (text[at - 1] is ' ' or ')' && at > 1
            && (char.IsAsciiDigit(text[at - 2]) || text[at - 2] is ')' or '-' || Placeholder.EndsAt(text, at - 1)))))
        {
            return;
        }

        if (!hasPlus && NorthAmericanEnd(text, at, findings) is var shaped and > 0)
        {
            findings.Add(FindingTypes.PhoneNumber, at, shaped, 0.75);
            return;
        }

        var end = Read(text, at, out var digits, out var groups);
        var whole = WithExtension(text, end);
        if (digits < MinDigits)
        {
            return;
        }

        if (digits > MaxDigits || !Boundary.After(text, whole) || (!hasPlus && IsDateOrAddress(text[at..end])))
        {
            findings.Doubt(at, whole);
        }
        else if (hasPlus)
        {
            // +0200 and +1234567 (an offset) aren't; country codes start with 1 to 9.
            if (digits >= 9 && (text[at + 1] is not '0'))
            {
                findings.Add(FindingTypes.PhoneNumber, at, whole, 0.85);
            }
        }
        else if (s_labels.Precede(text, at, Near)
            || (groups > 1 && (s_verbs.Precede(text, at, Far) || IsLabelled(text, whole)) && Context.IsProse(text, at)))
        {
            findings.Add(FindingTypes.PhoneNumber, at, whole, 0.7);
        }
    }

    private static bool HasEnoughDigits(ReadOnlySpan<char> text, int at)
    {
        var digits = 0;
        var end = Math.Min(text.Length, at + MaxLength + MaxDigits);
        for (var i = at; i < end && digits < MinDigits; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                digits++;
            }
            else if (text[i] is not (' ' or '-' or '.' or '/' or '(' or ')' or '+'))
            {
                break;
            }
        }

        return digits == MinDigits;
    }

    // 2026-11-22.
    private static bool IsDate(ReadOnlySpan<char> text, int at) =>
        text[at] is '1' or '2' && at + DateLength <= text.Length && text[at + 4] == '-' && text[at + 7] == '-'
        && Alphabets.Run(text, at, Alphabets.Digits, 5) == 4 && char.IsAsciiDigit(text[at + 5]) && char.IsAsciiDigit(text[at + 6])
        && char.IsAsciiDigit(text[at + 8]) && char.IsAsciiDigit(text[at + 9]);

    // Digits with single separators, parentheses around one group: +44 (0) 20 7946 0000.
    private static int Read(ReadOnlySpan<char> text, int at, out int digits, out int groups)
    {
        digits = 0;
        groups = 0;
        var end = at;
        var open = false;
        var limit = Math.Min(text.Length, at + MaxLength);
        for (var i = at; i < limit; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                // Another number may follow in the same style: one that would be too long ends before its last group.
                var group = Alphabets.Run(text, i, Alphabets.Digits, MaxDigits + 1);
                if (digits > 0 && (digits + group > MaxDigits || IsOfOtherStyle(text, i, group)))
                {
                    break;
                }

                groups++;
                digits += group;
                end = i + group;
                i = end - 1;
            }
            else if (c == '(' && !open)
            {
                open = true;
            }
            else if (c == ')' && open)
            {
                open = false;
            }
            else if (!(c == '+' && i == at) && !(c is ' ' or '-' or '.' or '/' && i - end < 2 && (i == end || text[i - 1] is ')' or ' ')))
            {
                break;
            }
        }

        return end;
    }

    // "+44 7700 900123 10.20.30.40", "1118709403 2005.06.13": a group that a full stop ties to more digits, but not to those before it.
    private static bool IsOfOtherStyle(ReadOnlySpan<char> text, int at, int group) =>
        at + group + 1 < text.Length && text[at + group] == '.' && char.IsAsciiDigit(text[at + group + 1]) && text[at - 1] != '.';

    private static int NorthAmericanEnd(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        foreach (var length in (ReadOnlySpan<int>)[12, 13, 14])
        {
            if (at + length <= text.Length && IsNorthAmerican(text.Slice(at, length)))
            {
                var end = WithExtension(text, at + length);
                var runsOn = end + 1 < text.Length && text[end] is '-' or '.' && char.IsDigit(text[end + 1]);
                if (Boundary.After(text, end) && !runsOn)
                {
                    return end;
                }

                findings.Doubt(at, end + 1);
                return 0;
            }
        }

        return 0;
    }

    // 202-555-0143, (202) 555-0143, 1-202-555-0143: area and exchange start with 2 to 9.
    private static bool IsNorthAmerican(ReadOnlySpan<char> number)
    {
        var shape = number.StartsWith("1-", StringComparison.Ordinal) ? number[2..] : number;
        if (shape.Length is 13 or 14 && shape[0] == '(' && shape[4] == ')' && (shape.Length == 13 || shape[5] == ' '))
        {
            return shape[1] is >= '2' and <= '9' && shape[^8] is >= '2' and <= '9' && shape[^5] == '-' && shape[^4..]
                .IndexOfAnyExceptInRange('0', '9') < 0;
        }

        return shape.Length == 12 && shape[3] == '-' && shape[7] == '-' && shape[0] is >= '2' and <= '9' && shape[4] is >= '2' and <= '9'
            && shape[8..].IndexOfAnyExceptInRange('0', '9') < 0;
    }

    // "085 175 7641 office", "085 175 7641-Fax".
    private static bool IsLabelled(ReadOnlySpan<char> text, int end)
    {
        var after = text[end..Math.Min(text.Length, end + 10)].TrimStart(" -,(");
        foreach (var label in (ReadOnlySpan<string>)["office", "fax", "mobile", "cell", "home", "work", "phone", "desk"])
        {
            if (after.StartsWith(label, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // 2026-11-22, 22/11/2026, 10.0.0.1.
    private static bool IsDateOrAddress(ReadOnlySpan<char> number) =>
        number.Count('.') == 3 || number.Count('/') == 2
        || (number.Length >= 10 && number.Count('-') >= 2 && number[4] == '-' && number[7] == '-' && number[0] is '1' or '2');

    // "x4587", " ext. 12".
    private static int WithExtension(ReadOnlySpan<char> text, int end)
    {
        if (end >= text.Length || text[end] is not (' ' or 'x' or 'X' or 'e' or 'E'))
        {
            return end;
        }

        foreach (var mark in (ReadOnlySpan<string>)["x", " x", " ext. ", " ext ", "ext"])
        {
            if (text[end..].StartsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                var digits = Alphabets.Run(text, end + mark.Length, Alphabets.Digits, 6);
                return digits > 0 ? end + mark.Length + digits : end;
            }
        }

        return end;
    }
}
