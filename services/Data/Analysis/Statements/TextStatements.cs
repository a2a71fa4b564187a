namespace FaultMaven.Data.Analysis.Statements;

/// <summary>
/// Reads the statements of any text, line by line: the output of whatever tool as tables, sheets of <c>Key: value</c> and bare lines;
/// prose; logs in formats that are not known.
/// </summary>
internal static class TextStatements
{
    private const int MaxStatements = 2_000;

    public static IEnumerable<LocatedStatement> Read(IReadOnlyList<string> lines)
    {
        var reading = new Reading(lines);

        return reading.All().Take(MaxStatements);
    }

    private sealed class Reading(IReadOnlyList<string> lines)
    {
        private readonly FieldPairs _pairs = new();
        private TextTable? _table;
        private TableColumns? _columns;
        private string _context = "";
        private string _owner = "";

        public IEnumerable<LocatedStatement> All()
        {
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i];
                if (string.IsNullOrWhiteSpace(line))
                {
                    foreach (var late in EndTable())
                    {
                        yield return late;
                    }

                    _pairs.Clear();
                    continue;
                }

                if (CommandOf(line) is { } command)
                {
                    foreach (var late in EndTable())
                    {
                        yield return late;
                    }

                    (_context, _owner) = (command, "");
                    continue;
                }

                if (TextTable.IsRule(line))
                {
                    continue;
                }

                foreach (var statement in ReadLine(line, i))
                {
                    yield return new LocatedStatement(statement, i + 1, _context);
                }
            }

            foreach (var late in EndTable())
            {
                yield return late;
            }
        }

        private List<Statement> ReadLine(string line, int index)
        {
            if (_table?.Row(line) is { } cells)
            {
                return ReadRow(cells, index);
            }

            if (TextTable.TryHeader(line, NextOf(index)) is { } table)
            {
                _table = table;
                _columns = new TableColumns(table.Titles);
                return [];
            }

            if (MarkupLine.TryRead(line, out var fields))
            {
                return [.. FieldReader.Once(fields.Select(static field => FieldReader.Read(field.Key, field.Value, ""))
                    .OfType<Statement>())];
            }

            return ReadSheet(line) ?? (StatementReader.Read(line) is { } statement ? [statement] : []);
        }

        private string NextOf(int index) => index + 1 < lines.Count ? lines[index + 1] : "";

        private List<Statement> ReadRow(string[] cells, int index)
        {
            var name = _columns!.NameOf(cells);
            _columns.Note(cells, name, index + 1);
            var found = new List<Statement>();
            var type = _columns.Condition(cells);
            if (type is { } condition)
            {
                if (FieldReader.IsMet(condition.Type, condition.Status, _owner, out var unmet))
                {
                    return [];
                }

                found.AddRange(unmet is null ? [] : [unmet]);
            }

            for (var i = 0; i < cells.Length; i++)
            {
                if (i != type?.Column && FieldReader.Read(_table!.Titles[i], cells[i], type is null ? name : _owner) is { } statement)
                {
                    found.Add(statement.ObjectKind.Length > 0 ? statement : statement with { ObjectKind = _columns.Kind });
                }
            }

            return [.. FieldReader.Once(found)];
        }

        // "Key: value" or "key = value"; null if the line is neither.
        private List<Statement>? ReadSheet(string line)
        {
            if (!Field.TrySplit(line, out var key, out var value))
            {
                return null;
            }

            if (Field.IsName(key))
            {
                _owner = value.Trim();
            }

            var found = new List<Statement>();
            if (FieldReader.Read(key, value, _owner == value.Trim() ? "" : _owner) is { } statement)
            {
                found.Add(statement);
            }

            if (_pairs.Add(key, value) is { } pair)
            {
                found.Add(pair);
            }

            return found;
        }

        private IEnumerable<LocatedStatement> EndTable()
        {
            var columns = _columns;
            (_table, _columns) = (null, null);

            return columns is null ? [] : columns.Unlike().Select(found => new LocatedStatement(found.Statement, found.Line, _context));
        }

    }

    /// <summary>The command of a prompt such as <c>root@db-1:~# systemctl status x</c> or <c>$ df -h</c>; null if the line is not
    /// one.</summary>
    public static string? CommandOf(string line)
    {
        var text = line.AsSpan().Trim();
        var mark = text.IndexOfAny("$#>");
        if (mark < 0 || mark + 2 >= text.Length || !char.IsAsciiLetter(text[text[mark + 1] == ' ' ? mark + 2 : mark + 1]))
        {
            return null;
        }

        var before = text[..mark];
        return (before.IsEmpty && text[mark] != '>' && text[mark + 1] == ' ')
            || (before.Contains('@') && before.Length < 80 && (!before.Contains(' ') || before.Contains(':') || before[0] == '['))
            || (text[mark] == '>' && before.StartsWith("PS ", StringComparison.Ordinal))
            || (text[mark] == '#' && before.Length is > 2 and < 40 && !before.Contains(' ') && text[mark + 1] != ' ')
            ? text[(mark + 1)..].Trim().ToString()
            : null;
    }
}
