namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Payment cards by issuer prefix, length and Luhn digit (<c>4111 1111 1111 1111</c>), and US social security and taxpayer numbers by the
/// ranges that are issued (<c>078-05-1120</c>).
/// </summary>
internal sealed class NumberedIdentifiers : Recognizer
{
    private const int MaxCard = 19;
    private const int MinCard = 12;
    private const int MaxName = 32;
    private const int SsnLength = 11;
    private const int CardGroup = 4;
    private const int SsnGroup = 3;

    private static readonly ContextWords s_cardWords = new("card", "cc", "visa", "mastercard", "amex", "maestro", "credit", "debit");
    private static readonly ContextWords s_socialSecurityWords = new("ssn", "social", "security");

    // What a name must hold for a number assigned to it to be a card's.
    private static readonly string[] s_cardNames = ["card", "cc", "pan", "credit", "payment", "number"];

    private static readonly Literal[] s_socialSecurity = [Literal.Shape("###-##-####"), Literal.Shape("### ## ####")];

    public override CharacterPatterns CharacterPatterns => CharacterPatterns.LongNumber;

    public override void MatchPattern(ReadOnlySpan<char> text, int at, CharacterPatterns pattern, FindingList findings)
    {
        if (at > 0 && text[at - 1] is '.' or '_' or '-')
        {
            return;
        }

        var first = Alphabets.Run(text, at, Alphabets.Digits, CardGroup);
        if (first == CardGroup && !IsShortOfCard(text, at + CardGroup))
        {
            MatchCard(text, at, findings);
        }
        else if (first == SsnGroup && (s_socialSecurity[0].Starts(text[at..]) || s_socialSecurity[1].Starts(text[at..])))
        {
            MatchSocialSecurity(text, at, findings);
        }
    }

    // A second group of a card has four digits or more: 2026-11-22 has not.
    private static bool IsShortOfCard(ReadOnlySpan<char> text, int at) =>
        text[at] is ' ' or '-' && Alphabets.Run(text, at + 1, Alphabets.Digits, CardGroup) < CardGroup;

    private static void MatchCard(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        Span<char> digits = stackalloc char[MaxCard];
        var count = 0;
        var card = at;
        var separator = '\0';
        for (var i = at; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) && count < MaxCard)
            {
                digits[count++] = text[i];

                // Another number may follow in the same style, so every end of a group may be the card's.
                var endsGroup = i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]);
                if (endsGroup && count >= MinCard && HasLuhnDigit(digits[..count]))
                {
                    if (IsCard(text, at, i + 1, digits[..count]))
                    {
                        card = i + 1;
                    }
                    else
                    {
                        findings.Doubt(Placeholder.Behind(text, at, MaxName), i + 2);
                    }
                }
            }
            else if (text[i] is ' ' or '-' && (separator == '\0' || text[i] == separator) && char.IsAsciiDigit(text[i - 1]) && count >= 4)
            {
                separator = text[i];
            }
            else
            {
                break;
            }
        }

        findings.Add(FindingTypes.CreditCard, at, card, 0.95);
    }

    private static bool IsCard(ReadOnlySpan<char> text, int start, int end, ReadOnlySpan<char> digits)
    {
        if (!Boundary.After(text, end)
            || (end + 1 < text.Length && text[end] is '.' or '-' or '_' && char.IsLetterOrDigit(text[end + 1]))
            || !IsPlausible(text, start))
        {
            return false;
        }

        // Words about a card let any issuer count. One number may be in groups: 4-4-4-4, 4-6-5, 4-6-4, 4-4-4-4-3.
        var isIssued = s_cardWords.Precede(text, start, 32) || IsIssued(digits);
        return isIssued && (end - start == digits.Length || IsGrouped(text[start..end], text[start + 4]));
    }

    private static bool IsGrouped(ReadOnlySpan<char> card, char separator)
    {
        var first = card.IndexOf(separator);
        var last = card.Length - 1 - card.LastIndexOf(separator);
        return first == 4 && last is >= 3 and <= 6 && card.Count(separator) is >= 2 and <= 4;
    }

    private static bool IsPlausible(ReadOnlySpan<char> text, int at)
    {
        var from = Placeholder.Behind(text, at, MaxName);
        var before = text[from..at].TrimEnd(" \"'");
        if (before.Length == 0 || (before[^1] is not ('=' or ':') && text[at - 1] is not ('/' or '(' or '[' or '<' or '{' or '+')))
        {
            return true;
        }

        foreach (var name in s_cardNames)
        {
            var found = before.LastIndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (found >= 0 && !Placeholder.Covers(text, from + found))
            {
                return true;
            }
        }

        return false;
    }

    // Ranges of the ISO/IEC 7812 issuers that are in use, with the lengths each one has.
    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4]);
        var length = digits.Length;
        return four switch
        {
            >= 4000 and <= 4999 => length is 13 or 16 or 19,
            >= 5100 and <= 5599 or >= 2221 and <= 2720 => length == 16,
            >= 3400 and <= 3499 or >= 3700 and <= 3799 => length == 15,
            >= 6440 and <= 6599 or 6011 or >= 6200 and <= 6299 => length is >= 16 and <= 19,
            >= 3528 and <= 3589 => length is >= 16 and <= 19,
            2131 or 1800 => length == 15,
            >= 3000 and <= 3059 or 3095 or >= 3600 and <= 3699 or >= 3800 and <= 3999 => length is 14 or 16,
            >= 5000 and <= 5099 or >= 5600 and <= 5899 or >= 6300 and <= 6399 or >= 6700 and <= 6799 => length is >= 13 and <= 19,
            _ => false,
        };
    }

    private static bool HasLuhnDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0;
    }

    private static void MatchSocialSecurity(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        var end = at + SsnLength;
        findings.Doubt(at - 1, end + 1);
        if (!Boundary.After(text, end)
            || (end + 1 < text.Length && text[end] is '-' or '.' && char.IsDigit(text[end + 1])))
        {
            return;
        }

        var number = text.Slice(at, SsnLength);
        var (area, group, serial) = (int.Parse(number[..3]), int.Parse(number.Slice(4, 2)), int.Parse(number[7..]));

        // Social Security Administration: no 000, 666 or 9xx areas, no group 00, no serial 0000. 9xx are taxpayers' (IRS Publication 1915).
        var spaced = text[at + 3] == ' ' && !s_socialSecurityWords.Precede(text, at, 40);
        if (spaced || serial == 0 || group == 0 || area is 0 or 666)
        {
            return;
        }

        if (area < 900)
        {
            findings.Add(FindingTypes.UsSsn, at, end, 0.9);
        }
        else if (group is >= 50 and <= 65 or >= 70 and <= 88 or >= 90 and <= 92 or >= 94 and <= 99)
        {
            findings.Add(FindingTypes.UsItin, at, end, 0.85);
        }
    }
}
