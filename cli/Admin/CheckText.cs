using FaultMaven.Cli.Terminal;
using FaultMaven.Standalone.Admin;

namespace FaultMaven.Cli.Admin;

/// <summary>The plain report of a check, a line for each file and each problem.</summary>
internal static class CheckText
{
    public static async Task WriteAsync(CheckReport report, CancellationToken cancellationToken)
    {
        var width = report.Parts.Select(part => part.Path.Length).DefaultIfEmpty().Max();
        foreach (var part in report.Parts)
        {
            var counts = string.Join(", ", part.Findings.Counts.Select(count => $"{count.Key} {count.Value}"));
            await WriteLineAsync($"{part.Path.PadRight(width)}  schema {part.SchemaVersion}: {counts}", cancellationToken);
        }

        foreach (var problem in report.Problems)
        {
            await WriteLineAsync($"PROBLEM  {PrintableText.Of(problem)}", cancellationToken);
        }

        await WriteLineAsync(
            report.Problems.Count == 0 ? "No problems." : $"{Counted.Of(report.Problems.Count, "problem")}.", cancellationToken);
    }

    private static Task WriteLineAsync(string line, CancellationToken cancellationToken) =>
        Console.Out.WriteLineAsync(line.AsMemory(), cancellationToken);
}
