using FaultMaven.Data.Analysis.Logs.Formats;
using FaultMaven.Data.Analysis.Logs.Headers;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>
/// Takes lines apart into time, level, source and message: by the formats that are known (JSON, logfmt, klog, syslog, access logs,
/// container prefixes), else by the layout that the file's lines have in common. Lines of several formats may be mixed. What it gave is
/// valid until the next line. Not safe for use by several threads.
/// </summary>
internal sealed class LineParser
{
    /// <summary>How many lines are looked at to infer the layout.</summary>
    public const int SampleLines = 400;

    // Lines that fit no layout may have nothing in common either.
    private const double MinShareOfStrange = 0.6;

    private readonly TimeText _times;
    private readonly List<TableLayout> _tables = [];
    private readonly List<HeaderLayouts> _layouts = [];
    private readonly InnerLayouts _inner = new();
    private readonly JsonText[] _json = [new(), new(), new()];
    private readonly JsonText _docker = new();
    private readonly ComposePrefix? _compose;
    private TableLayout? _table;

    // The last time of an entry that told its year: times without one are near it.
    private DateTimeOffset? _near;

    private LineParser(TimeText times, ComposePrefix? compose)
    {
        _times = times;
        _compose = compose;
    }

    /// <summary>Learns from the first lines of a file.</summary>
    /// <param name="sample">Its first lines, at most <see cref="SampleLines"/> of them.</param>
    /// <param name="reference">Not earlier than the log's last entry; gives times without a year theirs.</param>
    /// <param name="near">A time near the log's, if one is known from what is around it; it counts until an entry tells its year.</param>
    public static LineParser Learn(IReadOnlyCollection<string> sample, DateTimeOffset reference, DateTimeOffset? near)
    {
        var times = new TimeText(reference);
        var compose = ComposePrefix.Learn([.. sample.Select(line => ContainerPrefix.Strip(line, times, out _, out _).ToString())]);
        var withoutLayout = new LineParser(times, compose);
        var rest = new List<string>();
        foreach (var line in sample)
        {
            var text = withoutLayout.Strip(line, out _, out _, out _);
            var parsed = default(ParsedLine);
            withoutLayout._table ??= rest.Count == 0 ? TableLayout.Of(text) : null;
            if (!text.IsWhiteSpace() && !TableLayout.IsDirective(text) && !withoutLayout.TryKnownFormat(text, ref parsed))
            {
                rest.Add(text.ToString());
            }
        }

        var parser = new LineParser(times, compose) { _table = withoutLayout._table };
        parser.LearnLayouts(rest, share: 0);
        parser.LearnInner(sample);

        // Lines above the first that tells its year are of that year too.
        foreach (var line in near is null ? sample : [])
        {
            parser.Parse(line);
            if (parser._near is not null)
            {
                break;
            }
        }

        parser._near ??= near;
        return parser;
    }

    /// <summary>Learns from lines further down, some of which have no known layout.</summary>
    public void LearnMore(IReadOnlyCollection<string> lines)
    {
        var strange = new List<string>();
        foreach (var line in lines)
        {
            if (Parse(line) is { IsStrange: true } parsed)
            {
                strange.Add(parsed.Text.ToString());
            }
        }

        LearnLayouts(strange, MinShareOfStrange);
    }

    private bool HasLayout => _tables.Count + _layouts.Count > 0;

    // A layout that less than this share of the lines has is not taken.
    private void LearnLayouts(List<string> lines, double share)
    {
        if (TableInference.Infer(lines, _times) is { } table)
        {
            _tables.Add(table);
            lines = lines.FindAll(line => !table.IsRow(line, _times));
        }

        if (HeaderLayouts.Infer(lines, _times) is { } layouts
            && lines.Count(line => layouts.TryRead(line, _times, out _, out _)) >= share * lines.Count)
        {
            _layouts.Add(layouts);
        }
    }

    private void LearnInner(IReadOnlyCollection<string> sample)
    {
        var messages = new List<(string Source, string Message)>();
        foreach (var line in sample)
        {
            var parsed = Parse(line);
            if (parsed.IsEvent && parsed.Message.Length < parsed.Text.Length)
            {
                messages.Add((parsed.Source.ToString(), parsed.Message.ToString()));
            }
        }

        _inner.Learn(messages, _times);
    }

    /// <summary>Takes a line apart. Never fails: a line without a header is all message.</summary>
    public ParsedLine Parse(ReadOnlySpan<char> line)
    {
        var parsed = default(ParsedLine);
        var text = Strip(line, out var outer, out var isCut, out var container);
        _times.Near = outer ?? _near;
        if (IsDirective(text))
        {
            parsed.IsDirective = true;
            return parsed;
        }

        if ((_table is null || !_table.TryRead(text, _times, ref parsed)) && !TryKnownFormat(text, ref parsed)
            && !TryInferred(text, ref parsed))
        {
            parsed.Message = text;
            parsed.IsEvent = MultilineJoiner.BeginsCrash(text) || (!HasLayout && !MultilineJoiner.IsLikely(text));
        }

        if (parsed.Source.StartsWith("haproxy", StringComparison.Ordinal))
        {
            HaproxyLine.TryRead(parsed.Message, _times, ref parsed);
        }

        _near = parsed.Time is { } told && told != _times.Guessed ? told : _near;
        parsed.Time ??= outer;
        parsed.Source = parsed.Source.IsEmpty ? container : parsed.Source;
        parsed.Container = container;
        parsed.Text = text;
        parsed.IsCut = isCut;
        return parsed;
    }

    private ReadOnlySpan<char> Strip(ReadOnlySpan<char> line, out DateTimeOffset? time, out bool isCut, out ReadOnlySpan<char> container)
    {
        var text = ContainerPrefix.Strip(line, _times, out time, out isCut);
        container = default;
        if (_compose is not null)
        {
            text = _compose.Strip(text, out container);
        }

        if (!DockerLine.TryRead(text, _times, _docker, out var inner, out var written))
        {
            return text;
        }

        time = written;
        return inner;
    }

    // The columns are named once, and named again when a server starts anew.
    private bool IsDirective(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !TableLayout.IsDirective(text))
        {
            return _table is not null && TableLayout.Of(text) is not null;
        }

        _table = TableLayout.Of(text) ?? _table;
        return true;
    }

    private bool TryKnownFormat(ReadOnlySpan<char> text, ref ParsedLine parsed)
    {
        var start = text.TrimStart();
        if (start.IsEmpty)
        {
            return false;
        }

        return start[0] switch
        {
            '{' => JsonLine.TryRead(start, _times, _json[0], ref parsed) && Unwrap(ref parsed, depth: 1),
            >= '0' and <= '9' when RedisLine.TryRead(start, _times, ref parsed) => true,
            '<' when SyslogLine.TryRead(start, _times, ref parsed) => UnwrapBehindHeader(ref parsed, depth: 0),
            'I' or 'W' or 'E' or 'F' when KlogLine.TryRead(start, _times, ref parsed) => true,
            _ => AccessLine.TryRead(start, _times, ref parsed) || HaproxyLine.TryRead(start, _times, ref parsed)
                || LogfmtLine.TryRead(start, _times, ref parsed),
        };
    }

    // {"log": "2026-03-12 12:00:01 ERROR out of memory\n", "stream": "stderr"}: the line inside has a header too.
    private bool Unwrap(ref ParsedLine parsed, int depth)
    {
        if (parsed.Level != Proto.EntryLevel.Unspecified || parsed.Message.IsEmpty || depth >= _json.Length)
        {
            return true;
        }

        _times.Near = parsed.Time ?? _times.Near;
        var inner = default(ParsedLine);
        if ((parsed.Message[0] == '{' && JsonLine.TryRead(parsed.Message, _times, _json[depth], ref inner) && Unwrap(ref inner, depth + 1))
            || KlogLine.TryRead(parsed.Message, _times, ref inner)
            || TryInner(parsed.Source, parsed.Message, ref inner)
            || TryLoneHeader(parsed.Message, ref inner, depth))
        {
            inner.Time ??= parsed.Time;
            inner.Source = inner.Source.IsEmpty ? parsed.Source : inner.Source;
            parsed = inner;
        }

        return true;
    }

    private bool TryInner(ReadOnlySpan<char> source, ReadOnlySpan<char> message, ref ParsedLine inner)
    {
        if (!_inner.TryRead(source, message, _times, out var header))
        {
            return false;
        }

        inner.IsEvent = true;
        inner.Time = header.Time;
        inner.Level = header.Level;
        inner.Source = header.Source(message);
        inner.Message = message[Math.Min(header.End, message.Length)..];
        return true;
    }

    private bool TryInferred(ReadOnlySpan<char> text, ref ParsedLine parsed)
    {
        foreach (var table in _tables)
        {
            if (table.TryRead(text, _times, ref parsed))
            {
                UnwrapBehindHeader(ref parsed, depth: 0);
                return true;
            }
        }

        foreach (var layouts in _layouts)
        {
            if (layouts.TryRead(text, _times, out var header, out var hasLevel))
            {
                Take(text, header, ref parsed, depth: 0);

                // Where the lines of several programs are mixed, a line may say more than what all have in common.
                var lone = default(ParsedLine);
                if (!hasLevel && parsed.Level == Proto.EntryLevel.Unspecified && TryLoneHeader(text, ref lone, depth: 1)
                    && lone.Level != Proto.EntryLevel.Unspecified)
                {
                    parsed = lone;
                }

                return true;
            }
        }

        parsed.IsStrange = !MultilineJoiner.IsLikely(text);
        return TryLoneHeader(text, ref parsed, depth: 0);
    }

    private void Take(ReadOnlySpan<char> text, Header header, ref ParsedLine parsed, int depth)
    {
        parsed.IsEvent = true;
        parsed.Time = header.Time;
        parsed.Level = header.Level;
        parsed.Source = header.Source(text);
        parsed.Host = text[header.HostStart..header.HostEnd];
        parsed.Message = text[Math.Min(header.End, text.Length)..];
        UnwrapBehindHeader(ref parsed, depth);
    }

    // A header before an object, or before another header: what is inside knows better.
    private bool UnwrapBehindHeader(ref ParsedLine parsed, int depth)
    {
        if (parsed.Message.Length < 2 || depth >= _json.Length)
        {
            return true;
        }

        var inner = default(ParsedLine);
        var isObject = parsed.Message[0] == '{';
        if (isObject ? JsonLine.TryRead(parsed.Message, _times, _json[depth], ref inner) && Unwrap(ref inner, depth + 1)
            : KlogLine.TryRead(parsed.Message, _times, ref inner) || TryInner(parsed.Source, parsed.Message, ref inner))
        {
            inner.Time ??= parsed.Time;
            inner.Level = inner.Level == Proto.EntryLevel.Unspecified ? parsed.Level : inner.Level;
            inner.Source = parsed.Source.IsEmpty || (!isObject && !inner.Source.IsEmpty) ? inner.Source : parsed.Source;
            inner.Host = parsed.Host;
            parsed = inner;
        }

        return true;
    }

    private bool TryLoneHeader(ReadOnlySpan<char> text, ref ParsedLine parsed, int depth)
    {
        if (!FallbackHeader.TryRead(text, _times, out var header))
        {
            return false;
        }

        Take(text, header, ref parsed, depth);
        return true;
    }
}
