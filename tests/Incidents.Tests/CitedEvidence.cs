using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using Grpc.Core;

namespace FaultMaven.Incidents.Tests;

/// <summary>The lines that an answer cites, read from the evidence as it is stored.</summary>
internal sealed class CitedEvidence
{
    // A message, the exception behind it and the cause of that are quoted as one; so are the fields of a record.
    private const int MostParts = 3;

    private readonly List<string> _faults = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The citations that do not resolve, or whose quote is not in their lines.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>All that is cited, with the names of the files.</summary>
    public string Text => string.Join('\n', _texts.Values);

    /// <summary>The first and last lines of what is cited, by file name.</summary>
    public Dictionary<string, HashSet<long>> LineNumbers { get; } = new(StringComparer.Ordinal);

    public static async Task<CitedEvidence> ReadAsync(
        DataService.DataServiceClient data, Answer answer, CancellationToken cancellationToken)
    {
        var cited = new CitedEvidence();
        var citations = answer.Claims.SelectMany(claim => claim.Citations)
            .Concat(answer.Timeline.SelectMany(entry => entry.Citations))
            .Concat(answer.Hypotheses.SelectMany(hypothesis => hypothesis.Links).SelectMany(link => link.Citations))
            .Concat(answer.DecisiveLines.Select(line => line.Citation));
        foreach (var citation in citations.Distinct())
        {
            await cited.CheckAsync(data, citation, cancellationToken);
        }

        return cited;
    }

    private async Task CheckAsync(DataService.DataServiceClient data, Citation citation, CancellationToken cancellationToken)
    {
        var place = $"{citation.FileName}:{citation.StartLine}-{citation.EndLine}";
        var text = await ReadAsync(data, citation, cancellationToken);
        _texts[$"{citation.Evidence}#{citation.StartLine}-{citation.EndLine}"] = $"{citation.FileName}\n{text}";
        if (!LineNumbers.TryGetValue(citation.FileName, out var numbers))
        {
            LineNumbers.Add(citation.FileName, numbers = []);
        }

        numbers.UnionWith([citation.StartLine, citation.EndLine]);
        if (string.IsNullOrWhiteSpace(text))
        {
            _faults.Add($"{place} does not resolve.");
        }
        else if (!IsIn(citation.Quote, text))
        {
            _faults.Add($"{place} does not say \"{citation.Quote}\".");
        }
    }

    private static async Task<string> ReadAsync(
        DataService.DataServiceClient data, Citation citation, CancellationToken cancellationToken)
    {
        try
        {
            var read = await data.ReadEvidenceLinesAsync(
                new() { Name = citation.Evidence, StartLine = citation.StartLine, EndLine = citation.EndLine },
                cancellationToken: cancellationToken);
            return read.StartLine == citation.StartLine ? string.Join('\n', read.Lines) : "";
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.OutOfRange)
        {
            return "";
        }
    }

    private static bool IsIn(string quote, string text)
    {
        var plain = Plain(text);
        var parts = quote.TrimEnd('…').Split([": ", "\n"], StringSplitOptions.None).Select(Plain).ToList();
        var found = 0;
        for (var start = 0; start < parts.Count; found++)
        {
            var end = parts.Count;
            while (end > start && !plain.Contains(string.Join(':', parts[start..end]), StringComparison.Ordinal))
            {
                end--;
            }

            if (end == start || found == MostParts)
            {
                return false;
            }

            start = end;
        }

        return true;
    }

    // In JSON and in quoted values, quotes and line ends are escaped; a quote of several lines is joined.
    private static string Plain(string text) => string.Concat(text.Replace("\\n", "", StringComparison.Ordinal)
        .Where(letter => !char.IsWhiteSpace(letter) && letter != '\\'));
}
