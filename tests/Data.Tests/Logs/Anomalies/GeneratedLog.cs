using System.Globalization;
using System.Text;

namespace FaultMaven.Data.Tests.Logs.Anomalies;

/// <summary>
/// A made-up log of some hours: requests that follow the hours of the day, heartbeats, jobs that come back, warnings and errors that always
/// were there, harmless lines seen once or twice; and, if wanted, bursts, gaps, new errors and slow spells at known lines. The same seed
/// gives the same log.
/// </summary>
internal sealed class GeneratedLog
{
    private static readonly string[] s_nouns =
        [
            "cart", "order", "invoice", "parcel", "ledger", "shelf", "basket", "voucher", "ticket", "route", "picture", "report", "mailbox",
            "badge", "lease", "meter", "beacon", "crate", "folder", "stamp"];

    private static readonly string[] s_verbs =
        [
            "priced", "stored", "fetched", "sorted", "printed", "weighed", "signed", "mapped", "scanned", "rendered", "indexed", "packed",
            "merged", "checked", "labelled", "counted"];

    private static readonly string[] s_faults =
        [
            "cannot weigh {0} {1}", "{0} {1} was rejected by the depot", "gave up on {0} {1}", "no answer about {0} {1}",
            "{0} {1} has no owner", "lost track of {0} {1}", "{0} {1} is malformed"];

    private static readonly string[] s_rises = ["leak", "filling up"];

    private readonly List<(DateTimeOffset Time, string Text, int Anomaly)> _entries = [];
    private readonly List<(string What, string[] Kinds)> _injected = [];
    private readonly HashSet<int> _errors = [];
    private readonly Random _random;
    private readonly DateTimeOffset _start;
    private readonly TimeSpan _length;
    private readonly double _phase;
    private readonly int _lines;

    private GeneratedLog(int seed)
    {
        _random = new Random(seed);
        _length = TimeSpan.FromHours(_random.Next(3, 25));
        _start = new DateTimeOffset(2026, 3, 9, _random.Next(24), _random.Next(60), 0, TimeSpan.Zero);
        _phase = _random.NextDouble();
        _lines = _random.Next(2_500, 9_000);
    }

    public string Text { get; private set; } = "";

    public int Lines => _entries.Count;

    /// <summary>True if the line was injected as an error.</summary>
    public bool IsInjectedError(int line) => _errors.Contains(line);

    public IReadOnlyList<InjectedAnomaly> Anomalies { get; private set; } = [];

    /// <summary>A log in which nothing happens.</summary>
    public static GeneratedLog Quiet(int seed) => new GeneratedLog(seed).Fill(anomalies: 0);

    /// <summary>A log with one to four anomalies of different sorts.</summary>
    public static GeneratedLog Troubled(int seed)
    {
        var log = new GeneratedLog(seed);
        return log.Fill(log._random.Next(1, 5));
    }

    private GeneratedLog Fill(int anomalies)
    {
        var services = Enumerable.Range(0, _random.Next(3, 7))
            .Select(_ =>
                new Requests(
                    s_nouns[_random.Next(s_nouns.Length)], s_verbs[_random.Next(s_verbs.Length)], 5 * Math.Exp(4 * _random.NextDouble()),
                    0.3 + (0.5 * _random.NextDouble())))
            .ToList();
        foreach (var requests in services)
        {
            AddRequests(requests, _lines / services.Count * 0.8);
        }

        AddHeartbeats();
        AddResources();
        AddJobs();
        AddUsualTrouble();
        AddRareLines();
        // What rises continues to the end, and a gap must find it there.
        List<string> kinds = ["burst of errors", "flood", "gap", "new error", "slow spell", .. s_rises];
        foreach (var (what, i) in kinds
            .OrderBy(_ => _random.Next()).Take(anomalies).OrderBy(what => !s_rises.Contains(what)).Select((what, i) => (what, i)))
        {
            // Each has a part of the log of its own, behind a first part to learn from.
            Inject(what, services, 0.3 + (0.65 * i / anomalies), 0.65 / anomalies);
        }

        Write();
        return this;
    }

    // The traffic of a day: at night a third of what it is at noon.
    private double Rhythm(double share) => 1 + (0.5 * Math.Sin(2 * Math.PI * (_phase + (share * _length.TotalHours / 24))));

    private DateTimeOffset At(double share) => _start + (_length * share);

    private double TimeOfTraffic()
    {
        for (;;)
        {
            var share = _random.NextDouble();
            if (_random.NextDouble() * 1.5 < Rhythm(share))
            {
                return share;
            }
        }
    }

    private void Add(DateTimeOffset time, Proto.EntryLevel level, string source, string message, int anomaly = -1)
    {
        var name = level switch { Proto.EntryLevel.Error => "ERROR", Proto.EntryLevel.Warning => "WARN ", _ => "INFO " };
        _entries.Add(
            (
                time,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{time:yyyy-MM-dd HH:mm:ss.fff} {name} [{source}-{_random.Next(4)}] made.up.{source} - {message}"),
                anomaly));
    }

    private void AddRequests(Requests requests, double count)
    {
        for (var i = 0; i < count; i++)
        {
            var time = At(TimeOfTraffic());
            var id = _random.Next(1_000_000);
            Add(
                time, Proto.EntryLevel.Information, requests.Noun,
                $"{requests.Verb} {requests.Noun} {id} in {requests.Duration(_random, 1):0} ms");
            if (i % 3 == 0)
            {
                Add(
                    time.AddMilliseconds(_random.Next(1, 40)), Proto.EntryLevel.Information, requests.Noun,
                    $"answered {_random.Next(200, 205)} for {requests.Noun} {id}");
            }
        }
    }

    private void AddHeartbeats()
    {
        var every = _length / (_lines * 0.06);
        for (var time = _start; time < _start + _length; time += every)
        {
            Add(time.AddMilliseconds(_random.Next(50)), Proto.EntryLevel.Information, "pulse", $"alive, {_random.Next(20, 90)} sessions");
        }
    }

    // What programs report about themselves now and then: levels that follow the traffic, wander, jump back with a collection, or only
    // count.
    private void AddResources()
    {
        var every = _length / _random.Next(60, 400);
        var (heap, wander, handled) = (_random.NextDouble(), _random.Next(30, 60), 0);
        for (var time = _start; time < _start + _length; time += every)
        {
            var share = (time - _start) / _length;
            heap = heap > 0.8 ? 0.2 : heap + (0.02 + (0.1 * _random.NextDouble()));
            wander = Math.Clamp(wander + _random.Next(-3, 4), 5, 80);
            handled += _random.Next(50, 150);
            Add(
                time, Proto.EntryLevel.Information, "stats",
                $"heap used {256 + (700 * heap):0} MB, {20 + (40 * Rhythm(share)) + _random.Next(10):0} sessions, queue "
                    + $"depth={_random.Next(0, 25)}");
            Add(
                time.AddMilliseconds(3), Proto.EntryLevel.Information, "stats",
                $"connections {wander}/100, disk {60 + (3 * Rhythm(share)):0}%, handled {handled} jobs from queue since start");
            Add(
                time.AddMilliseconds(7), Proto.EntryLevel.Information, "vm",
                $"GC({handled / 100}) Pause Young (Normal) {600 + _random.Next(300)}M->{200 + _random.Next(80)}M(1024M) "
                    + $"{_random.Next(2, 30)}.{_random.Next(10)}ms");
        }
    }

    private void AddJobs()
    {
        for (var job = _random.Next(1, 4); job > 0; job--)
        {
            var every = _length / _random.Next(6, 40);
            var (noun, size) = (s_nouns[_random.Next(s_nouns.Length)], _random.Next(3, 15));
            for (var time = _start + (every * _random.NextDouble()); time < _start + _length; time += every)
            {
                Add(time, Proto.EntryLevel.Information, "jobs", $"tidying every {noun}");
                for (var i = 0; i < size + _random.Next(size / 2 + 1); i++)
                {
                    Add(
                        time.AddMilliseconds(200 * (i + 1)), Proto.EntryLevel.Information, "jobs",
                        $"tidied {noun} {_random.Next(100_000)}");
                }
            }
        }
    }

    private void AddUsualTrouble()
    {
        for (var i = _random.Next(20, 80); i > 0; i--)
        {
            Add(At(TimeOfTraffic()), Proto.EntryLevel.Warning, "depot", $"slow answer for key {_random.Next(10_000)}, asking again");
        }

        for (var i = _random.Next(0, 30); i > 0; i--)
        {
            Add(At(TimeOfTraffic()), Proto.EntryLevel.Error, "depot", $"peer 10.0.0.{_random.Next(256)} went away early");
        }
    }

    private void AddRareLines()
    {
        for (var i = _random.Next(5, 16); i > 0; i--)
        {
            var level = _random.Next(10) switch
            {
                < 5 => Proto.EntryLevel.Information, < 9 => Proto.EntryLevel.Warning, _ => Proto.EntryLevel.Error
            };
            var text =
                $"{s_verbs[_random.Next(s_verbs.Length)]} the {s_nouns[_random.Next(s_nouns.Length)]} of "
                    + $"{s_nouns[_random.Next(s_nouns.Length)]} by hand";
            for (var times = _random.Next(1, 3); times > 0; times--)
            {
                Add(At(TimeOfTraffic()), level, "desk", text);
            }
        }
    }

    private void Inject(string what, List<Requests> services, double from, double room)
    {
        var share = from + (room * (0.1 + (0.4 * _random.NextDouble())));
        var time = At(share);
        var requests = services[_random.Next(services.Count)];
        var number = _injected.Count;
        switch (what)
        {
            case "burst of errors":
                _injected.Add((what, ["log.burst"]));
                var seconds = _random.Next(30, 240);
                for (var i = _random.Next(25, 150); i > 0; i--)
                {
                    Add(
                        time.AddSeconds(seconds * _random.NextDouble()), Proto.EntryLevel.Error, "depot",
                        $"peer 10.0.0.{_random.Next(256)} went away early", number);
                }

                break;
            case "flood":
                _injected.Add((what, ["log.surge"]));
                var request = $" {requests.Verb} {requests.Noun} ";
                var usual = _entries.Count(entry => entry.Text.Contains(request, StringComparison.Ordinal)) / _length.TotalSeconds;
                var span = _random.Next(60, 300);
                for (var i = (int)Math.Max(80, usual * span * _random.Next(12, 40)); i > 0; i--)
                {
                    Add(
                        time.AddSeconds(span * _random.NextDouble()), Proto.EntryLevel.Information, requests.Noun,
                        $"{requests.Verb} {requests.Noun} {_random.Next(1_000_000)} in {requests.Duration(_random, 1):0} ms", number);
                }

                break;
            case "gap":
                _injected.Add((what, ["log.gap"]));
                var silence = _length * Math.Clamp(
                    _random.Next(60, 160) / (_lines * Rhythm(share)), 1.0 / 60 / _length.TotalHours, 0.6 * room);
                _entries.RemoveAll(entry => entry.Time > time && entry.Time < time + silence);
                Add(time, Proto.EntryLevel.Information, "pulse", $"alive, {_random.Next(20, 90)} sessions", number);
                Add(time + silence, Proto.EntryLevel.Information, "pulse", $"alive, {_random.Next(20, 90)} sessions", number);
                break;
            case "leak":
                _injected.Add((what, ["log.resource_rising", "log.resource_near_limit"]));
                Rise(
                    number, share: 0.05,
                    (_, done) =>
                        $"backlog of the {requests.Noun} is {20 + (_random.Next(100, 400) * 0.05) + (400 * done) + _random.Next(20):0}, "
                            + $"{_random.Next(9)} workers");
                break;
            case "filling up":
                _injected.Add((what, ["log.resource_near_limit", "log.resource_rising"]));
                var (least, form) = (0.2 + (0.4 * _random.NextDouble()), _random.Next(3));
                Rise(number, share: 0.05, (noise, done) => (Used: least + ((0.97 - least) * done) + (0.02 * noise), Form: form) switch
                {
                    (var used, 0) => $"volume of {requests.Noun} at {100 * used:0.0}%",
                    (var used, 1) => $"{requests.Noun} pool: {80 * used:0} of 80 connections in use",
                    var (used, _) => $"{requests.Noun} heap after full collection {4096 * used:0}MB/4096MB",
                });
                break;
            case "new error":
                _injected.Add((what, ["log.new_template"]));
                var (fault, noun) = (s_faults[_random.Next(s_faults.Length)], s_nouns[_random.Next(s_nouns.Length)]);
                var lasts = _length * room * (0.05 + (0.4 * _random.NextDouble()));
                for (var i = _random.Next(4, 40); i > 0; i--)
                {
                    Add(
                        time + (lasts * _random.NextDouble()), Proto.EntryLevel.Error, noun,
                        string.Format(CultureInfo.InvariantCulture, fault, noun, _random.Next(10_000)), number);
                }

                break;
            default:
                Slow(requests, share, room * 0.5, number);
                break;
        }
    }

    // Readings of a message of their own, to the end of the log.
    private void Rise(int number, double share, Func<double, double, string> message)
    {
        var every = _length * (1 - share) / _random.Next(30, 300);
        for (var time = At(share); time < _start + _length; time += every)
        {
            Add(
                time, Proto.EntryLevel.Information, "meter",
                message(_random.NextDouble() - 0.5, (time - At(share)) / (_length * (1 - share))), number);
        }
    }

    private void Slow(Requests requests, double from, double room, int number)
    {
        var factor = 3 + (5 * _random.NextDouble());
        var until = At(from + Math.Max(0.12, room));
        var marker = $" {requests.Verb} {requests.Noun} ";
        _injected.Add(("slow spell", ["log.latency_shift"]));
        for (var i = 0; i < _entries.Count; i++)
        {
            var (time, text, anomaly) = _entries[i];
            if (anomaly < 0 && text.Contains(marker, StringComparison.Ordinal) && time >= At(from) && time < until)
            {
                _entries[i] = (
                    time,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{text[..text.LastIndexOf(" in ", StringComparison.Ordinal)]} in {requests.Duration(_random, factor):0} ms"),
                    number);
            }
        }
    }

    private void Write()
    {
        // Of equal times the order is that of writing; List.Sort would not keep it.
        var ordered = _entries.OrderBy(entry => entry.Time).ToList();
        var text = new StringBuilder();
        foreach (var entry in ordered)
        {
            text.Append(entry.Text).Append('\n');
        }

        Text = text.ToString();
        for (var i = 0; i < ordered.Count; i++)
        {
            if (ordered[i].Anomaly is >= 0 and var number && _injected[number].What.Contains("error", StringComparison.Ordinal))
            {
                _errors.Add(i + 1);
            }
        }

        Anomalies = [.. _injected.Select((injected, number) => new InjectedAnomaly(
            injected.What, ordered.FindIndex(entry => entry.Anomaly == number) + 1,
            ordered.FindLastIndex(entry => entry.Anomaly == number) + 1, injected.Kinds)
            {
                Spread = s_rises.Contains(injected.What)
                    ? ordered.Index().Where(entry => entry.Item.Anomaly == number).Select(entry => entry.Index + 1).ToHashSet()
                    : null,
            })];
    }

    /// <summary>Requests of one sort, with durations around a median.</summary>
    private sealed record Requests(string Noun, string Verb, double Median, double Spread)
    {
        public double Duration(Random random, double factor)
        {
            // Box-Muller: durations are log-normal.
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Max(1, factor * Median * Math.Exp(Spread * normal));
        }
    }
}
