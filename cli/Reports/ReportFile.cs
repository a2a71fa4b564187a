using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Reports;
using Kind = FaultMaven.Protos.Agent.V1.Report.Types.Kind;

namespace FaultMaven.Cli.Reports;

/// <summary>Has reports made, and writes them to files.</summary>
internal static class ReportFile
{
    // All logs are read for the charts.
    private static readonly TimeSpan s_timeToRead = TimeSpan.FromMinutes(15);

    /// <summary>Has a report made, as the next version of its kind.</summary>
    public static async Task<Report> CreateAsync(
        Connection connection, string caseName, Kind kind, TimeProvider time, CancellationToken cancellationToken) =>
        await connection.Client.Agent.CreateReportAsync(
            new() { Parent = caseName, Kind = kind, RequestId = $"{Guid.NewGuid():N}" },
            deadline: (time.GetUtcNow() + s_timeToRead).UtcDateTime,
            cancellationToken: cancellationToken);

    /// <summary>Checks that a file can be written before work is done that would be lost.</summary>
    /// <exception cref="CommandFailedException">It cannot.</exception>
    public static void EnsureWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CommandFailedException(ExitCode.NotWritable, $"{path} is a folder; name a file in it.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new CommandFailedException(ExitCode.NotWritable, $"{path} cannot be written: there is no folder {folder}.");
        }
    }

    /// <summary>Writes a report, and says where it is.</summary>
    /// <exception cref="CommandFailedException">It cannot be written.</exception>
    public static async Task WriteAsync(ReportDocument report, string path, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(path, report.ToBytes(), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.NotWritable, $"{path} cannot be written: {exception.Message}", exception);
        }

        await Console.Error.WriteLineAsync($"Wrote {path}.");
    }
}
