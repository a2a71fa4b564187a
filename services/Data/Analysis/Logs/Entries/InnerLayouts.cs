using FaultMaven.Data.Analysis.Logs.Headers;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>
/// The layouts of headers inside messages, by the source of the message: what syslog, a journal or a container's runtime puts a header
/// before often has one that the program wrote.
/// </summary>
internal sealed class InnerLayouts
{
    private const int MinMessages = 16;
    private const int MaxSources = 64;
    private const double MinShare = 0.8;

    private readonly Dictionary<string, HeaderLayouts>.AlternateLookup<ReadOnlySpan<char>> _layouts =
        new Dictionary<string, HeaderLayouts>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Learns from the messages of a sample, each with its source.</summary>
    public void Learn(IEnumerable<(string Source, string Message)> messages, TimeText times)
    {
        foreach (var source in messages.GroupBy(message => message.Source).Where(source => source.Count() >= MinMessages).Take(MaxSources))
        {
            if (HeaderLayouts.InferInner([.. source.Select(message => message.Message)], MinShare, times) is { } layouts)
            {
                _layouts[source.Key] = layouts;
            }
        }
    }

    /// <summary>Reads the header of a message; false if the messages of its source have none.</summary>
    public bool TryRead(ReadOnlySpan<char> source, ReadOnlySpan<char> message, TimeText times, out Header header)
    {
        header = default;
        return _layouts.Dictionary.Count > 0 && _layouts.TryGetValue(source, out var layouts)
            && layouts.TryRead(message, times, out header, out _);
    }
}
