using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Reads access logs in common or combined form: <c>10.0.0.7 - ann [12/Mar/2026:12:00:01 +0000] "GET /cart HTTP/1.1" 503 187 "-"
/// "curl/8"</c>. The message is all from the request on. Answers from 500 on are errors; those from 400 on are the client's affair.
/// </summary>
internal static class AccessLine
{
    public static bool TryRead(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        var open = line[..Math.Min(line.Length, 200)].IndexOf(" [", StringComparison.Ordinal);
        if (open < 1 || line[..open].Count(' ') is < 1 or > 4)
        {
            return false;
        }

        var inner = line[(open + 2)..];
        var reading = times.Read(inner);
        if (reading.Length == 0 || !inner[reading.Length..].StartsWith("] \"", StringComparison.Ordinal))
        {
            return false;
        }

        parsed.IsEvent = true;
        parsed.Time = reading.Time;
        parsed.Message = inner[(reading.Length + 2)..];
        parsed.Level = Status(parsed.Message) switch
        {
            >= 500 and < 600 => Proto.EntryLevel.Error,
            > 0 => Proto.EntryLevel.Information,
            _ => Proto.EntryLevel.Unspecified,
        };
        return true;
    }

    /// <summary>The status behind the quoted request; 0 if there is none.</summary>
    public static int Status(ReadOnlySpan<char> request)
    {
        var end = request.IsEmpty ? -1 : request[1..].IndexOf('"');
        return end > 0 && end + 6 <= request.Length && request[end + 2] == ' ' && int.TryParse(request.Slice(end + 3, 3), out var status)
            ? status : 0;
    }
}
