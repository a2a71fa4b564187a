using System.Text;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Agents.Models;

/// <summary>
/// Text without the paragraphs that contain flagged passages. An injection often continues after the passage, so the whole paragraph is
/// withheld.
/// </summary>
internal static class WithheldText
{
    /// <summary>The text with a note in place of every paragraph that contains a passage; the same text if there is none.</summary>
    /// <param name="text">A redacted text.</param>
    /// <param name="passages">Its passages.</param>
    /// <param name="place">Where it is, in our names.</param>
    public static string From(string text, IReadOnlyCollection<Passage> passages, string place)
    {
        if (passages.Count == 0)
        {
            return text;
        }

        var shown = new StringBuilder();
        var start = 0;
        while (start < text.Length)
        {
            var end = ParagraphEnd(text, start);
            if (passages.Any(passage => passage.Start < end && passage.End > start))
            {
                shown.Append("[withheld: possible prompt injection").Append(place.Length > 0 ? $" in {place}]\n" : "]\n");
            }
            else
            {
                shown.Append(text, start, end - start);
            }

            start = end;
        }

        return shown.ToString().TrimEnd('\n');
    }

    // After the blank lines that follow it.
    private static int ParagraphEnd(string text, int start)
    {
        var wasBlank = false;
        for (var at = start; at < text.Length;)
        {
            var next = text.IndexOf('\n', at);
            next = next < 0 ? text.Length : next + 1;
            var isBlank = text.AsSpan(at, next - at).IsWhiteSpace();
            if (wasBlank && !isBlank)
            {
                return at;
            }

            wasBlank = isBlank && at > start;
            at = next;
        }

        return text.Length;
    }
}
