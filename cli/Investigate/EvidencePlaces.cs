using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.Investigate;

/// <summary>Citations as people follow them: <c>checkout.log:120-131,140; pods.json:14</c>.</summary>
internal static class EvidencePlaces
{
    private const int MaxFiles = 3;
    private const int MaxRanges = 3;

    // Lines so close to each other are one place to look at.
    private const int MaxGap = 3;

    /// <summary>The places in parentheses, or nothing if there are none. The first few of each file; the rest is in the JSON.</summary>
    public static string Of(IEnumerable<Citation> citations)
    {
        var files = citations
            .GroupBy(citation => (citation.Evidence, citation.FileName))
            .Select(file => $"{file.Key.FileName}:{Ranges(file)}")
            .ToList();
        return files.Count == 0 ? "" : $"({string.Join("; ", files.Take(MaxFiles))}{(files.Count > MaxFiles ? "; …" : "")})";
    }

    private static string Ranges(IEnumerable<Citation> citations)
    {
        var merged = new List<(long Start, long End)>();
        foreach (var citation in citations.OrderBy(citation => citation.StartLine))
        {
            var end = Math.Max(citation.StartLine, citation.EndLine);
            if (merged is [.., var last] && citation.StartLine <= last.End + MaxGap)
            {
                merged[^1] = (last.Start, Math.Max(last.End, end));
            }
            else
            {
                merged.Add((citation.StartLine, end));
            }
        }

        var shown = merged.Take(MaxRanges).Select(range => range.End > range.Start ? $"{range.Start}-{range.End}" : $"{range.Start}");
        return $"{string.Join(',', shown)}{(merged.Count > MaxRanges ? ",…" : "")}";
    }
}
