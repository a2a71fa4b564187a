using System.Buffers;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Reads what HAProxy logs of a request, <c>10.0.1.2:33317 [12/Mar/2026:12:00:01.655] web~ shop/cart-1 10/0/30/69/109 503 2750 - - sH--
/// 1/1/1/1/0 0/0 "GET / HTTP/1.1"</c>, or of a connection, <c>10.0.1.2:33313 [12/Mar/2026:12:00:01.443] db pg/pg-1 0/0/5007 212 SC
/// 0/0/0/0/3 0/0</c>. The message is all from the frontend on. An answer from 500 on, and a session that the server ended or refused, is an
/// error; one that the client ended is its own affair.
/// </summary>
internal static class HaproxyLine
{
    private static readonly SearchValues<char> s_timers = SearchValues.Create("0123456789/+-");

    private const int HttpTimers = 5;
    private const int TcpTimers = 3;

    public static bool TryRead(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        var open = line[..Math.Min(line.Length, 60)].IndexOf(" [", StringComparison.Ordinal);
        if (open < 3 || line[..open].Contains(' ') || !line[..open].Contains(':'))
        {
            return false;
        }

        var inner = line[(open + 2)..];
        var reading = times.Read(inner);
        if (reading.Length == 0 || !inner[reading.Length..].StartsWith("] ", StringComparison.Ordinal))
        {
            return false;
        }

        var message = inner[(reading.Length + 2)..];
        var rest = message;
        var frontend = Take(ref rest);
        if (frontend.IsEmpty || !Take(ref rest).Contains('/') || Level(Timers(Take(ref rest)), rest) is not { } level)
        {
            return false;
        }

        parsed.IsEvent = true;
        parsed.Time = reading.Time;
        parsed.Level = level;
        parsed.Source = parsed.Source.IsEmpty ? frontend.TrimEnd('~') : parsed.Source;
        parsed.Message = message;
        return true;
    }

    private static Proto.EntryLevel? Level(int timers, ReadOnlySpan<char> rest)
    {
        var first = Take(ref rest);
        if (timers == HttpTimers && int.TryParse(first, out var status))
        {
            return status >= 500 ? Proto.EntryLevel.Error : status < 0 ? Proto.EntryLevel.Warning : Proto.EntryLevel.Information;
        }

        // 0/0/5007 212 SC
        return timers != TcpTimers || !long.TryParse(first.TrimStart('+'), out _) || Take(ref rest) is not { Length: 2 } state ? null
            : state[0] is '-' or 'C' or 'c' ? Proto.EntryLevel.Information : Proto.EntryLevel.Error;
    }

    /// <summary>How many times there are, <c>10/0/-1/-1/+109</c>; 0 if it is something else.</summary>
    private static int Timers(ReadOnlySpan<char> field) => field.IsEmpty || field.ContainsAnyExcept(s_timers) ? 0 : field.Count('/') + 1;

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> rest)
    {
        var blank = rest.IndexOf(' ');
        var field = blank < 0 ? rest : rest[..blank];
        rest = blank < 0 ? default : rest[(blank + 1)..];
        return field;
    }
}
