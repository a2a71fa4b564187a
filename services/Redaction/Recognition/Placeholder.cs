using System.Globalization;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Replaces a value in redacted text: <c>&lt;EMAIL_ADDRESS_1&gt;</c>. Text that already looks like one is a finding itself
/// (<see cref="FindingTypes.Literal"/>) and never part of another: those that know the scope leave it where it was given out there, and
/// replace it where it was not, as it could be forged, or hold a secret of capitals and digits.
/// </summary>
internal static class Placeholder
{
    /// <summary>"&lt;", a type of at most 48 characters, "_", a number of at most 18 digits, "&gt;", rounded up.</summary>
    public const int MaxLength = 70;

    private const int MaxDigits = 18;

    /// <summary>The placeholder of a value.</summary>
    public static string For(string type, long number) => string.Create(CultureInfo.InvariantCulture, $"<{type}_{number}>");

    /// <summary>Writes a placeholder of a type, with a number of one digit.</summary>
    /// <returns>Its length.</returns>
    public static int Write(string type, Span<char> room)
    {
        room[0] = '<';
        type.CopyTo(room[1..]);
        "_1>".CopyTo(room[(type.Length + 1)..]);
        return type.Length + 4;
    }

    /// <summary>The length of the placeholder that starts here, or 0.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 >= text.Length || text[at] != '<' || !char.IsAsciiLetterUpper(text[at + 1]))
        {
            return 0;
        }

        var ahead = text.Slice(at, Math.Min(MaxLength, text.Length - at));
        var end = ahead.IndexOf('>');
        if (end < 0)
        {
            return 0;
        }

        var name = ahead[1..end];
        var underscore = name.LastIndexOf('_');
        return underscore > 0
            && name.Length - underscore - 1 is > 0 and <= MaxDigits
            && !name[(underscore + 1)..].ContainsAnyExceptInRange('0', '9')
            && IsTypeName(name[..underscore])
                ? end + 1
                : 0;
    }

    /// <summary>Whether a placeholder ends right before a place.</summary>
    public static bool EndsAt(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || text[at - 1] != '>')
        {
            return false;
        }

        var start = at - 1 - Math.Min(MaxLength, at - 1);
        var open = start + text[start..at].LastIndexOf('<');
        return open >= start && LengthAt(text, open) == at - open;
    }

    /// <summary>
    /// The place so many characters before another, a placeholder being one: how far two words are from each other must not depend on
    /// which placeholder is between.
    /// </summary>
    public static int Behind(ReadOnlySpan<char> text, int at, int distance)
    {
        for (; at > 0 && distance > 0; distance--)
        {
            at = EndsAt(text, at) ? text[..at].LastIndexOf('<') : at - 1;
        }

        return at;
    }

    /// <summary>Whether a text holds one.</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        for (var from = 0; text[from..].IndexOf('<') is var next and >= 0; from += next + 1)
        {
            if (LengthAt(text, from + next) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a text says but for the placeholders in it.</summary>
    public static ReadOnlySpan<char> Without(ReadOnlySpan<char> text)
    {
        if (!IsIn(text))
        {
            return text;
        }

        var rest = new char[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length;)
        {
            var length = LengthAt(text, i);
            if (length == 0)
            {
                rest[count++] = text[i];
            }

            i += Math.Max(1, length);
        }

        return rest.AsSpan(0, count);
    }

    /// <summary>Whether a place lies inside a placeholder.</summary>
    public static bool Covers(ReadOnlySpan<char> text, int at)
    {
        var start = Math.Max(0, at - MaxLength);
        var open = start + text[start..at].LastIndexOf('<');
        return open >= start && LengthAt(text, open) > at - open;
    }

    /// <summary>Makes the placeholders that a text already holds findings of their own, and takes them out of others.</summary>
    public static void Isolate(ReadOnlySpan<char> text, FindingList findings)
    {
        if (!text.Contains('<'))
        {
            return;
        }

        Spare(text, findings);
        for (var at = 0; text[at..].IndexOf('<') is var next and >= 0;)
        {
            at += next;
            var length = LengthAt(text, at);
            findings.Add(FindingTypes.Literal, at, at + length, 1);
            at += Math.Max(length, 1);
        }

        findings.Settle();
    }

    private static void Spare(ReadOnlySpan<char> text, FindingList findings)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            var finding = findings[i];
            var from = Math.Max(0, finding.Start - MaxLength);
            while (from < finding.End && text[from..finding.End].IndexOf('<') is var next and >= 0)
            {
                var start = from + next;
                var end = start + LengthAt(text, start);
                if (end > start && end > finding.Start)
                {
                    findings.CutOut(text, i, start, end);
                    i--;
                    break;
                }

                from = start + 1;
            }
        }
    }

    private static bool IsTypeName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }
}
