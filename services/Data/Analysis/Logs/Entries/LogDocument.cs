using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>Tells logs inside a JSON document, such as the answer of a log search, from logs whose lines are JSON objects.</summary>
internal static class LogDocument
{
    /// <summary>How much of the beginning is looked at, in characters.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>Whether the evidence, going by its beginning, is one JSON document. Only then are its logs read out of it.</summary>
    public static bool Holds(EvidenceSource source) => Holds(Head(source));

    /// <summary>Whether evidence that begins with this is one JSON document.</summary>
    public static bool Holds(ReadOnlySpan<char> head) => StructuredDocument.IsJson(head) && !IsLog(head);

    /// <summary>The beginning of the evidence.</summary>
    public static ReadOnlySpan<char> Head(EvidenceSource source)
    {
        using var reader = source.Open();
        var buffer = new char[HeadLength];
        return buffer.AsSpan(0, reader.ReadBlock(buffer, 0, buffer.Length));
    }

    /// <summary>Whether JSON text is a log of one object a line.</summary>
    public static bool IsLog(ReadOnlySpan<char> head) => StructuredDocument.IsJsonLines(head)
        && (head.Contains("\"level\"", StringComparison.OrdinalIgnoreCase) || head.Contains("\"msg\"", StringComparison.OrdinalIgnoreCase)
            || head.Contains("\"message\"", StringComparison.OrdinalIgnoreCase)
                || head.Contains("\"severity\"", StringComparison.OrdinalIgnoreCase)
            || head.Contains("\"@m", StringComparison.OrdinalIgnoreCase) || head.Contains("\"log\"", StringComparison.OrdinalIgnoreCase));
}
