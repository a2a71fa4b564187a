using System.Runtime.CompilerServices;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>Reads the stored text of evidence.</summary>
internal static class StoredLines
{
    private const int LinesAtOnce = 2_000;

    /// <summary>Lines in order, until there are no more.</summary>
    /// <param name="data">The service.</param>
    /// <param name="name">The evidence.</param>
    /// <param name="first">The first line, from 1.</param>
    /// <param name="last">The last line.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<string> ReadAsync(
        DataServiceClient data, string name, long first, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = first;
        while (line <= last)
        {
            var page = await data.ReadEvidenceLinesAsync(
                new() { Name = name, StartLine = line, EndLine = Math.Min(last, line + LinesAtOnce - 1) },
                cancellationToken: cancellationToken);
            foreach (var text in page.Lines)
            {
                yield return text;
            }

            if (page.Lines.Count == 0)
            {
                yield break;
            }

            line += page.Lines.Count;
        }
    }
}
