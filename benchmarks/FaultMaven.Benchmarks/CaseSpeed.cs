using System.Diagnostics;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Benchmarks;

/// <summary>
/// How long lists of many cases take, and additions to open ones while there are many; also in processor time of this process, which is
/// the service, its caller and SQLite.
/// </summary>
internal static class CaseSpeed
{
    private const int Times = 300;
    private const int AppendsPerSecond = 2000;
    private const int OpenCases = 10_000;

    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(15);

    private static readonly (string Filter, string Order)[] s_lists =
    [
        ("", ""),
        ("", "create_time"),
        ("", "update_time desc"),
        ("", "priority desc"),
        ("", "priority desc, update_time desc"),
        ("service = rare", ""),
        ("service = rare", "update_time desc"),
        ("service = rare", "priority desc"),
        ("owner = \"person:user-3\"", ""),
        ("owner = \"person:user-3\"", "update_time desc"),
        ("owner = \"person:user-3\"", "priority desc"),
        ("state != CLOSED", "update_time desc"),
        ("tags:tag-7", ""),
        ("priority >= HIGH AND state != CLOSED", ""),
        ("service = service-5 AND state != CLOSED", "update_time desc"),
        ("title:\"no such word\"", ""),
    ];

    public static async Task RunAsync(int count)
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, load {await File.ReadAllTextAsync("/proc/loadavg")}");
        foreach (var inRedis in (bool[])[false, true])
        {
            await using var cases = await MeasuredCases.StartAsync(inRedis);
            var clock = Stopwatch.StartNew();
            var names = await cases.FillAsync(count);
            var size = await cases.SizeAsync() / 1e6;
            Console.WriteLine($"{cases.StoreName}: {count:N0} cases in {clock.Elapsed.TotalSeconds:N0} s, {size:N0} MB");
            await ListAsync(cases);
            await AppendAsync(cases, names);
        }
    }

    private static async Task ListAsync(MeasuredCases cases)
    {
        Console.WriteLine(
            $"{"store",-14} {"filter",-42} {"order",-34} {"shown",5} {"p50 ms",8} {"p99 ms",8} {"cpu ms",8}");
        foreach (var (filter, order) in s_lists)
        {
            var request = new ListCasesRequest { Filter = filter, OrderBy = order, PageSize = 50 };
            var taken = new List<TimeSpan>();
            var shown = 0;
            var cpu = Environment.CpuUsage.TotalTime;
            for (var i = -30; i < Times; i++)
            {
                var before = Stopwatch.GetTimestamp();
                shown = (await cases.Client.ListCasesAsync(request)).Cases.Count;
                if (i < 0)
                {
                    cpu = Environment.CpuUsage.TotalTime;
                }
                else
                {
                    taken.Add(Stopwatch.GetElapsedTime(before));
                }
            }

            Console.WriteLine($"{cases.StoreName,-14} {filter,-42} {order,-34} {shown,5} {Percentiles(taken)} "
                + $"{(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Times,8:N2}");
        }
    }

    // At a steady rate, whether or not earlier ones are done, so that a stall is seen as waiting.
    private static async Task AppendAsync(MeasuredCases cases, IReadOnlyList<CaseName> names)
    {
        var open = names.Where((_, i) => i % 3 == 0).Take(OpenCases).ToList();
        var pending = new List<Task<TimeSpan>>();
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        for (var i = 0; clock.Elapsed < s_time; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / AppendsPerSecond);
            if (due > clock.Elapsed)
            {
                await Task.Delay(1);
            }

            var name = open[i % open.Count];
            pending.Add(Task.Run(async () =>
            {
                using var work = TestIdentity.Work();
                var message = new CaseEvent { MessageAdded = new Message { Text = "The pool of connections is exhausted again." } };
                await cases.Log.AppendAsync(name, _ => [message], added => added.Event.MessageAdded, CancellationToken.None);
                return clock.Elapsed - due;
            }));
        }

        var taken = (await Task.WhenAll(pending)).Skip(AppendsPerSecond).ToList();
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Console.WriteLine(
            $"{cases.StoreName,-14} messages added to {open.Count:N0} open cases: "
            + $"{pending.Count / clock.Elapsed.TotalSeconds:N0} per second, "
            + $"p50 and p99 ms: {Percentiles(taken)}, cpu ms each: {cpu.TotalMilliseconds / pending.Count:N3}");
    }

    private static string Percentiles(List<TimeSpan> taken)
    {
        taken.Sort();
        return $"{taken[taken.Count / 2].TotalMilliseconds,8:N2} {taken[(int)(taken.Count * 0.99)].TotalMilliseconds,8:N2}";
    }
}
