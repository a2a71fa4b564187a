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

    private readonly TimeText _times;
    private readonly HeaderLayout? _layout;
    private readonly JsonText _outer = new();
    private readonly JsonText _inner = new();
    private readonly JsonText _docker = new();
    private readonly ComposePrefix? _compose;
    private TableLayout? _table;

    // The last time of an entry that told its year: times without one are near it.
    private DateTimeOffset? _near;

    private LineParser(TimeText times, HeaderLayout? layout, ComposePrefix? compose)
    {
        _times = times;
        _layout = layout;
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
        var withoutLayout = new LineParser(times, null, compose);
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

        var parser = new LineParser(times, HeaderLayout.Infer(rest, times), compose) { _table = withoutLayout._table };

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
            && !TryHeader(text, ref parsed))
        {
            parsed.Message = text;
            parsed.IsEvent = MultilineJoiner.BeginsCrash(text) || (_layout is null && !MultilineJoiner.IsLikely(text));
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
            '{' => JsonLine.TryRead(start, _times, _outer, ref parsed) && Unwrap(ref parsed),
            >= '0' and <= '9' when RedisLine.TryRead(start, _times, ref parsed) => true,
            '<' => SyslogLine.TryRead(start, _times, ref parsed),
            'I' or 'W' or 'E' or 'F' when KlogLine.TryRead(start, _times, ref parsed) => true,
            _ => AccessLine.TryRead(start, _times, ref parsed) || HaproxyLine.TryRead(start, _times, ref parsed)
                || LogfmtLine.TryRead(start, _times, ref parsed),
        };
    }

    // {"log": "2026-03-12 12:00:01 ERROR out of memory\n", "stream": "stderr"}: the line inside has its own header.
    private bool Unwrap(ref ParsedLine parsed)
    {
        if (parsed.Level != Proto.EntryLevel.Unspecified || parsed.Message.IsEmpty)
        {
            return true;
        }

        var inner = default(ParsedLine);
        if ((parsed.Message[0] == '{' && JsonLine.TryRead(parsed.Message, _times, _inner, ref inner))
            || TryLoneHeader(parsed.Message, ref inner))
        {
            inner.Time ??= parsed.Time;
            inner.Source = inner.Source.IsEmpty ? parsed.Source : inner.Source;
            parsed = inner;
        }

        return true;
    }

    private bool TryHeader(ReadOnlySpan<char> text, ref ParsedLine parsed)
    {
        if (_layout is null || !_layout.TryRead(text, _times, out var header))
        {
            return TryLoneHeader(text, ref parsed);
        }

        // Where the lines of several programs are mixed, a line may tell more than what all have in common.
        if (_layout.HasLevel || !TryLoneHeader(text, ref parsed) || parsed.Level == Proto.EntryLevel.Unspecified)
        {
            Take(text, header, ref parsed);
        }

        return true;
    }

    private void Take(ReadOnlySpan<char> text, Header header, ref ParsedLine parsed)
    {
        parsed.IsEvent = true;
        parsed.Time = header.Time;
        parsed.Level = header.Level;
        parsed.Source = header.Source(text);
        parsed.Host = text[header.HostStart..header.HostEnd];
        parsed.Message = text[Math.Min(header.End, text.Length)..];

        // A header before an object: the object knows better.
        var inner = default(ParsedLine);
        if (parsed.Message.Length > 1 && parsed.Message[0] == '{' && JsonLine.TryRead(parsed.Message, _times, _inner, ref inner))
        {
            inner.Time ??= parsed.Time;
            inner.Level = inner.Level == Proto.EntryLevel.Unspecified ? parsed.Level : inner.Level;
            inner.Source = parsed.Source.IsEmpty ? inner.Source : parsed.Source;
            parsed = inner;
        }
    }

    private bool TryLoneHeader(ReadOnlySpan<char> text, ref ParsedLine parsed)
    {
        if (!FallbackHeader.TryRead(text, _times, out var header))
        {
            return false;
        }

        Take(text, header, ref parsed);
        return true;
    }
}
