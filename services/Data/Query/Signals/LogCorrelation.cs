using System.Globalization;

namespace FaultMaven.Data.Query.Signals;

/// <summary>
/// Finds troubles in the logs of two files that began at about the same time and name the same thing: a request id, a peer, a host, a
/// service.
/// </summary>
internal static class LogCorrelation
{
    private const int MaxSignals = 5;
    private const int MaxTroubles = 200;
    private const int MinIdLength = 16;
    private static readonly TimeSpan s_together = TimeSpan.FromMinutes(2);
    private static readonly string[] s_names = ["service", "target", "host", "pool", "queue", "database"];

    /// <summary>Finds them among the signals of a case, one for each pair of files.</summary>
    public static IEnumerable<Proto.Signal> Find(IReadOnlyList<Proto.Signal> all)
    {
        var troubles =
            all.Where(signal => signal.Kind.StartsWith("log.", StringComparison.Ordinal) && signal.Severity >= Proto.Severity.Error
            && signal.StartTime is not null && signal.Citations.Count > 0)
            .OrderBy(signal => signal.StartTime).Take(MaxTroubles).Select(signal => (Signal: signal, Names: Names(signal))).ToList();
        var paired = new HashSet<(string, string)>();
        for (var i = 0; i < troubles.Count; i++)
        {
            var (first, names) = troubles[i];
            foreach (var (then, others) in troubles.Skip(i + 1)
                .TakeWhile(other => other.Signal.StartTime.ToDateTimeOffset() - first.StartTime.ToDateTimeOffset() <= s_together))
            {
                var (here, there) = (first.Citations[0].Evidence, then.Citations[0].Evidence);
                if (here != there && names.FirstOrDefault(others.Contains) is { } shared && paired.Count < MaxSignals
                    && paired.Add(string.CompareOrdinal(here, there) < 0 ? (here, there) : (there, here)))
                {
                    yield return Of(first, then, shared);
                }
            }
        }
    }

    private static Proto.Signal Of(Proto.Signal first, Proto.Signal then, string shared)
    {
        var seconds = (long)(then.StartTime.ToDateTimeOffset() - first.StartTime.ToDateTimeOffset()).TotalSeconds;
        var signal = new Proto.Signal
        {
            Kind = "log.correlated",
            Subject = first.Subject,
            Summary =
                $"Errors in {first.Citations[0].FileName} ({first.Kind}) and, {seconds} s later, in {then.Citations[0].FileName} ("
                + $"{then.Kind}); both mention {shared}.",
            Severity = Proto.Severity.Info,
            State = then.State,
            Surprise = 0.5,
            StartTime = first.StartTime,
            EndTime = then.EndTime ?? then.StartTime,
        };
        signal.Attributes["first"] = first.Kind;
        signal.Attributes["then"] = then.Kind;
        signal.Attributes["shared"] = shared;
        signal.Attributes["lead_seconds"] = seconds.ToString(CultureInfo.InvariantCulture);
        signal.Citations.Add(first.Citations[0]);
        signal.Citations.Add(then.Citations[0]);
        return signal;
    }

    // Ids first: two files rarely name the same by chance.
    private static List<string> Names(Proto.Signal signal)
    {
        var names = signal.Citations.SelectMany(citation => Ids(citation.Quote)).ToList();
        foreach (var attribute in s_names)
        {
            if (signal.Attributes.GetValueOrDefault(attribute) is { Length: > 2 } name)
            {
                // payments:8443 is the service payments.
                names.Add(name.Split(':')[0]);
            }
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    // 4bf92f3577b34da6a3ce929d0e0e4736, 0b5c3f0e-8f5c-4d0e-9b6a-0f5f2a5f7f11
    private static IEnumerable<string> Ids(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var end = i;
            while (end < text.Length && (char.IsAsciiHexDigit(text[end]) || text[end] == '-'))
            {
                end++;
            }

            if (end - i >= MinIdLength && text.AsSpan(i, end - i).ContainsAnyInRange('0', '9')
                && text.AsSpan(i, end - i).ContainsAnyInRange('a', 'f'))
            {
                yield return text[i..end];
            }

            i = Math.Max(i, end);
        }
    }
}
