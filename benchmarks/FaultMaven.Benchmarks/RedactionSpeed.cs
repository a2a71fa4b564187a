using System.Diagnostics;
using System.Text;

namespace FaultMaven.Benchmarks;

/// <summary>
/// The redaction benchmarks by processor time instead of the clock, for machines that do other things too: the time of all threads and of
/// ripgrep's process. One line for each, in megabytes of UTF-8 for a second of one core, with the ratio to ripgrep.
/// </summary>
internal static class RedactionSpeed
{
    private const int Length = 16 * 1024 * 1024;
    // The first ones are run before the compiler knows what is hot.
    private const int Rounds = 30;

    public static async Task RunAsync()
    {
        foreach (var withSecrets in (bool[])[false, true])
        {
            var bytes = Encoding.UTF8.GetByteCount(MadeUpLogs.Create(Length, withSecrets));
            var library = new RedactionBenchmarks { Length = Length, WithSecrets = withSecrets };
            library.Generate();
            var ripgrep = Ripgrep.Find(MadeUpLogs.Create(Length, withSecrets));
            var ripgrepSpeed = ripgrep is null ? double.NaN : Speed(Length, ripgrep.Measure());
            Report("ripgrep, the same patterns", withSecrets, ripgrepSpeed, ripgrepSpeed);
            Report("recognisers", withSecrets, Speed(bytes, Best(() => Measure(() => library.Find()))), ripgrepSpeed);
            Report("scanner", withSecrets, Speed(bytes, Best(() => Measure(() => library.Scan()))), ripgrepSpeed);
            library.CleanUp();
            ripgrep?.Dispose();

            var stream = new RedactionStreamBenchmarks { WithSecrets = withSecrets };
            await stream.StartAsync();
            var (best, shortest) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
            for (var i = 0; i < Rounds; i++)
            {
                var (before, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
                await stream.Stream();
                var taken = Environment.CpuUsage.TotalTime - before;
                (best, shortest) = (taken < best ? taken : best, clock.Elapsed < shortest ? clock.Elapsed : shortest);
            }

            Report("stream, client and server", withSecrets, Speed(bytes, best), ripgrepSpeed);
            Report("the same by the clock", withSecrets, Speed(bytes, shortest), ripgrepSpeed);
            await stream.StopAsync();
        }
    }

    private static TimeSpan Best(Func<TimeSpan> measure) => Enumerable.Range(0, Rounds).Select(_ => measure()).Min();

    private static TimeSpan Measure(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return Environment.CpuUsage.TotalTime - before;
    }

    private static double Speed(long bytes, TimeSpan time) => bytes / time.TotalSeconds / 1e6;

    private static void Report(string what, bool withSecrets, double speed, double ripgrep) =>
        Console.WriteLine($"{what,-28} {(withSecrets ? "with secrets" : "without"),-13} {speed,8:N1} MB/s {speed / ripgrep,8:N2} of "
            + "ripgrep");
}
