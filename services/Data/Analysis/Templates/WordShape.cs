using System.Buffers;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>Tells wording from values by looks alone.</summary>
internal static class WordShape
{
    private static readonly SearchValues<char> s_addressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.,%+-");
    private static readonly SearchValues<char> s_nameParts = SearchValues.Create(".-_#$");

    /// <summary>What a word is that holds no white space, separator, slash or colon.</summary>
    public static TokenKind Of(ReadOnlySpan<char> word)
    {
        var digits = 0;
        var letters = 0;
        var notHexadecimal = 0;
        var dots = 0;
        var underscores = 0;
        foreach (var c in word)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (char.IsAsciiLetter(c) || c > 127)
            {
                letters++;
                notHexadecimal += char.IsAsciiHexDigit(c) ? 0 : 1;
            }
            else if (c == '.')
            {
                dots++;
            }
            else if (c == '_')
            {
                underscores++;
            }
        }

        if (digits == 0)
        {
            return IsTruthValue(word) || (notHexadecimal == 0 && letters >= 8) || IsDomainName(word, dots, underscores)
                ? TokenKind.Variable : TokenKind.Word;
        }

        var start = word[0] is '-' or '+' or '.' ? 1 : 0;
        if (start < word.Length && char.IsAsciiDigit(word[start]))
        {
            return TokenKind.Variable;
        }

        if (notHexadecimal == 0 && letters + digits >= 6)
        {
            return TokenKind.Variable;
        }

        if (dots > 0 && word[0] is 'v' or 'V' && char.IsAsciiDigit(word[1]))
        {
            return TokenKind.Variable;
        }

        if (dots >= 2 || (digits >= 5 && letters > 0 && dots + underscores > 0))
        {
            return TokenKind.Variable;
        }

        return digits >= 3 ? TokenKind.Mixed : TokenKind.Numbered;
    }

    // db.example.com, mail.example.co.uk and com.example.shop, but not main.go or com.example.Main.
    private static bool IsDomainName(ReadOnlySpan<char> word, int dots, int underscores)
    {
        if (dots == 0 || underscores > 0 || word.ContainsAnyInRange('A', 'Z'))
        {
            return false;
        }

        var last = word[(word.LastIndexOf('.') + 1)..];
        return last is "com" or "net" or "org" or "edu" or "gov" or "local" or "internal" or "lan" || (last.Length == 2 && dots > 1)
            || (dots > 1 && word[..word.IndexOf('.')] is "com" or "net" or "org" or "io");
    }

    private static bool IsTruthValue(ReadOnlySpan<char> word) => word.Length switch
    {
        3 => word.Equals("nil", StringComparison.OrdinalIgnoreCase) || word.SequenceEqual("NaN"),
        4 => word.Equals("true", StringComparison.OrdinalIgnoreCase) || word.Equals("null", StringComparison.OrdinalIgnoreCase)
            || word.SequenceEqual("None"),
        5 => word.Equals("false", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>
    /// Where the number starts in <c>name.number</c>, <c>name-number</c> and <c>name#number</c>; 0 if it is none of these.
    /// </summary>
    public static int NumberAtEnd(ReadOnlySpan<char> word)
    {
        var at = word.IndexOfAny(s_nameParts);
        return at > 0 && word[at] != '_' && char.IsAsciiLetter(word[at - 1]) && Characters.IsDigits(word[(at + 1)..])
            && !word[..at].ContainsAnyInRange('0', '9')
            ? at + 1
            : 0;
    }

    /// <summary>
    /// True for <c>/etc/hosts</c>, <c>C:\Temp</c>, <c>a/b/c</c>, <c>lib/x.so</c>, <c>HTTP/1.1</c>; false for <c>input/output</c>,
    /// <c>PS/2</c>.
    /// </summary>
    public static bool IsPath(ReadOnlySpan<char> word)
    {
        if (word[0] is '/' or '~' or '\\')
        {
            return word.Length > 1;
        }

        if (word[0] == '.' || (word.Length > 2 && word[1] == ':' && word[2] is '\\' or '/')
            || word.StartsWith("HTTP/", StringComparison.Ordinal))
        {
            return true;
        }

        if (char.IsAsciiDigit(word[0]) || word.ContainsAny("\\"))
        {
            return true;
        }

        return word.Count('/') > 1 || (word.Contains('.') && !char.IsAsciiDigit(word[^1])) || word.ContainsAny("@$");
    }

    /// <summary>
    /// True for <c>07:07:00</c>, <c>10.0.0.1:80</c>, <c>fe80::1</c>, <c>00:1b:44:11:3a:b7</c>, <c>db-1.internal:5432</c>.
    /// </summary>
    public static bool IsTimeOrAddress(ReadOnlySpan<char> word)
    {
        if (!word.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        if (!word.ContainsAnyExcept(s_addressCharacters))
        {
            return true;
        }

        var colon = word.LastIndexOf(':');
        var host = word[..colon];
        return Characters.IsDigits(word[(colon + 1)..]) && !host.Contains(':')
            && ((host.Contains('.') && !host.ContainsAnyInRange('A', 'Z')) || host.ContainsAnyInRange('0', '9')
                || host.SequenceEqual("localhost"));
    }
}
