using System.Diagnostics;
using FaultMaven.Redaction.Tests;

namespace FaultMaven.Benchmarks;

/// <summary>Reads mutated texts for a time, and says how many. The first that breaks something ends it with what it was.</summary>
internal static class RedactionFuzz
{
    public static void Run(TimeSpan time, int seed)
    {
        var fuzzing = new Fuzzing(seed);
        var started = Stopwatch.GetTimestamp();
        long texts = 0;
        long characters = 0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            characters += fuzzing.Try();
            texts++;
        }

        Console.WriteLine($"seed {seed}: {texts:N0} texts, {characters:N0} characters, {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} "
            + "s, nothing broke");
    }
}
