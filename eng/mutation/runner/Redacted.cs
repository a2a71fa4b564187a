using System.Text;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Tests;

/// <summary>What the tests of the recognisers ask for, without the service around them.</summary>
internal static class Redacted
{
    public static RecognitionEngine Engine { get; } = RecognitionEngine.CreateDefault();

    public static IReadOnlyList<ScannedFinding> Findings(string text)
    {
        using var scanner = new TextScanner(Engine);
        var scanned = new List<ScannedPiece>();
        scanner.Append(text, scanned);
        scanner.Complete(scanned);
        return [.. scanned.SelectMany(piece => piece.Findings).Where(finding => finding.Type != FindingTypes.Literal)];
    }

    /// <summary>A text with the placeholders of its own scope.</summary>
    public static Task<string> Text(string text)
    {
        var redacted = new StringBuilder();
        var numbers = new Dictionary<(string, string), int>();
        var done = 0;
        foreach (var finding in Findings(text))
        {
            var value = (finding.Type, finding.Identity);
            if (!numbers.TryGetValue(value, out var number))
            {
                number = numbers[value] = numbers.Keys.Count(known => known.Item1 == finding.Type) + 1;
            }

            redacted.Append(text, done, (int)finding.Start - done).Append($"<{finding.Type}_{number}>");
            done = (int)finding.End;
        }

        return Task.FromResult(redacted.Append(text, done, text.Length - done).ToString());
    }
}
