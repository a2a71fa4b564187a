using System.Buffers;
using FaultMaven.Data.Analysis.Logs.Formats;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>Cuts the start of a line into fields, from left to right.</summary>
internal ref struct HeaderScanner(ReadOnlySpan<char> line, TimeText times)
{
    private const int MaxFieldLength = 256;

    private static readonly SearchValues<char> s_fieldEnds = SearchValues.Create(" \t|");
    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("0123456789._-/$@*#%()[]");
    private static readonly SearchValues<char> s_numberCharacters = SearchValues.Create("0123456789.,#");
    private static readonly SearchValues<char> s_numericTagCharacters = SearchValues.Create("0123456789:");

    private static readonly SearchValues<char> s_placeholderCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");

    private static readonly SearchValues<char> s_keyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    private static readonly SearchValues<char> s_objectCharacters = SearchValues.Create(" \"'=,{");
    private static readonly SearchValues<char> s_openings = SearchValues.Create("[(<");
    private static readonly SearchValues<char> s_dashes = SearchValues.Create("-|:>=*+~.");

    private readonly ReadOnlySpan<char> _line = line;
    private int _position;

    /// <summary>Where the next field starts.</summary>
    public readonly int Position => _position;

    /// <summary>
    /// Reads the next field; false at the end of the line, and before what is not part of any header (a quotation, an object).
    /// </summary>
    public bool Next(out HeaderField field)
    {
        while (_position < _line.Length && _line[_position] is ' ' or '\t')
        {
            _position++;
        }

        field = default;
        if (_position >= _line.Length || _line[_position] is '"' || (_line[_position] is '{' && !IsField(_line[_position..])))
        {
            return false;
        }

        field = _line[_position] is '[' or '(' or '<' or '{' && Bracketed(out var bracket) ? bracket : Plain();
        _position = field.Next;
        return true;
    }

    // {taskinstance.py:1824} and {7} are fields; any other brace begins an object.
    private static bool IsField(ReadOnlySpan<char> text)
    {
        var close = text[..Math.Min(text.Length, 80)].IndexOf('}');
        if (close < 2 || text[1..close].ContainsAny(s_objectCharacters))
        {
            return false;
        }

        var colon = text[..close].LastIndexOf(':');
        return colon < 0 || !text[(colon + 1)..close].ContainsAnyExceptInRange('0', '9');
    }

    private readonly bool Bracketed(out HeaderField field)
    {
        field = default;
        var close = CloseOf(_position);
        if (close < 0)
        {
            return false;
        }

        var inner = _line[(_position + 1)..close];
        if (_line[_position] == '<' && inner.Contains('_') && !inner.ContainsAnyExcept(s_placeholderCharacters))
        {
            // <IP_ADDRESS_7>: what redaction put in the place of a value.
            return false;
        }

        var trimmed = inner.Trim(' ');
        var end = close + 1;
        if (end < _line.Length && _line[end] == ':')
        {
            end++;
        }

        var reading = times.Read(trimmed);
        if (reading.Length > 0 && (reading.Length == trimmed.Length || trimmed[reading.Length] is ',' or ' ' or ']' or ':'))
        {
            // [12:00:01 INF] and [2026-03-12 12:00:01,120: ERROR/Worker-1] hold both.
            field = Make(FieldKind.Time, end, reading.Time, LevelOf(FirstWord(trimmed[reading.Length..].Trim(" ,:"))));
        }
        else if (LevelOf(trimmed) is var level && level != Proto.EntryLevel.Unspecified)
        {
            field = Make(FieldKind.Level, end, null, level);
        }
        else
        {
            field = Make(FieldKind.Bracket, end);
        }

        return true;
    }

    // [2026-03-12T12:00:01Z ERROR shop::orders]
    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text) => text.IndexOfAny(' ', '/') is var end and > 0 ? text[..end]
        : text;

    // [error], and [core:error] as Apache 2.4 writes it.
    private static Proto.EntryLevel LevelOf(ReadOnlySpan<char> text)
    {
        var level = text.Length == 1 && char.IsAsciiLetterUpper(text[0]) ? LevelNames.OfLetter(text[0])
            : text is "Note" or "NOTE" ? Proto.EntryLevel.Information : LevelNames.Parse(text);
        var colon = text.IndexOf(':');
        return level == Proto.EntryLevel.Unspecified && colon > 0 && colon < 24 ? LevelNames.Parse(text[(colon + 1)..]) : level;
    }

    private readonly int CloseOf(int start)
    {
        var open = _line[start];
        var close = open switch { '[' => ']', '(' => ')', '{' => '}', _ => '>' };
        var depth = 0;
        var limit = Math.Min(_line.Length, start + MaxFieldLength);
        for (var i = start; i < limit; i++)
        {
            if (_line[i] == open)
            {
                depth++;
            }
            else if (_line[i] == close && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private readonly HeaderField Plain()
    {
        var rest = _line[_position..];
        var reading = times.Read(rest);
        if (reading.Length > 0)
        {
            var after = _position + reading.Length;
            return Make(FieldKind.Time, after < _line.Length && _line[after] is ',' or ':' ? after + 1 : after, reading.Time);
        }

        var length = rest.IndexOfAny(s_fieldEnds);
        length = length < 0 ? rest.Length : Math.Max(length, 1);
        var end = _position + length;
        var text = rest[..length];
        var core = text.TrimEnd(":,]");
        var level = core.Length == 1 && char.IsAsciiLetterUpper(core[0]) ? LevelNames.OfLetter(core[0]) : LevelNames.Parse(core);
        if (level != Proto.EntryLevel.Unspecified)
        {
            return Make(FieldKind.Level, end, null, level);
        }

        // W/BatteryStats( 1626): and NOTICE[6216][C-0a1f]: a level, and right behind it what else is in the header.
        if (text.Length > 3 && text[1] == '/' && char.IsAsciiLetter(text[2]) && IsBeforeBracket(rest, text.Length)
            && LevelNames.OfLetter(text[0]) is var letter and not Proto.EntryLevel.Unspecified)
        {
            return Make(FieldKind.Level, _position + 2, null, letter);
        }

        if (text.IndexOfAny(s_openings) is var open and > 1 && !text[..open].ContainsAnyInRange('a', 'z')
            && LevelNames.Parse(text[..open]) is var opened and not Proto.EntryLevel.Unspecified)
        {
            return Make(FieldKind.Level, _position + open, null, opened);
        }

        // ERROR:root:no such table
        if (text.IndexOf(':') is var colon and >= 4 && !text[..colon].ContainsAnyInRange('a', 'z')
            && LevelNames.Parse(text[..colon]) is var joined and not Proto.EntryLevel.Unspecified)
        {
            // The logger's name is part of the same word.
            var logger = text[(colon + 1)..].IndexOf(':');
            return Make(FieldKind.Level, _position + colon + 1 + (logger > 0 ? logger + 1 : 0), null, joined);
        }

        // An ellipsis is part of what is said.
        if (!text.ContainsAnyExcept(s_dashes) && !text.StartsWith("..", StringComparison.Ordinal))
        {
            return Make(FieldKind.Dash, end);
        }

        if (char.IsAsciiDigit(text[0])
            && (!core.ContainsAnyExcept(s_numberCharacters) || (text[^1] == ':' && !text.ContainsAnyExcept(s_numericTagCharacters))))
        {
            return Make(FieldKind.Number, end);
        }

        if (text[^1] == ':' && text.Length <= MaxFieldLength)
        {
            return Make(FieldKind.Tag, end);
        }

        return text.IndexOf('=') is var equals and > 0 && equals < text.Length - 1 && !text[..equals].ContainsAnyExcept(s_keyCharacters)
            ? Pair(text[..equals], text[(equals + 1)..], end)
            : Make(text.ContainsAny(s_nameCharacters) ? FieldKind.Name : FieldKind.Word, end);
    }

    private static bool IsBeforeBracket(ReadOnlySpan<char> rest, int length) =>
        rest[..length].Contains('(') || rest[length..].TrimStart(' ') is ['(', ..];

    // t=12:00:01 lvl=warn th=7
    private readonly HeaderField Pair(ReadOnlySpan<char> name, ReadOnlySpan<char> value, int end)
    {
        var reading = times.Read(value);
        return reading.Length == value.Length ? Make(FieldKind.Time, end, reading.Time)
            : FieldNames.Of(name) == FieldNames.Meaning.Level && LevelOf(value) is var level and not Proto.EntryLevel.Unspecified
            ? Make(FieldKind.Level, end, null, level)
            : Make(FieldKind.Pair, end);
    }

    private readonly HeaderField Make(FieldKind kind, int end, DateTimeOffset? time = null,
        Proto.EntryLevel level = Proto.EntryLevel.Unspecified)
    {
        var next = end;
        while (next < _line.Length && _line[next] is ' ' or '\t')
        {
            next++;
        }

        var padded = next - end > 1 || (next > end && _line[end] == '\t');
        var piped = next < _line.Length && _line[next] == '|' && kind != FieldKind.Dash;
        if (piped)
        {
            next++;
        }

        return new HeaderField(kind, _position, end, next, time, level, piped, padded,
            _line[_position] is '[' or '(' or '<' or '{' && kind is not FieldKind.Word, end > 0 && _line[end - 1] == ':');
    }
}
