using System.Globalization;
using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Commands;

/// <summary>
/// Finds processors, memory and disks that are nearly used up in the output of top, ps, df, free, vmstat, iostat and docker stats.
/// </summary>
internal sealed partial class UsageReader(SignalBuilder signals)
{
    // A command is one look: what is above these shares is worth a look, what is above 90 % is used up.
    private const double NotableCpu = 70;
    private const double NotableMemory = 80;
    private const double NotableDisk = 85;
    private const double Full = 90;

    private readonly List<(string Name, double Percent, int Line)> _calm = [];
    private readonly SampledUsage _samples = new();

    /// <summary>Reads a line that is complete by itself; false if it is not one.</summary>
    public bool ReadLine(string line, int number)
    {
        // %Cpu(s):  5.9 us,  2.1 sy,  0.0 ni, 91.2 id,  0.3 wa
        var cpu = CpuLine().Match(line);
        if (cpu.Success)
        {
            Judge("cpu", "cpu", 100 - Number(cpu, "idle") - Number(cpu, "wait"), NotableCpu, number, "cpu");
            _samples.Add("cpu", "wait", cpu.Groups["wait"].Value, number);
            return true;
        }

        // Mem:          16Gi       15Gi       200Mi  / Mem:  16384  15800  200  (free), MiB Mem :  15934.6 total,   200.1 free, … (top)
        var memory = MemoryLine().Match(line);
        if (memory.Success)
        {
            var total = Values.Quantity(memory.Groups["total"].Value);
            var used = memory.Groups["available"].Success && Values.Quantity(memory.Groups["available"].Value) is { } available
                ? total - available : Values.Quantity(memory.Groups["used"].Value);
            if (total > 0 && used is not null)
            {
                Judge("memory", "memory", used.Value / total.Value * 100, NotableMemory, number, "memory");
            }

            return true;
        }

        // Swap:         2.0Gi       1.9Gi       100Mi
        var swap = SwapLine().Match(line);
        if (swap.Success)
        {
            if (Values.Quantity(swap.Groups["total"].Value) is > 0 and var size && Values.Quantity(swap.Groups["used"].Value) is { } taken)
            {
                Judge("swap", "memory", taken / size * 100, NotableMemory, number, "swap");
            }

            return true;
        }

        var top = TopMemoryLine().Match(line);
        if (top.Success && Number(top, "total") > 0)
        {
            Judge("memory", "memory", Number(top, "used") / Number(top, "total") * 100, NotableMemory, number, "memory");
            return true;
        }

        return false;
    }

    public void ReadRow(CommandRow row)
    {
        if (row.Table.Has("Filesystem"))
        {
            ReadDisk(row);
        }
        else if (row.Table.Has("PID") && (row.Table.Has("%CPU") || row.Table.Has("%MEM")))
        {
            ReadProcess(row);
        }
        else if (row.Table.Has("CPU_%", "MEM_%"))
        {
            JudgeCell(row["CPU_%"], "cpu", NotableCpu, row, $"container {row["NAME"]}");
            JudgeCell(row["MEM_%"], "memory", NotableMemory, row, $"container {row["NAME"]}");
        }
        else if (row.Table.Has("%util"))
        {
            _samples.Add($"device {row.Words[0]}", "iops", row["%util"], row.Number);
        }
        else if (row.Table.Has("CPU%") || row.Table.Has("MEMORY%"))
        {
            JudgeCell(row["CPU%"], "cpu", NotableCpu, row, $"node {row["NAME"]}");
            JudgeCell(row["MEMORY%"], "memory", NotableMemory, row, $"node {row["NAME"]}");
        }
        else if (row.Table.Has("swpd") && row.Table.Has("id"))
        {
            Sample(row["id"], row["wa"], row);
            _samples.Add("swapped in", "swap", row["si"], row.Number);
            _samples.Add("swapped out", "swap", row["so"], row.Number);
        }
        else if (row.Table.Has("avg-cpu:", "%iowait") && row.Words.Length >= 6)
        {
            // The header has one word more than the row: avg-cpu:  %user   %nice %system %iowait  %steal   %idle
            Sample(row.Words[5], row.Words[3], row);
        }
    }

    /// <summary>Says once that the rest was within bounds.</summary>
    public void Complete()
    {
        _samples.Report(signals);
        foreach (var (what, resource, percent, line) in _samples.Usages())
        {
            Judge(what, resource, percent, NotableCpu, line, what);
        }

        if (_calm.Count == 0)
        {
            return;
        }

        var highest = _calm.MaxBy(calm => calm.Percent);
        signals.Add(new SignalDraft("metric.within_bounds", "metric/usage",
            $"{(_calm.Count == 1 ? "The usage of" : $"{_calm.Count} usage values are within bounds; the highest is")} {highest.Name} at "
            + $"{Percent(highest.Percent)}.",
            [.. _calm.OrderByDescending(calm => calm.Percent).Take(6).Select(calm => (LineRange?)new LineRange(calm.Line, calm.Line))])
        {
            Severity = Proto.Severity.Info,
            State = Proto.SignalState.Normal,
            Surprise = 0.1,
            Attributes = [("metric", "usage"), ("resource", "other"), ("max", Percent(highest.Percent))],
        });
    }

    /// <summary><c>/dev/sda1  50G  48G  2G  96% /var/lib</c>.</summary>
    private void ReadDisk(CommandRow row)
    {
        var isInodes = row.Table.Has("Inodes");
        var use = row.Words.FirstOrDefault(word => word.EndsWith('%'));
        var mount = row.Words[^1];
        // Read-only images are full by nature.
        if (use is null || row.Words[0].StartsWith("/dev/loop", StringComparison.Ordinal)
            || mount.StartsWith("/snap/", StringComparison.Ordinal))
        {
            return;
        }

        JudgeCell(use, "storage", NotableDisk, row, $"{(isInodes ? "inodes of " : "")}file system {mount}");
    }

    private void ReadProcess(CommandRow row)
    {
        var command = row["COMMAND"].Length > 0 ? row["COMMAND"] : row["CMD"];
        foreach (var (column, resource, notable) in ((string, string, double)[])[("%CPU", "cpu", Full), ("%MEM", "memory", 50)])
        {
            if (Values.TryNumber(row[column], out var percent) && percent >= notable)
            {
                Add("metric.saturated", resource, $"Process {command} ({row["PID"]}) uses {row[column]}% of {resource}.", percent >= Full
                    && resource == "memory" ? Proto.Severity.Error : Proto.Severity.Warning,
                    row.Number, $"process {command}", percent);
            }
        }
    }

    private void Sample(string idle, string wait, CommandRow row)
    {
        // A processor that waits for a disk is free for other work.
        if (Values.TryNumber(idle, out var rest) && rest is >= 0 and <= 100 && Values.TryNumber(wait, out var waits))
        {
            _samples.Add("cpu", "cpu", Math.Max(0, 100 - rest - waits).ToString(CultureInfo.InvariantCulture), row.Number);
        }

        _samples.Add("cpu", "wait", wait, row.Number);
    }

    private void JudgeCell(string cell, string resource, double notable, CommandRow row, string what)
    {
        if (Values.TryNumber(cell.TrimEnd('%'), out var percent))
        {
            Judge(what, resource, percent, notable, row.Number, what);
        }
    }

    private void Judge(string metric, string resource, double percent, double notable, int line, string what)
    {
        if (percent >= notable)
        {
            var isFull = percent >= Full;
            Add(isFull ? "metric.saturated" : "metric.exhausting", resource,
                $"{char.ToUpperInvariant(what[0])}{what[1..]} is at {Percent(percent)} of its limit"
                + $"{(what == resource ? "" : $" ({resource})")}.",
                percent >= 98 ? Proto.Severity.Critical : isFull ? Proto.Severity.Error : Proto.Severity.Warning, line, metric, percent);
        }
        else
        {
            _calm.Add((what == resource ? what : $"{resource} of {what}", percent, line));
        }
    }

    private void Add(string kind, string resource, string summary, Proto.Severity severity, int line, string metric, double percent) =>
        signals.Add(new SignalDraft(kind, $"metric/{metric}", summary, new LineRange(line, line))
        {
            Severity = severity,
            Surprise = 0.6,
            Attributes =
                [("metric", metric), ("resource", resource), ("value", percent.ToString("0.#", CultureInfo.InvariantCulture)),
                ("limit", "100"), ("unit", "%")],
        });

    private static string Percent(double percent) => $"{percent.ToString("0.#", CultureInfo.InvariantCulture)}%";

    private static double Number(Match match, string group) => Values.TryNumber(match.Groups[group].Value, out var number) ? number : 0;

    [GeneratedRegex(@"^%?Cpu\(?s?\)?:.{0,80}?(?<idle>\d{1,3}(\.\d+)?) ?%? ?id(.{0,10}?(?<wait>\d{1,3}(\.\d+)?) ?%? ?wa)?",
        RegexOptions.ExplicitCapture)]
    private static partial Regex CpuLine();

    [GeneratedRegex(@"^Mem:\s+(?<total>[\d.]+\w{0,2})\s+(?<used>[\d.]+\w{0,2})\s+[\d.]+\w{0,2}(\s+[\d.]+\w{0,2}\s+[\d.]+\w{0,2}(\s+"
        + @"(?<available>[\d.]+\w{0,2}))?)?", RegexOptions.ExplicitCapture)]
    private static partial Regex MemoryLine();

    [GeneratedRegex(@"^Swap:\s+(?<total>[\d.]+\w{0,2})\s+(?<used>[\d.]+\w{0,2})\s", RegexOptions.ExplicitCapture)]
    private static partial Regex SwapLine();

    [GeneratedRegex(@"^(KiB|MiB|GiB) Mem ?: *(?<total>[\d.]+) total.{0,60}?(?<used>[\d.]+) used", RegexOptions.ExplicitCapture)]
    private static partial Regex TopMemoryLine();
}
