using System.Globalization;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Knowledge.Documents;

/// <summary>
/// The passages of a document that look like prompt injection, as Redaction found them. The document is kept as it is.
/// </summary>
/// <param name="Passages">The passages of its text, in their order.</param>
/// <param name="IsPathFlagged">Whether its path does.</param>
internal sealed record DocumentFlags(IReadOnlyList<Passage> Passages, bool IsPathFlagged)
{
    private const int MaxPassages = 100;
    private const string PathMark = "path";

    public static DocumentFlags None { get; } = new([], false);

    /// <param name="path">What became of the path.</param>
    /// <param name="text">What became of the text.</param>
    public static DocumentFlags Of(RedactTextResponse path, RedactTextResponse text) =>
        new([.. text.Passages.Take(MaxPassages)], path.Passages.Count > 0);

    /// <summary>The passages that are in some of the lines.</summary>
    public IEnumerable<Passage> In(int startLine, int endLine) =>
        Passages.Where(passage => passage.StartLine <= endLine && passage.EndLine >= startLine);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static DocumentFlags Parse(string written)
    {
        var parts = written.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? None : new([.. parts.Where(part => part != PathMark).Select(ReadPassage)], parts.Contains(PathMark));
    }

    /// <summary>
    /// <c>path 1,0,66,3,3</c>: whether the path is flagged, then kind, start, end, first and last line of each passage. Empty for most
    /// documents.
    /// </summary>
    public override string ToString() => string.Join(' ', Passages
        .Select(passage => string.Create(CultureInfo.InvariantCulture,
            $"{(int)passage.Kind},{passage.Start},{passage.End},{passage.StartLine},{passage.EndLine}"))
        .Prepend(IsPathFlagged ? PathMark : "")).Trim();

    private static Passage ReadPassage(string part)
    {
        var numbers = Array.ConvertAll(part.Split(','), number => long.Parse(number, CultureInfo.InvariantCulture));
        return new() { Kind = (PassageKind)numbers[0], Start = numbers[1], End = numbers[2], StartLine = numbers[3], EndLine = numbers[4] };
    }
}
