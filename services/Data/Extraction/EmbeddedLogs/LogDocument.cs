using FaultMaven.Data.Extraction.Documents;

namespace FaultMaven.Data.Extraction.EmbeddedLogs;

/// <summary>Tells logs inside a JSON document, such as the answer of a log search, from logs whose lines are JSON objects.</summary>
internal static class LogDocument
{
    /// <summary>Whether the text, going by its beginning, is one document. Only then are its logs read out of it.</summary>
    public static bool IsOne(ReadOnlySpan<char> head) => StructuredDocument.IsJson(head) && !IsLog(head);

    /// <summary>Whether JSON text is a log of one object a line.</summary>
    public static bool IsLog(ReadOnlySpan<char> head) => StructuredDocument.IsJsonLines(head)
        && (head.Contains("\"level\"", StringComparison.OrdinalIgnoreCase) || head.Contains("\"msg\"", StringComparison.OrdinalIgnoreCase)
            || head.Contains("\"message\"", StringComparison.OrdinalIgnoreCase) || head.Contains("\"severity\"", StringComparison.OrdinalIgnoreCase)
            || head.Contains("\"@m", StringComparison.OrdinalIgnoreCase) || head.Contains("\"log\"", StringComparison.OrdinalIgnoreCase));
}
