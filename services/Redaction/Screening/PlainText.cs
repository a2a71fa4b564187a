using System.Globalization;

namespace FaultMaven.Redaction.Screening;

/// <summary>How a text may be written.</summary>
internal enum Code
{
    Hexadecimal,
    Rotated,
    Backwards,
    SetApart,
    Escaped,
    Mathematical,
}

/// <summary>Writes plainly what is written in a code. What comes out is never longer.</summary>
internal static class PlainText
{
    // Letters need no escape, so this many are deliberate; of HTML's character references one is enough.
    private const int MinEscapes = 4;

    /// <summary>Writes a line, or what of it is in code.</summary>
    /// <param name="code">How it is written.</param>
    /// <param name="line">The line.</param>
    /// <param name="at">Where in it the code shows.</param>
    /// <param name="plain">As long as the line.</param>
    /// <returns>How many characters were written; 0 if it turns out to be none.</returns>
    public static int Write(Code code, ReadOnlySpan<char> line, int at, Span<char> plain) => code switch
    {
        Code.Hexadecimal => FromHexadecimal(line, at, plain),
        Code.Rotated => Rotated(line, plain),
        Code.Backwards => Backwards(line, plain),
        Code.SetApart => Joined(line[at..], plain),
        Code.Escaped => Unescaped(line, plain),
        _ => FromMathematics(line, plain),
    };

    /// <summary>ROT13 of a character.</summary>
    public static char Rotate(char c) => c switch
    {
        >= 'a' and <= 'z' => (char)('a' + ((c - 'a' + 13) % 26)),
        >= 'A' and <= 'Z' => (char)('A' + ((c - 'A' + 13) % 26)),
        _ => c,
    };

    private static int FromHexadecimal(ReadOnlySpan<char> line, int at, Span<char> plain)
    {
        var start = at;
        while (start >= 2 && char.IsAsciiHexDigit(line[start - 1]) && char.IsAsciiHexDigit(line[start - 2]))
        {
            start -= 2;
        }

        var count = 0;
        for (var i = start; i + 1 < line.Length && Hex(line.Slice(i, 2)) is var c and >= 0; i += 2)
        {
            plain[count++] = (char)c;
        }

        return count;
    }

    private static int Rotated(ReadOnlySpan<char> line, Span<char> plain)
    {
        for (var i = 0; i < line.Length; i++)
        {
            plain[i] = Rotate(line[i]);
        }

        return line.Length;
    }

    private static int Backwards(ReadOnlySpan<char> line, Span<char> plain)
    {
        line.CopyTo(plain);
        plain[..line.Length].Reverse();
        return line.Length;
    }

    // "i g n o r e   a l l": one separator between letters, more of them or another between words.
    private static int Joined(ReadOnlySpan<char> line, Span<char> plain)
    {
        var gap = line[1];
        var count = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var isGap = line[i] == gap && i > 0 && char.IsLetterOrDigit(line[i - 1]) && i + 1 < line.Length
                && char.IsLetterOrDigit(line[i + 1]) && (i + 2 >= line.Length || !char.IsLetterOrDigit(line[i + 2]) || gap != ' ');
            if (!isGap)
            {
                plain[count++] = char.IsLetterOrDigit(line[i]) ? line[i] : ' ';
            }
        }

        return count;
    }

    private static int Unescaped(ReadOnlySpan<char> line, Span<char> plain)
    {
        var count = 0;
        var escapes = 0;
        for (var i = 0; i < line.Length;)
        {
            var length = Escape(line[i..], out var c);
            escapes += length == 0 || !char.IsAsciiLetter(c) ? 0 : line[i] == '&' ? MinEscapes : 1;
            plain[count++] = length > 0 ? c : line[i];
            i += Math.Max(length, 1);
        }

        return escapes < MinEscapes ? 0 : count;
    }

    private static int Escape(ReadOnlySpan<char> text, out char c)
    {
        var (prefix, digits, isDecimal) = text switch
        {
            ['\\', 'u', ..] => (2, 4, false),
            ['\\', 'x', ..] => (2, 2, false),
            ['%', ..] => (1, 2, false),
            ['&', '#', 'x' or 'X', ..] => (3, text.IndexOf(';') - 3, false),
            ['&', '#', ..] => (2, text.IndexOf(';') - 2, true),
            _ => (0, 0, false),
        };

        c = '\0';
        if (prefix == 0 || digits is < 2 or > 6 || text.Length < prefix + digits)
        {
            return 0;
        }

        var value = isDecimal
            ? int.TryParse(text.Slice(prefix, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1
            : Hex(text.Slice(prefix, digits));
        if (value is <= 0 or > char.MaxValue)
        {
            return 0;
        }

        c = (char)value;
        return prefix + digits + (prefix > 1 && text[0] == '&' ? 1 : 0);
    }

    // U+1D400 to U+1D6A3: the alphabet, small and capital, in thirteen styles.
    private static int FromMathematics(ReadOnlySpan<char> line, Span<char> plain)
    {
        var count = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\ud835' && i + 1 < line.Length && line[i + 1] is >= '\udc00' and <= '\udea3')
            {
                var letter = (line[++i] - '\udc00') % 52;
                plain[count++] = (char)(letter < 26 ? 'A' + letter : 'a' + letter - 26);
            }
            else
            {
                plain[count++] = line[i];
            }
        }

        return count;
    }

    private static int Hex(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
