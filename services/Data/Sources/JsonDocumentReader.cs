using System.Globalization;
using System.Text;

namespace FaultMaven.Data.Sources;

/// <summary>
/// Reads JSON into nodes and continues where a strict reader stops: evidence is cut short by tools, holds <c>NaN</c>, and redaction
/// leaves bare placeholders such as <c>&lt;IP_ADDRESS_1&gt;</c> where a number stood. Every character is visited once.
/// </summary>
internal sealed class JsonDocumentReader
{
    /// <summary>What is nested deeper than this is left out, together with what follows it.</summary>
    public const int MaxDepth = 64;

    private const int MaxNodes = 1_000_000;

    private readonly SourceText _source;
    private readonly string _text;
    private int _at;
    private int _nodes;

    private JsonDocumentReader(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    /// <summary>Reads the document, or a list of them if there are several; null if there is none.</summary>
    public static Node? Read(SourceText source)
    {
        var start = source.Text.AsSpan().IndexOfAny('{', '[');
        if (start < 0)
        {
            return null;
        }

        var reader = new JsonDocumentReader(source) { _at = start };
        var all = new Node(source, NodeKind.List, start);
        while (reader.SkipTo('{', '['))
        {
            all.Add(reader.Value(0));
        }

        return all.Items.Count == 1 ? all.Items[0] : all.Close(reader._at);
    }

    private bool SkipTo(char one, char other)
    {
        var found = _at >= _text.Length ? -1 : _text.AsSpan(_at).IndexOfAny(one, other);
        _at = found < 0 ? _text.Length : _at + found;
        return found >= 0;
    }

    private Node Value(int depth)
    {
        if (depth >= MaxDepth || ++_nodes > MaxNodes)
        {
            var cut = new Node(_source, NodeKind.Null, Math.Min(_at, _text.Length));
            _at = _text.Length;
            return cut;
        }

        return _text[_at] switch
        {
            '{' => Map(depth),
            '[' => List(depth),
            '"' => String(),
            _ => Bare(",]}\n"),
        };
    }

    private Node List(int depth)
    {
        var list = new Node(_source, NodeKind.List, _at++);
        while (SkipBlank())
        {
            if (_text[_at] is ']' or '}')
            {
                _at += _text[_at] == ']' ? 1 : 0;
                break;
            }

            list.Add(Value(depth + 1));
        }

        return list.Close(_at);
    }

    private Node Map(int depth)
    {
        var map = new Node(_source, NodeKind.Map, _at++);
        while (SkipBlank())
        {
            if (_text[_at] is '}' or ']')
            {
                _at += _text[_at] == '}' ? 1 : 0;
                break;
            }

            var name = _text[_at] == '"' ? String() : Bare(",:]}\n");
            if (SkipBlank(stopAtComma: true) && _text[_at] == ':')
            {
                _at++;
                if (SkipBlank(stopAtComma: true) && _text[_at] is not (',' or '}' or ']'))
                {
                    map.Add(name.Text, Value(depth + 1));
                }
            }
        }

        return map.Close(_at);
    }

    private Node String()
    {
        var start = ++_at;
        StringBuilder? unescaped = null;
        while (_at < _text.Length && _text[_at] != '"')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                unescaped ??= new StringBuilder(_text, start, _at - start, Math.Max(16, _at - start + 16));
                Unescape(unescaped);
            }
            else
            {
                unescaped?.Append(_text[_at]);
                _at++;
            }
        }

        var node = new Node(_source, NodeKind.Scalar, start).Close(_at, unescaped is null ? null : Whole(unescaped.ToString()));
        _at = Math.Min(_at + 1, _text.Length);
        return node;
    }

    // "cut \ud83d": half of a surrogate pair is not valid text.
    private static string Whole(string text) => text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private void Unescape(StringBuilder to)
    {
        var code = _text[_at + 1];
        _at += 2;
        if (code == 'u' && _at + 4 <= _text.Length
            && ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            to.Append((char)unit);
            _at += 4;
            return;
        }

        to.Append(code switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => code });
    }

    /// <summary>
    /// A number, a literal, or whatever is in the place of a value or a name: up to the next of <paramref name="ends"/>.
    /// </summary>
    private Node Bare(string ends)
    {
        var start = _at;
        var end = _text.AsSpan(_at).IndexOfAny(ends);
        // At least one character, so that the reader moves on.
        _at = end < 0 ? _text.Length : Math.Max(_at + end, start + 1);
        var text = _text.AsSpan(start, _at - start).TrimEnd();
        return new Node(_source, text is "null" ? NodeKind.Null : NodeKind.Scalar, start).Close(start + text.Length);
    }

    private bool SkipBlank(bool stopAtComma = false)
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || (_text[_at] == ',' && !stopAtComma)))
        {
            _at++;
        }

        return _at < _text.Length;
    }
}
