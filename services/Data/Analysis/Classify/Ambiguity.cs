using FaultMaven.Data.Analysis.Documents.Commands;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Classify;

/// <summary>What makes a classification uncertain, however well a type matches.</summary>
/// <param name="Reason">Why, in a short sentence.</param>
/// <param name="Rivals">What it is as well; may be empty.</param>
internal sealed record Ambiguity(string Reason, IReadOnlyList<Proto.EvidenceType> Rivals)
{
    /// <summary>What marks come to at most where there is doubt: such an answer is right about every second time.</summary>
    public const double MaxMark = 0.55;

    // A name and a value may be anything's.
    private const int LittleLength = 60;

    // What a part of a file must come to, to count separately.
    private const double SurePart = 0.7;

    private const int MinLines = 4;

    /// <summary>The ambiguity of a text that looks like <paramref name="type"/>; null if there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">What it looks like most.</param>
    /// <param name="isNamed">Whether it is also called so.</param>
    public static Ambiguity? Of(SourceText text, Proto.EvidenceType type, bool isNamed)
    {
        if (!isNamed && IsLittle(text, type))
        {
            return new Ambiguity("Too short to be sure.", []);
        }

        if (!IsPlain(type) || StructuredDocument.IsJson(text.Text) || CsvShape.Of(text) is { HasTimeColumn: true })
        {
            return null;
        }

        var (above, below) = Halves(text);

        return TypeOf(above) is { } first && TypeOf(below) is { } second && !GoTogether(first, second)
            ? new Ambiguity($"The first half looks like {Name(first)}, the second like {Name(second)}.", [first, second])
            : null;
    }

    // Several settings below each other are not a coincidence.
    private static bool IsLittle(SourceText text, Proto.EvidenceType type)
    {
        if (type is not (Proto.EvidenceType.Config or Proto.EvidenceType.Metrics or Proto.EvidenceType.SourceCode)
            || text.Text.Count(letter => !char.IsWhiteSpace(letter)) >= LittleLength)
        {
            return false;
        }

        var lines = new LineShapes(text);

        return lines.Assignments + lines.Sections < 3 && CsvShape.Of(text) is not { HasTimeColumn: true };
    }

    // The other types are recognised by the document as a whole, and guides quote all sorts of things.
    private static bool IsPlain(Proto.EvidenceType type) =>
        type is Proto.EvidenceType.Logs or Proto.EvidenceType.ErrorReport or Proto.EvidenceType.Config or Proto.EvidenceType.Metrics
        or Proto.EvidenceType.SourceCode or Proto.EvidenceType.Text or Proto.EvidenceType.CommandOutput;

    // Logs hold traces.
    private static bool GoTogether(Proto.EvidenceType first, Proto.EvidenceType second) =>
        first == second || !IsPlain(first) || !IsPlain(second)
        || (first is Proto.EvidenceType.Logs or Proto.EvidenceType.ErrorReport
            && second is Proto.EvidenceType.Logs or Proto.EvidenceType.ErrorReport);

    private static Proto.EvidenceType? TypeOf(string part)
    {
        var text = new SourceText(part);

        // `kubectl describe` ends in a table, and `systemctl status` in a log.
        if (part.Length == 0 || DescribeReader.IsDescription(text) || part.StartsWith("● ", StringComparison.Ordinal)
            || EvidenceClassifier.Rank(text) is not [{ Confidence: >= SurePart } best, ..])
        {
            return null;
        }

        // Error is a word in many a table.
        return best.Type is Proto.EvidenceType.Logs && new LineShapes(text).Timed == 0 ? null : best.Type;
    }

    private static (string Above, string Below) Halves(SourceText text)
    {
        var lines = Enumerable.Range(1, text.LineCount).Where(number => !text.Line(number).IsWhiteSpace()).ToList();

        return lines.Count < MinLines
            ? ("", "")
            : (Join(text, lines[..(lines.Count / 2)]), Join(text, lines[(lines.Count / 2)..]));
    }

    private static string Join(SourceText text, IReadOnlyList<int> lines) =>
        string.Concat(lines.Select(number => $"{text.Line(number)}\n"));

    private static string Name(Proto.EvidenceType type) => type switch
    {
        Proto.EvidenceType.Logs => "a log",
        Proto.EvidenceType.ErrorReport => "a stack trace",
        Proto.EvidenceType.Config => "settings",
        Proto.EvidenceType.Metrics => "metrics",
        Proto.EvidenceType.SourceCode => "code",
        Proto.EvidenceType.CommandOutput => "the output of a command",
        _ => "prose",
    };
}
