using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Statements;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.KeyLines;

/// <summary>Reads what evidence says, thing by thing. Lines of a log that differ only in their values are one thing, unless they name
/// something that was asked about.</summary>
internal sealed class LineGroupReader(IReadOnlySet<string> askedNames, DateTimeOffset reference)
{
    /// <summary>How much of a line is kept, in characters.</summary>
    public const int MaxLength = 600;

    private const int MaxGroups = 6_000;
    private const int MaxDocumentLines = 6_000;

    // Of the lines of a log, as many at least begin an event that has a time.
    private const double MinTimedShare = 0.5;

    /// <summary>Reads a text that is held in memory.</summary>
    /// <param name="file">The number of its file.</param>
    /// <param name="type">What it was classified as.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public List<LineGroup> Read(int file, Proto.EvidenceType type, string text, CancellationToken cancellationToken)
    {
        if (type == Proto.EvidenceType.Logs)
        {
            using var reader = new StringReader(text);
            var log = ReadLog(file, reader, out var timed, cancellationToken);
            if (timed >= MinTimedShare)
            {
                return log;
            }
        }

        var source = new SourceText(PastedText.Unwrap(text));
        return StructuredDocument.Read(source) is { } root ? ReadDocument(file, source, root) : ReadText(file, source);
    }

    /// <summary>Reads a log of any length.</summary>
    /// <param name="file">The number of its file.</param>
    /// <param name="reader">The log.</param>
    /// <param name="timed">How many of its lines begin an entry with a time, 0 to 1: command output with a time here and there is not a
    /// log.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public List<LineGroup> ReadLog(int file, TextReader reader, out double timed, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<string, LineGroup>(StringComparer.Ordinal);
        var lookup = groups.GetAlternateLookup<ReadOnlySpan<char>>();
        var key = new char[300];
        var (events, lines) = (0, 1);
        LogReader.Read(reader, reference, (in logged) =>
        {
            events += logged.Time is null ? 0 : 1;
            lines = logged.EndLine;
            var length = Mask(logged.FirstLine, key);
            if (lookup.TryGetValue(key.AsSpan(0, length), out var group))
            {
                var asked = AskedIn(logged.Message);
                if (asked.Length == 0 || group.Names.Contains(asked))
                {
                    See(group, in logged);
                    return;
                }

                var own = $"{key.AsSpan(0, length)}|{asked}";
                if (groups.TryGetValue(own, out var other))
                {
                    See(other, in logged);
                    return;
                }

                groups.Add(own, Group(file, in logged));
                return;
            }

            if (groups.Count < MaxGroups)
            {
                groups.Add(key.AsSpan(0, length).ToString(), Group(file, in logged));
            }
        }, cancellationToken);

        timed = (double)events / lines;
        return [.. groups.Values];
    }

    private static void See(LineGroup group, in LogEvent logged)
    {
        group.Count++;
        group.Last = logged.Time ?? group.Last;
        group.LastLine = logged.StartLine;
    }

    private string AskedIn(ReadOnlySpan<char> message)
    {
        foreach (var name in askedNames)
        {
            if (message.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return "";
    }

    private static LineGroup Group(int file, in LogEvent logged)
    {
        var message = Cut(logged.Message).ToString();
        return new LineGroup(file, logged.StartLine, message)
        {
            EndLine = Math.Min(logged.EndLine, logged.StartLine + message.Count(each => each == '\n') + 1),
            Source = logged.Source,
            Level = logged.Level,
            First = logged.Time,
            Last = logged.Time,
            Statement = StatementReader.Read(message),
            Names = Terms.NamesOf($"{logged.Source} {message}"),
            Words = Terms.WordsOf(message),
        };
    }

    private static List<LineGroup> ReadText(int file, SourceText text)
    {
        var lines = new List<string>(Math.Min(text.LineCount, MaxDocumentLines));
        for (var number = 1; number <= Math.Min(text.LineCount, MaxDocumentLines); number++)
        {
            lines.Add(Cut(text.Line(number)).ToString());
        }

        var said = Best(TextStatements.Read(lines));
        var groups = new List<LineGroup>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]) && !TextTable.IsRule(lines[i]) && TextStatements.CommandOf(lines[i]) is null)
            {
                groups.Add(Group(file, i + 1, lines[i], said.GetValueOrDefault(i + 1)));
            }
        }

        return groups;
    }

    private static List<LineGroup> ReadDocument(int file, SourceText text, Node root)
    {
        var said = Best(DocumentStatements.Read(root));
        var groups = new List<LineGroup>();
        foreach (var (node, name) in root.Walk())
        {
            if (node.IsScalar && groups.Count < MaxGroups)
            {
                var line = text.Line(node.Line).Trim();
                groups.Add(Group(file, node.Line, line.Length <= MaxLength ? line.ToString() : $"{name}: {node.Text}",
                    said.GetValueOrDefault(node.Line)));
            }
        }

        return [.. groups.DistinctBy(group => (group.Line, group.Text))];
    }

    private static LineGroup Group(int file, long line, string text, LocatedStatement? said) => new(file, line, text.Trim())
    {
        Context = said?.Context ?? "",
        First = said?.Time,
        Last = said?.Time,
        Statement = said?.Statement,
        Names = Terms.NamesOf(text),
        Words = Terms.WordsOf(text),
    };

    private static Dictionary<int, LocatedStatement> Best(IEnumerable<LocatedStatement> statements) =>
        statements.GroupBy(found => found.Line).ToDictionary(found => found.Key,
            found => found.OrderByDescending(each => each.Statement.IsProblem).ThenByDescending(each => each.Statement.Specificity)
                .First());

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, MaxLength)];

    // Figures, and runs of letters and digits that are no words, become '#'.
    private static int Mask(ReadOnlySpan<char> text, char[] into)
    {
        var length = 0;
        for (var at = 0; at < text.Length && length < into.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                into[length++] = text[at++];
                continue;
            }

            var (start, hasDigit) = (at, false);
            for (; at < text.Length && char.IsLetterOrDigit(text[at]); at++)
            {
                hasDigit |= char.IsAsciiDigit(text[at]);
            }

            if (hasDigit)
            {
                into[length++] = '#';
                continue;
            }

            var word = text[start..Math.Min(at, start + into.Length - length)];
            word.CopyTo(into.AsSpan(length));
            length += word.Length;
        }

        return length;
    }
}
