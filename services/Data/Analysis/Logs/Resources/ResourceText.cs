using System.Buffers;
using System.Collections.Concurrent;
using FaultMaven.Data.Analysis.Measures;

namespace FaultMaven.Data.Analysis.Logs.Resources;

/// <summary>
/// Finds in a message how much of a resource is in use: <c>heap used 412MB</c>, <c>queue depth=120</c>, <c>connections 95/100</c>, <c>disk
/// 91%</c>, <c>Pause Young 409M-&gt;300M(512M)</c>. Numbers that merely count up, such as ids and totals, are not such readings.
/// </summary>
internal static class ResourceText
{
    private const int MaxReadings = 4;
    private const int MaxNameLength = 48;
    private const int MaxWords = 6;
    private const int MaxKnown = 1_000;

    private static readonly ConcurrentDictionary<string, string> s_known = new(StringComparer.Ordinal);
    private static readonly char[] s_betweenWords = [' ', '_', '-', '.'];

    // "backlog of the cart is now 120"
    private static readonly string[] s_fillers =
        [" is", " at", " now", " are", " was", " of", " the", " to", " by", " currently", " only", " has"];

    private static readonly SearchValues<string> s_hints = SearchValues.Create(
        ["heap", "mem", "rss", "disk", "storage", "volume", "filesystem", "queue", "backlog", "pending", "connections", "sessions",
            "clients", "threads", "goroutines", "descriptors", "fds", "handles", "pool", "->"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_resources = ["memory", "storage", "connections", "queue", "file_descriptors", "threads"];

    // What a bare number must be called to be a level: "connections=12", but not "connection 12".
    private static readonly HashSet<string> s_levels = new(
        ["depth", "size", "length", "backlog", "pending", "inflight", "queued", "waiting", "used", "usage", "rss", "heap", "memory", "mem",
            "connections", "sessions", "clients", "threads", "goroutines", "fds", "descriptors", "handles", "active", "open", "lag"],
        StringComparer.OrdinalIgnoreCase);

    // 45 sessions
    private static readonly HashSet<string> s_counted =
        new(["connections", "sessions", "clients", "threads", "goroutines", "descriptors", "handles"], StringComparer.OrdinalIgnoreCase);

    // What only grows, or is fixed.
    private static readonly HashSet<string> s_otherwise = new(
        ["total", "totals", "max", "maximum", "min", "minimum", "limit", "capacity", "id", "port", "timeout", "accepted", "served",
            "handled", "processed", "created", "closed", "opened", "free", "available", "idle", "remaining", "left", "initial",
            "reclaimed", "freed", "released"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_free =
        new(["free", "available", "avail", "remaining", "left", "idle"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds what a message says, a few readings at most, in the order of the message.</summary>
    public static void Find(ReadOnlySpan<char> line, List<ResourceReading> readings)
    {
        if (!line.ContainsAny(s_hints))
        {
            return;
        }

        for (var at = 0; at < line.Length && readings.Count < MaxReadings;)
        {
            var digit = line[at..].IndexOfAnyInRange('0', '9');
            if (digit < 0)
            {
                return;
            }

            var start = at + digit;
            var isWord = start > 0 && (char.IsLetterOrDigit(line[start - 1]) || line[start - 1] is '_' or '.' or '/' or '-' or '#');
            var rest = line[start..];
            if (!ResourceAmount.TryRead(ref rest, out var value, out var unit) || isWord)
            {
                at = start + Math.Max(1, line[start..].IndexOfAnyExceptInRange('0', '9') is var end and > 0 ? end : line.Length);
                continue;
            }

            at = line.Length - rest.Length;
            if (Read(line[..start], ref rest, value, unit) is { } reading)
            {
                readings.Add(reading);
                at = line.Length - rest.Length;
            }
        }
    }

    private static ResourceReading? Read(ReadOnlySpan<char> before, ref ReadOnlySpan<char> rest, double value, string unit)
    {
        if (rest.StartsWith("->", StringComparison.Ordinal))
        {
            return Collection(ref rest, unit);
        }

        var name = NameBefore(before);
        var after = WordsAfter(rest);
        if (ResourceAmount.Over(rest, unit, out var behind) is var limit and > 0)
        {
            var told = WordsAfter(behind);
            var metric = IsOf(name, "") ? name : told;
            if (!IsOf(metric, "") || Holds(name, s_otherwise) || Holds(told, s_free))
            {
                return null;
            }

            rest = behind;
            return new ResourceReading(metric, ResourceOf(metric), value, limit, unit);
        }

        if (unit == "%")
        {
            // disk 91% | 91% of heap used
            var metric = IsOf(name, unit) ? name : after;
            var isFree = Holds(name, s_free) || Holds(after, s_free);
            return IsOf(metric, unit) && value <= 100
                ? new ResourceReading(metric, ResourceOf(metric), isFree ? 100 - value : value, 100, unit) : null;
        }

        if (Holds(name, s_otherwise) || Holds(after, s_otherwise))
        {
            return null;
        }

        var called = IsOf(name, unit) && Holds(name, s_levels) ? name : s_counted.Contains(FirstWord(after)) ? FirstWord(after) : "";
        return called.Length > 0 ? new ResourceReading(called, ResourceOf(called), value, 0, unit) : null;
    }

    // 409M->300M(512M): what is left after a collection does not go up and down with it.
    private static ResourceReading? Collection(ref ReadOnlySpan<char> rest, string unit)
    {
        var behind = rest[2..];
        if (unit != "bytes" || !ResourceAmount.TryRead(ref behind, out var left, out var leftUnit) || leftUnit != unit
            || behind is not ['(', ..])
        {
            return null;
        }

        behind = behind[1..];
        if (!ResourceAmount.TryRead(ref behind, out var capacity, out var capacityUnit) || capacityUnit != unit || behind is not [')', ..]
            || capacity <= 0)
        {
            return null;
        }

        rest = behind[1..];
        return new ResourceReading("heap after collection", "memory", left, capacity, unit);
    }

    // The last few words before the number: "INFO heap used=" gives "heap used".
    private static string NameBefore(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(" =:([\"'");
        var start = before.Length;
        for (var words = 0; start > 0 && before.Length - start < MaxNameLength; start--)
        {
            var letter = before[start - 1];
            if (letter is ' ' && ++words == MaxWords)
            {
                break;
            }

            if (!char.IsAsciiLetter(letter) && letter is not (' ' or '_' or '-' or '.'))
            {
                break;
            }
        }

        // The unit of the number before: "rss=1.5GiB threads=88".
        var name = before[start..];
        name = start > 0 && char.IsAsciiDigit(before[start - 1]) ? name[Math.Max(0, name.IndexOf(' '))..] : name;

        return WithoutFillers(name.Trim()).ToString();
    }

    private static ReadOnlySpan<char> WithoutFillers(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < s_fillers.Length; i++)
        {
            if (name.EndsWith(s_fillers[i], StringComparison.Ordinal))
            {
                name = name[..^s_fillers[i].Length];
                i = -1;
            }
        }

        return name;
    }

    private static string WordsAfter(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(" )");
        rest = rest.StartsWith("of ", StringComparison.Ordinal) ? rest[3..] : rest;
        var end = 0;
        for (var words = 0; end < rest.Length && end < MaxNameLength; end++)
        {
            if ((rest[end] is ' ' && ++words == 3) || (!char.IsAsciiLetter(rest[end]) && rest[end] is not (' ' or '_' or '-')))
            {
                break;
            }
        }

        return rest[..end].Trim().ToString();
    }

    private static bool IsOf(string name, string unit) =>
        name.Length > 0 && (s_resources.Contains(ResourceOf(name)) || (unit == "%" && ResourceOf(name) == "cpu"));

    // A name comes in every line of its template, and what it means takes longer to find out than all else that is done with the line.
    private static string ResourceOf(string name)
    {
        if (!s_known.TryGetValue(name, out var resource))
        {
            resource = MetricMeaning.Of(name, "", 0).Resource;

            if (s_known.Count < MaxKnown)
            {
                s_known[name] = resource;
            }
        }

        return resource;
    }

    private static bool Holds(string name, HashSet<string> words) => name.Split(s_betweenWords).Any(words.Contains);

    private static string FirstWord(string name) => name.IndexOf(' ', StringComparison.Ordinal) is var end and >= 0 ? name[..end] : name;
}
