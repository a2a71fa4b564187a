using System.Text;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Agents.Models;

/// <summary>Text of which paragraphs are withheld that speak to a model. What such a passage demands often goes on behind it, so all of its paragraph goes.</summary>
internal static class WithheldText
{
    /// <summary>The text with a note in the place of every paragraph that holds a passage; the same text if there is none.</summary>
    /// <param name="text">A redacted text.</param>
    /// <param name="passages">Its passages.</param>
    /// <param name="place">Where it stands, in names of ours.</param>
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
                shown.Append("[withheld: what is written here speaks to a model").Append(place.Length > 0 ? $"; it stands in {place}]\n" : "]\n");
            }
            else
            {
                shown.Append(text, start, end - start);
            }

            start = end;
        }

        return shown.ToString().TrimEnd('\n');
    }

    // Behind the blank lines that follow it.
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
