using System.Diagnostics;
using System.Globalization;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using FaultMaven.Standalone.State;

namespace FaultMaven.State.Tests.Sqlite;

/// <summary>The process that writes is killed.</summary>
public sealed class KillingOnSqlite : Killing
{
    protected override Task<Victim> StartAsync() => Task.FromResult<Victim>(new Writer());

    private sealed class Writer : Victim
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-state-");

        private string State => Path.Combine(_directory.FullName, "state");

        public override async Task WriteAndKillAsync(int round, int seed, int after, IReadOnlyList<Dictionary<string, long?>> answers)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true,
                ArgumentList =
                {
                    Path.Combine(AppContext.BaseDirectory, "FaultMaven.StateWriter.dll"),
                    State,
                    $"{SchedulesAtOnce}",
                    $"{round}",
                    $"{seed}",
                },
            })!;
            try
            {
                while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
                {
                    if (after-- == 0)
                    {
                        process.Kill();
                    }

                    Learn(line, answers);
                }
            }
            finally
            {
                process.Kill();
            }

            await process.WaitForExitAsync(Cancel);
            Assert.True(after < 0, "It ended by itself.");
        }

        public override async Task ReadAsync(bool isLast, Func<int, StateStore, Task> read)
        {
            // Another writer is to find the files as they were left, so what is opened before is a copy.
            var opened = isLast ? State : Path.Combine(_directory.CreateSubdirectory("copy").FullName, "state");
            if (!isLast && Directory.Exists(State))
            {
                Directory.CreateDirectory(opened);
                foreach (var file in Directory.EnumerateFiles(State))
                {
                    File.Copy(file, Path.Combine(opened, Path.GetFileName(file)));
                }
            }

            for (var schedule = 0; schedule < SchedulesAtOnce; schedule++)
            {
                var path = Path.Combine(opened, $"schedule-{schedule}.db");
                using var store = SqliteFolder.Open(path);
                await read(schedule, store);

                using var connection = new StateFile(path).OpenReader();
                var findings = new StateFindings();
                StateFileCheck.Run(connection, findings);
                Assert.Empty(findings.Problems);
                using var check = connection.Prepare("PRAGMA integrity_check");
                Assert.True(check.Step());
                Assert.Equal("ok", check.Text(0));
            }
        }

        public override ValueTask DisposeAsync()
        {
            _directory.Delete(recursive: true);
            return default;
        }

        private static void Learn(string line, IReadOnlyList<Dictionary<string, long?>> answers)
        {
            // The last line may be cut; then it has no full stop.
            if (line.Split(' ') is [var schedule, var id, var version, "."])
            {
                answers[int.Parse(schedule, CultureInfo.InvariantCulture)].Add(
                    id, version == "-" ? null : long.Parse(version, CultureInfo.InvariantCulture));
            }
        }
    }
}
