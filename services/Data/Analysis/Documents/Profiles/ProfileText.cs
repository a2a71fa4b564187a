using System.Text.RegularExpressions;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Profiles;

/// <summary>Reads what profilers print: folded stacks, and tables of frames with what they cost.</summary>
internal static partial class ProfileText
{
    private const int MaxFrameLength = 200;
    private const int MaxDepth = 1000;

    public static Profile Read(SourceText text, CancellationToken cancellationToken)
    {
        var profile = new Profile();
        Func<string, Row?>? layout = null;
        for (var number = 1; number <= text.LineCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var span = text.Line(number);
            var line = (span.Length <= 64 * 1024 ? span : span[..(64 * 1024)]).ToString();
            if (LayoutOf(line) is { } found)
            {
                layout = found;
                continue;
            }

            var at = new LineRange(number, number);
            if (layout is null)
            {
                ReadFolded(line, at, profile);
            }
            else if (line.Length <= 4096 && layout(line) is { } row)
            {
                profile.AddFrame(row.Frame.Length <= MaxFrameLength ? row.Frame
                    : row.Frame[..MaxFrameLength], row.Own, Math.Max(row.Own, row.Whole), at);
                if (row.IsPercent)
                {
                    profile.SetTotal(100);
                }
            }
        }

        return profile;
    }

    // main;handle;parse 42
    private static void ReadFolded(string line, LineRange at, Profile profile)
    {
        var trimmed = line.AsSpan().TrimEnd();
        var blank = trimmed.LastIndexOf(' ');
        if (blank <= 0 || !Values.TryNumber(trimmed[(blank + 1)..], out var samples) || samples <= 0)
        {
            return;
        }

        var frames = line[..blank].Split(';', MaxDepth, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (frames.Length > 1)
        {
            profile.AddStack([.. frames.Select(frame => frame.Length <= MaxFrameLength ? frame : frame[..MaxFrameLength])], samples, at);
        }
    }

    private static Func<string, Row?>? LayoutOf(string line)
    {
        if (line.Length > 400)
        {
            return null;
        }

        var words = string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return words switch
        {
            _ when words.StartsWith("flat flat% sum% cum cum%", StringComparison.Ordinal) => Pprof,
            _ when words.StartsWith("ncalls tottime percall cumtime percall", StringComparison.Ordinal) => CProfile,
            _ when words.Contains("Overhead", StringComparison.Ordinal) && words.Contains("Symbol", StringComparison.Ordinal) => Perf,
            _ when words.StartsWith("%Own %Total", StringComparison.Ordinal) => PySpy,
            _ when words.EndsWith("percent samples top", StringComparison.Ordinal) => AsyncProfiler,
            _ when words.StartsWith("% cumulative self", StringComparison.Ordinal) => Gprof,
            _ => null,
        };
    }

    //       5s 45.00% 45.00%         6s 54.00%  main.run
    private static Row? Pprof(string line) => PprofRow().Match(line) is { Success: true } row
        ? new(row.Groups["frame"].Value, Number(row, "own"), Number(row, "whole"), true) : null;

    //     12/4    0.500    0.041    0.900    0.075 cart.py:3(add)
    private static Row? CProfile(string line) => CProfileRow().Match(line) is { Success: true } row
        ? new(row.Groups["frame"].Value, Number(row, "own"), Number(row, "whole"), false) : null;

    //     42.10%  java     libjvm.so          [.] G1ParScan::copy   (with --children: 60.00%  42.10%  java …)
    private static Row? Perf(string line) => PerfRow().Match(line) is { Success: true } row
        ? row.Groups["self"].Success
            ? new(row.Groups["frame"].Value, Number(row, "self"), Number(row, "own"), true)
            : new(row.Groups["frame"].Value, Number(row, "own"), 0, true)
        : null;

    //  80.00%  90.00%    8.00s     9.00s   parse (shop/cart.py:41)
    private static Row? PySpy(string line) => PySpyRow().Match(line) is { Success: true } row
        ? new(row.Groups["frame"].Value, Number(row, "own"), Number(row, "whole"), true) : null;

    //   1200000000   60.00%      120  shop.Cart.total
    private static Row? AsyncProfiler(string line) => AsyncProfilerRow().Match(line) is { Success: true } row
        ? new(row.Groups["frame"].Value, Number(row, "own"), 0, true) : null;

    //  60.00      0.12     0.12      100     1.20     1.20  cart_total
    private static Row? Gprof(string line) => GprofRow().Match(line) is { Success: true } row
        ? new(row.Groups["frame"].Value, Number(row, "own"), 0, true) : null;

    private static double Number(Match match, string group) => Values.TryNumber(match.Groups[group].Value, out var number)
        ? Math.Max(0, number) : 0;

    [GeneratedRegex(@"^\s*\S{1,20}\s+(?<own>[\d.]{1,10})%\s+[\d.]{1,10}%\s+\S{1,20}\s+(?<whole>[\d.]{1,10})%\s+(?<frame>\S.*)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex PprofRow();

    [GeneratedRegex(@"^\s*\d{1,12}(/\d{1,12})?\s+(?<own>[\d.]{1,12})\s+[\d.]{1,12}\s+(?<whole>[\d.]{1,12})\s+[\d.]{1,12}\s+"
        + @"(?<frame>\S.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex CProfileRow();

    [GeneratedRegex(@"^\s*(?<own>\d{1,3}\.\d{1,4})%\s+((?<self>\d{1,3}\.\d{1,4})%\s+)?\S.{0,200}?\[[.k]\]\s+(?<frame>\S.*?)\s*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex PerfRow();

    [GeneratedRegex(@"^\s*(?<own>[\d.]{1,8})%\s+(?<whole>[\d.]{1,8})%\s+[\d.]{1,12}s\s+[\d.]{1,12}s\s+(?<frame>\S.*)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex PySpyRow();

    [GeneratedRegex(@"^\s*\d{1,20}\s+(?<own>[\d.]{1,8})%\s+\d{1,12}\s+(?<frame>\S.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex AsyncProfilerRow();

    [GeneratedRegex(@"^\s*(?<own>\d{1,3}\.\d{1,4})\s+[\d.]{1,12}\s+[\d.]{1,12}\s+(\d{1,12}\s+[\d.]{1,12}\s+[\d.]{1,12}\s+)?"
        + @"(?<frame>[A-Za-z_]\S*.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex GprofRow();

    private sealed record Row(string Frame, double Own, double Whole, bool IsPercent);
}
