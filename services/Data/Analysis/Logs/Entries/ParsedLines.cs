using FaultMaven.Data.Analysis.Logs.Formats;

namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>
/// Takes the lines of a log apart as they come. The first lines wait until the log's layouts are learned from them; so do lines of an
/// unknown format later on, with those behind them, until there are enough to learn that format too. Memory does not grow with the log. Not
/// safe for use by several threads.
/// </summary>
/// <param name="reference">Not earlier than the log's last entry; gives times without a year theirs.</param>
/// <param name="near">A time near the log's, if one is known from what is around it; null if not.</param>
/// <param name="onLine">Called with every line and its parts, which are valid during the call.</param>
internal sealed class ParsedLines(DateTimeOffset reference, DateTimeOffset? near, ParsedLines.ParsedLineAction onLine)
{
    // Lines may be long: what waits is bounded by its characters too.
    private const int MaxWaitingLength = 1 << 20;

    private const int EnoughStrange = 100;
    private const int FewStrange = 8;

    // Strange lines one after another are another format. A single one makes lines wait ever more seldom, so that time is bounded.
    private const int Run = 20;
    private const int MaxRuns = 8;

    private readonly List<string> _waiting = [];
    private int _waitingLength;
    private LineParser? _parser;
    private int _strange;
    private int _run;
    private int _runs;
    private long _taken;
    private long _nextWait;

    internal delegate void ParsedLineAction(ReadOnlySpan<char> line, scoped in ParsedLine parsed);

    /// <summary>How many lines wait to be taken apart.</summary>
    public int WaitingCount => _waiting.Count;

    public void Take(ReadOnlySpan<char> line)
    {
        if (_parser is null)
        {
            Wait(line);
            return;
        }

        var parsed = _parser.Parse(line);
        _run = parsed.IsStrange ? _run + 1 : 0;
        if (_waiting.Count > 0)
        {
            _strange += parsed.IsStrange ? 1 : 0;
            Wait(line);
            return;
        }

        _taken++;
        if (parsed.IsStrange && (_taken > _nextWait || (_run >= Run && _runs < MaxRuns)))
        {
            _runs += _taken > _nextWait ? 0 : 1;
            _nextWait = 2 * (_taken + LineParser.SampleLines);
            _strange = 1;
            Wait(line);
            return;
        }

        onLine(line, in parsed);
    }

    /// <summary>Takes apart all lines that wait.</summary>
    public void Release()
    {
        if (_parser is null)
        {
            _parser = LineParser.Learn(_waiting, reference, near);
        }
        else if (_strange >= FewStrange)
        {
            _parser.LearnMore(_waiting);
        }

        foreach (var line in _waiting)
        {
            onLine(line, _parser.Parse(line));
        }

        _waiting.Clear();
        _waitingLength = 0;
        _strange = 0;
        _run = 0;
    }

    private void Wait(ReadOnlySpan<char> line)
    {
        _waiting.Add(line.ToString());
        _waitingLength += line.Length;
        if (_waiting.Count == LineParser.SampleLines || _waitingLength >= MaxWaitingLength || _strange == EnoughStrange)
        {
            Release();
        }
    }
}
