using System.Globalization;
using System.Text;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Extraction;

/// <summary>
/// Uploads each folder of Golden as a case and compares what the service makes of it, whole, with the approved text beside the folder.
/// </summary>
public sealed class EveryRowOfTheExtractorTable(DataHost host)
{
    /// <summary>Set to anything, this variable makes the test write the approved texts instead of comparing them.</summary>
    private const string Update = "FAULTMAVEN_UPDATE_GOLDEN";

    public static TheoryData<string> Rows =>
        [.. Directory.EnumerateDirectories(Root()).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Is_read_as_approved(string row)
    {
        var told = await TellAsync(Path.Combine(Root(), row));
        var approved = Path.Combine(Root(), $"{row}.approved.txt");

        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
        {
            await File.WriteAllTextAsync(approved, told, Cancel);
        }

        Assert.Equal((await File.ReadAllTextAsync(approved, Cancel)).ReplaceLineEndings("\n"), told);
    }

    [Fact]
    public void No_row_is_approved_that_is_not_there() =>
        Assert.Equal(
            Rows.Select(row => $"{row.Data}.approved.txt"),
            Directory.EnumerateFiles(Root(), "*.approved.txt").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private async Task<string> TellAsync(string folder)
    {
        var parent = NewCase();
        var text = new StringBuilder();

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var evidence = await host.Client.UploadAsync(parent, Path.GetFileName(file), await File.ReadAllBytesAsync(file, Cancel));
            var asks = evidence.NeedsConfirmation ? ", to be confirmed" : "";
            text.Append(
                CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file)}: {evidence.Type} {evidence.Confidence:0.00}{asks}\n");
        }

        var signals = await host.Client.ListSignalsAsync(new() { Parent = parent, PageSize = 1_000 }, cancellationToken: Cancel);

        foreach (var signal in signals.Signals)
        {
            Tell(signal, text);
        }

        return text.ToString();
    }

    private static void Tell(Signal signal, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{Analysed.Line(signal)}\n  {signal.Summary}\n");

        if (signal.StartTime is not null)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"  from {signal.StartTime.ToDateTimeOffset():O} to {signal.EndTime.ToDateTimeOffset():O}\n");
        }

        foreach (var (name, value) in signal.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name} = {value}\n");
        }

        foreach (var citation in signal.Citations)
        {
            text.Append(CultureInfo.InvariantCulture, $"  > {citation.Quote}\n");
        }
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);

        while (!File.Exists(Path.Combine(folder.FullName, "FaultMaven.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine(folder.FullName, "tests", "Data.Tests", "Extraction", "Golden");
    }
}
