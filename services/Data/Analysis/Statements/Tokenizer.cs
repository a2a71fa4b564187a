namespace FaultMaven.Data.Analysis.Statements;

/// <summary>
/// Splits a message into words, numbers, names and punctuation. Compounds are split where people read several words:
/// <c>DiskPressure</c>, <c>rate_limited</c>, <c>connection-refused</c>. Addresses, paths and ids are kept whole.
/// </summary>
internal static class Tokenizer
{
    /// <summary>What follows in longer messages is not read, in characters.</summary>
    public const int MaxLength = 2_000;

    private const int MaxTokens = 400;

    public static List<Token> Split(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MaxLength)];
        var tokens = new List<Token>(text.Length / 5);
        for (var at = 0; at < text.Length && tokens.Count < MaxTokens;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var end = EndOfChunk(text, at);
            if (end == at)
            {
                tokens.Add(new Token(TokenForm.Punctuation, text[at].ToString(), at, at + 1, Joined: false));
                at++;
                continue;
            }

            AddChunk(tokens, text, at, end);
            at = end;
        }

        return tokens;
    }

    // A chunk is what is written together, without the punctuation that ends a clause.
    private static int EndOfChunk(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && IsInside(text, end))
        {
            end++;
        }

        while (end > start && text[end - 1] is '.' or ':' or '-' or '/' or '@' && !(end - start > 1 && text[end - 1] is '/'))
        {
            end--;
        }

        return end == start && start < text.Length && char.IsLetterOrDigit(text[start]) ? start + 1 : end;
    }

    private static bool IsInside(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        var character when char.IsLetterOrDigit(character) => true,
        '_' or '-' or '.' or '/' or '@' or '%' or '~' or '\\' => true,
        // can't, node's | *:8080, 10.0.0.1:53, http://
        '\'' or '’' => at > 0 && char.IsLetter(text[at - 1]) && at + 1 < text.Length && char.IsLetter(text[at + 1]),
        ':' => at + 1 < text.Length && (text[at + 1] == '/' || (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is ']'
            or ':') && IsAddressPart(text, at))),
        _ => false,
    };

    // host:5432, ::1, 10:15:22; not "failed:3 retries" or "error:timeout", which are keys.
    private static bool IsAddressPart(ReadOnlySpan<char> text, int colon)
    {
        if (!char.IsAsciiDigit(text[colon + 1]) && text[colon + 1] != ':')
        {
            return false;
        }

        var start = colon;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '-' or '_' or ':'))
        {
            start--;
        }

        var before = text[start..colon];
        return before.ContainsAny('.', ':') || before.ContainsAnyInRange('0', '9') || before.Contains('-') || before is "localhost"
            || IsPort(text[(colon + 1)..]);
    }

    private static bool IsPort(ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
        return digits is 4 or 5 && (digits == text.Length || !char.IsLetter(text[digits]));
    }

    private static void AddChunk(List<Token> tokens, ReadOnlySpan<char> text, int start, int end)
    {
        var chunk = text[start..end];
        if (IsNumber(chunk))
        {
            tokens.Add(new Token(TokenForm.Number, chunk.ToString(), start, end, Joined: false));
        }
        else if (IsName(chunk))
        {
            tokens.Add(new Token(TokenForm.Name, chunk.ToString(), start, end, Joined: false));
        }
        else
        {
            AddWords(tokens, text, start, end);
        }
    }

    /// <summary>A number, with a sign, decimals, a unit of up to four letters or a percent sign.</summary>
    private static bool IsNumber(ReadOnlySpan<char> chunk)
    {
        var at = chunk[0] is '-' or '~' ? 1 : 0;
        var digits = at;
        while (at < chunk.Length && (char.IsAsciiDigit(chunk[at]) || (chunk[at] is '.' or ',' && at > digits)))
        {
            at++;
        }

        return at > digits && chunk.Count('.') <= 1 && chunk.Length - at <= 4 && !chunk[at..].ContainsAny('.', '/', '-') && !chunk[at..]
            .ContainsAnyInRange('0', '9');
    }

    // Made of something else than words: digits among letters, an address, a path, a URL.
    private static bool IsName(ReadOnlySpan<char> chunk)
    {
        if (chunk.ContainsAny(":@\\~") || chunk.Contains("//", StringComparison.Ordinal) || chunk[0] is '/' or '.'
            || chunk.StartsWith("0x", StringComparison.Ordinal))
        {
            return true;
        }

        var digits = 0;
        foreach (var character in chunk)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return digits > 2 || (digits > 0 && chunk.ContainsAny('.', '-', '/')) || IsHostOrFile(chunk);
    }

    // api.example.org, settings.yaml; not "failed.Retrying" or an exception's full name.
    private static bool IsHostOrFile(ReadOnlySpan<char> chunk)
    {
        var dot = chunk.LastIndexOf('.');
        return dot > 0 && chunk.Length - dot - 1 is >= 2 and <= 10 && !chunk.ContainsAnyInRange('A', 'Z') && chunk[..dot]
            .ContainsAnyInRange('a', 'z');
    }

    private static void AddWords(List<Token> tokens, ReadOnlySpan<char> text, int start, int end)
    {
        var first = true;
        for (var at = start; at < end;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                // A dot or slash inside a compound separates; the parts are still one name.
                at++;
                continue;
            }

            var next = EndOfWord(text, at, end);
            var word = text[at..next];
            var form = char.IsAsciiDigit(word[0]) ? TokenForm.Number : TokenForm.Word;
            tokens.Add(new Token(form, word.ToString().ToLowerInvariant().Replace('’', '\''), at, next, Joined: !first));
            first = false;
            at = next;
        }
    }

    // Ends where a hump begins: Disk|Pressure, TLS|Error, HTTP|2; "OOMKilled" is OOM|Killed.
    private static int EndOfWord(ReadOnlySpan<char> text, int start, int end)
    {
        var at = start + 1;
        if (char.IsAsciiDigit(text[start]))
        {
            while (at < end && (char.IsAsciiDigit(text[at]) || text[at] == '%'))
            {
                at++;
            }

            return at;
        }

        var upper = char.IsUpper(text[start]);
        while (at < end && (char.IsLetter(text[at]) || text[at] is '\'' or '’'))
        {
            if (char.IsUpper(text[at]))
            {
                if (!char.IsUpper(text[at - 1]))
                {
                    break;
                }
            }
            else if (upper && at - start >= 2 && char.IsUpper(text[at - 1]) && char.IsUpper(text[at - 2])
                && text[at] is not ('\'' or '’' or 's'))
            {
                at--;
                break;
            }

            at++;
        }

        return at;
    }
}
