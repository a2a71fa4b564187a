namespace FaultMaven.Data.Analysis.Templates;

/// <summary>
/// Cuts a message into tokens and takes values for values by their looks: <c>Killed 4121 (java)</c> has the tokens <c>Killed</c>,
/// a variable, <c>(</c>, <c>java</c>, <c>)</c>. One pass, no allocation once its buffer has grown. Not safe for use by several threads.
/// </summary>
internal sealed class MessageTokenizer
{
    /// <summary>Tokens past this many are left out: what distinguishes messages comes first.</summary>
    public const int MaxTokens = 256;

    private const int MaxAddressLength = 1_024;

    private readonly Token[] _tokens = new Token[MaxTokens];
    private int _count;

    /// <summary>Cuts <paramref name="message"/>. The result is valid until the next call.</summary>
    public ReadOnlySpan<Token> Tokenize(ReadOnlySpan<char> message)
    {
        _count = 0;
        var space = false;
        var i = 0;
        while (i < message.Length && _count < MaxTokens)
        {
            var c = message[i];
            if (Characters.IsSpace(c))
            {
                space = true;
                i++;
                continue;
            }

            if (Characters.IsSeparator(c) || (c == '\'' && IsQuote(message, i)))
            {
                i = AddSeparator(message, i, space);
            }
            else
            {
                var end = EndOfWord(message, i);
                AddWord(message, i, end, space);
                i = end;
            }

            space = false;
        }

        return _tokens.AsSpan(0, _count);
    }

    // An apostrophe inside a word ("can't") is part of it.
    private static bool IsQuote(ReadOnlySpan<char> message, int i) =>
        i == 0 || i == message.Length - 1 || !char.IsLetterOrDigit(message[i - 1]) || !char.IsLetterOrDigit(message[i + 1]);

    private static int EndOfWord(ReadOnlySpan<char> message, int i)
    {
        var start = i;
        var query = false;
        for (i++; i < message.Length; i++)
        {
            var c = message[i];
            if (!Characters.MayEndWord(c))
            {
                // /search?q=a&page=2: a query belongs to its address.
                query |= c == '?' && i - start is > 1 and < MaxAddressLength
                    && (message[start] == '/' || message[start..i].Contains("://", StringComparison.Ordinal));
                continue;
            }

            if (query && c is '=' or ';' or ',' or '|' or '[' or ']' or '{' or '}')
            {
                continue;
            }

            // 1,234,567 and 12:00:01,123 are one word.
            if (c == ',' && char.IsAsciiDigit(message[i - 1]) && i + 1 < message.Length && char.IsAsciiDigit(message[i + 1]))
            {
                continue;
            }

            if (c != '\'' || IsQuote(message, i))
            {
                break;
            }
        }

        return i;
    }

    private int AddSeparator(ReadOnlySpan<char> message, int i, bool space)
    {
        var c = message[i];
        if (c == '<' && Placeholder(message, i) is var placeholder and > 0)
        {
            Add(i, placeholder, TokenKind.Variable, space);
            return i + placeholder;
        }

        Add(i, 1, TokenKind.Punctuation, space);
        var next = i + 1 < message.Length ? message[i + 1] : ' ';
        var empty = c switch
        {
            '=' => i > 0 && !Characters.IsSpace(message[i - 1]) && message[i - 1] is not ('=' or '!' or '<' or '>')
                && (Characters.IsSpace(next) || next is ',' or ';' || Characters.IsClosing(next)),
            '(' => next == ')',
            '[' => next == ']',
            '{' => next == '}',
            _ => c is '"' or '\'' && next == c,
        };
        if (empty)
        {
            Add(i + 1, 0, TokenKind.Empty, false);
        }

        return i + 1;
    }

    // <EMAIL_ADDRESS_3>, as redaction leaves it, and <*> of a template.
    private static int Placeholder(ReadOnlySpan<char> message, int start)
    {
        var end = start + 1;
        while (end < message.Length && end - start < 64
            && (char.IsAsciiLetterUpper(message[end]) || char.IsAsciiDigit(message[end]) || message[end] is '_' or '*'))
        {
            end++;
        }

        var isPlaceholder = end < message.Length && message[end] == '>'
            && (message[end - 1] == '*' || (char.IsAsciiDigit(message[end - 1]) && message[start..end].Contains('_')));
        return isPlaceholder ? end + 1 - start : 0;
    }

    private void AddWord(ReadOnlySpan<char> message, int start, int end, bool space)
    {
        var first = start;
        while (first < end && Characters.IsEdge(message[first]) && !StartsNumberOrPath(message, first, end))
        {
            first++;
        }

        var last = end;
        while (last > first && Characters.IsEdge(message[last - 1]) && message[last - 1] != '\\')
        {
            last--;
        }

        if (first > start)
        {
            Add(start, first - start, TokenKind.Punctuation, space);
            space = false;
        }

        if (last > first)
        {
            AddCore(message, first, last, space);
        }

        if (end > last && last > start)
        {
            Add(last, end - last, TokenKind.Punctuation, false);
        }
    }

    private static bool StartsNumberOrPath(ReadOnlySpan<char> message, int i, int end)
    {
        var next = i + 1 < end ? message[i + 1] : ' ';
        return message[i] switch
        {
            '-' or '+' => char.IsAsciiDigit(next) || (next == '.' && i + 2 < end && char.IsAsciiDigit(message[i + 2])),
            '.' => (char.IsAsciiDigit(next) && (i == 0 || message[i - 1] != '.')) || next == '/'
                || (next == '.' && i + 2 < end && message[i + 2] == '/'),
            '~' => next == '/',
            '\\' => next == '\\',
            ':' => next == ':' && i + 2 < end && char.IsAsciiHexDigit(message[i + 2]),
            _ => false,
        };
    }

    // A word without punctuation at its ends.
    private void AddCore(ReadOnlySpan<char> message, int start, int end, bool space)
    {
        var core = message[start..end];
        if (core.IndexOfAny("/\\:@.") < 0)
        {
            AddSimple(message, start, end, space);
            return;
        }

        if (core.Contains("://", StringComparison.Ordinal))
        {
            Add(start, end - start, TokenKind.Variable, space);
        }
        else if (core.IndexOf("..") is var dots and > 0)
        {
            AddAround(message, start, end, start + dots, DotsFrom(core, dots), space);
        }
        else if (core.IndexOfAny('/', '\\') >= 0)
        {
            AddWithSlash(message, start, end, space);
        }
        else if (core.Contains(':'))
        {
            AddWithColon(message, start, end, space);
        }
        else if (core.IndexOf('@') is var at and > 0 && WordShape.Of(core[(at + 1)..]) is TokenKind.Variable or TokenKind.Mixed)
        {
            AddAround(message, start, end, start + at, 1, space);
        }
        else if (core.IndexOf('@') is var sign and > 0 && core[sign..].Contains('.'))
        {
            Add(start, end - start, TokenKind.Variable, space);
        }
        else
        {
            AddSimple(message, start, end, space);
        }
    }

    private static int DotsFrom(ReadOnlySpan<char> core, int dots)
    {
        var rest = core[dots..].IndexOfAnyExcept('.');
        return rest < 0 ? core.Length - dots : rest;
    }

    private void AddWithSlash(ReadOnlySpan<char> message, int start, int end, bool space)
    {
        var core = message[start..end];
        var colon = core.IndexOf(':');
        if (colon > 1 && colon < core.Length - 1 && core[..colon].IndexOfAny('/', '\\') < 0
            && WordShape.Of(core[..colon]) == TokenKind.Word)
        {
            // file:/etc/hosts, and environment:/usr; C:\ has one letter only.
            AddAround(message, start, end, start + colon, 1, space);
        }
        else if (WordShape.IsPath(core))
        {
            Add(start, end - start, TokenKind.Variable, space);
        }
        else if (core.LastIndexOf('/') is var slash and > 0 && char.IsAsciiDigit(core[^1]))
        {
            AddAround(message, start, end, start + slash, 1, space);
        }
        else
        {
            Add(start, end - start, WordShape.Of(core), space);
        }
    }

    private void AddWithColon(ReadOnlySpan<char> message, int start, int end, bool space)
    {
        var core = message[start..end];
        if (WordShape.IsTimeOrAddress(core))
        {
            Add(start, end - start, TokenKind.Variable, space);
        }
        else if (core.Contains("::", StringComparison.Ordinal))
        {
            Add(start, end - start, core.ContainsAnyInRange('0', '9') ? TokenKind.Mixed : TokenKind.Word, space);
        }
        else
        {
            AddAround(message, start, end, start + core.IndexOf(':'), 1, space);
        }
    }

    // Cuts at a separator of one or more characters inside a word, and continues with both sides.
    private void AddAround(ReadOnlySpan<char> message, int start, int end, int at, int length, bool space)
    {
        if (at > start)
        {
            AddSimple(message, start, at, space);
            space = false;
        }

        Add(at, length, TokenKind.Punctuation, space);
        if (at + length < end)
        {
            AddCore(message, at + length, end, false);
        }
    }

    private void AddSimple(ReadOnlySpan<char> message, int start, int end, bool space)
    {
        var word = message[start..end];
        var kind = WordShape.Of(word);
        if (kind is not TokenKind.Word && WordShape.NumberAtEnd(word) is var number and > 0)
        {
            // core.2275, CPU#3, node-17: the name is wording, the number is not.
            Add(start, number - 1, TokenKind.Word, space);
            Add(start + number - 1, 1, TokenKind.Punctuation, false);
            Add(start + number, word.Length - number, TokenKind.Variable, false);
        }
        else
        {
            Add(start, end - start, kind, space);
        }
    }

    private void Add(int start, int length, TokenKind kind, bool space)
    {
        if (_count < MaxTokens)
        {
            _tokens[_count++] = new Token(start, length, kind, space);
        }
    }
}
