using FaultMaven.Agents;
using FaultMaven.Data;
using FaultMaven.Gateway;
using FaultMaven.Knowledge;
using FaultMaven.Redaction;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using FaultMaven.Sessions;
using FaultMaven.Standalone.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FaultMaven.Standalone.Admin;

/// <summary>Verifies a data folder or a backup, whether or not a server is using it. It changes nothing.</summary>
public static class DataFolderCheck
{
    private const int ReportEvery = 500;

    /// <summary>How many problems of SQLite itself are asked for.</summary>
    private const int MaxDamages = 20;

    /// <summary>Checks a folder.</summary>
    /// <param name="directory">The data folder, or the folder of a backup.</param>
    /// <param name="isReadingTexts">Whether the texts of evidence are read to compare their digests, or only looked for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">What is being done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DataDirectoryException">There is no data, or it cannot be opened at all.</exception>
    /// <exception cref="BackupUnusableException">It is a backup whose manifest is damaged.</exception>
    public static async Task<CheckReport> RunAsync(
        string directory, bool isReadingTexts, TimeProvider time, IProgress<string> progress, CancellationToken cancellationToken)
    {
        directory = Path.GetFullPath(directory);
        var problems = BackupManifest.IsIn(directory) ? CheckFiles(directory, progress, cancellationToken) : [];
        if (!DataFolder.HasData(directory))
        {
            throw new DataDirectoryException($"There is no data in {directory}.", null);
        }

        OwnerOnly.Apply();
        await using var services = ChecksFor(directory, isReadingTexts, time);
        var checks = services.GetServices<IStateCheck>().ToList();
        var parts = new List<CheckedPart>();
        using (var snapshot = DataFolderSnapshot.Take(directory, time, () => { }))
        {
            foreach (var file in snapshot.Files)
            {
                parts.Add(new CheckedPart(
                    file.RelativePath, file.SchemaVersion, await CheckAsync(file, checks, progress, cancellationToken)));
            }
        }

        problems.AddRange(parts.SelectMany(part => part.Findings.Problems.Select(problem => $"{part.Path}: {problem}")));
        return new CheckReport(parts, problems);
    }

    private static ServiceProvider ChecksFor(string directory, bool isReadingTexts, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = directory });
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(DataFolder.SettingsOf(directory));
        builder.Services.TryAddSingleton(time);
        builder.AddAgentChecks();
        builder.AddDataChecks(isReadingTexts);
        builder.AddGatewayChecks();
        builder.AddKnowledgeChecks();
        builder.AddRedactionChecks();
        builder.AddSessionChecks();
        return builder.Services.BuildServiceProvider();
    }

    /// <summary>Compares the files of a backup with its manifest.</summary>
    private static List<string> CheckFiles(string directory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var manifest = BackupManifest.Read(directory);
        var problems = new List<string>();
        foreach (var (index, file) in manifest.Files.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(directory, file.Path);
            if (!File.Exists(path))
            {
                problems.Add($"{file.Path} is missing.");
            }
            else if (FileCopy.Describe(path, file.Path) != file)
            {
                problems.Add($"{file.Path} is not what the manifest says.");
            }

            if (index % ReportEvery == 0)
            {
                progress.Report($"Comparing files: {index} of {manifest.Files.Count}");
            }
        }

        return problems;
    }

    private static async Task<StateFindings> CheckAsync(
        SnapshotFile file, IReadOnlyList<IStateCheck> checks, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var findings = new StateFindings();
        try
        {
            progress.Report($"Checking {file.RelativePath}");
            if (file.SchemaVersion > file.KnownVersion)
            {
                findings.Report($"It has schema {file.SchemaVersion}, and this program knows {file.KnownVersion}.");
            }
            else if (IsSound(file.Connection, findings) && file.SchemaVersion == file.KnownVersion)
            {
                await CheckContentAsync(file, checks, findings, progress, cancellationToken);
            }
        }
        catch (SqliteException exception)
        {
            findings.Report($"It cannot be read: {exception.Message}.");
        }

        return findings;
    }

    private static bool IsSound(StateConnection connection, StateFindings findings)
    {
        using var check = connection.Prepare($"PRAGMA integrity_check({MaxDamages})");
        while (check.Step())
        {
            if (check.Text(0) is not "ok" and var damage)
            {
                findings.Report($"It is damaged: {damage}.");
            }
        }

        return findings.Problems.Count == 0;
    }

    private static async Task CheckContentAsync(
        SnapshotFile file, IReadOnlyList<IStateCheck> checks, StateFindings findings, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        if (file.State is not { } state)
        {
            KnowledgeFile.Check(file.FullPath, findings);
            return;
        }

        StateFileCheck.Run(file.Connection, findings);
        var partitions = 0;
        foreach (var partition in state.ListPartitions())
        {
            foreach (var check in checks.Where(check => check.Service == file.Service))
            {
                await CheckAsync(file, check, partition, findings, cancellationToken);
            }

            if (++partitions % ReportEvery == 0)
            {
                progress.Report($"Checking {file.RelativePath}: {partitions} partitions");
            }
        }
    }

    // What is outside of the snapshot, such as a text, may have been deleted since: then the partition is not what it was any more.
    private static async Task CheckAsync(
        SnapshotFile file, IStateCheck check, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        using var work = DataFolder.Enter(partition);
        var found = new StateFindings();
        await check.CheckAsync(file.State!, partition, found, cancellationToken);
        if (found.Problems.Count > 0)
        {
            using var now = new SnapshotFile(Path.GetDirectoryName(file.FullPath)!, file.FullPath, file.Time);
            var again = new StateFindings();
            await check.CheckAsync(new StateSnapshot(now.Connection, file.Time), partition, again, cancellationToken);
            found = again;
        }

        findings.Add(found);
    }
}
