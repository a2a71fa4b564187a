using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Changes;

/// <summary>Reads unified diffs: lines taken out and put in are matched by the setting that they are about.</summary>
internal static class ConfigDiff
{
    public static bool IsDiff(SourceText text)
    {
        for (var number = 1; number < Math.Min(text.LineCount, 200); number++)
        {
            if ((text.Line(number).StartsWith("--- ", StringComparison.Ordinal)
                && text.Line(number + 1).StartsWith("+++ ", StringComparison.Ordinal))
                || (text.Line(number).StartsWith("@@ -", StringComparison.Ordinal)
                    && text.Line(number)[4..].Contains("@@", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    public static IEnumerable<SettingChange> Read(SourceText text, CancellationToken cancellationToken)
    {
        var file = "";
        var removed = new List<(int Line, string Text)>();
        var added = new List<(int Line, string Text)>();
        var changes = new List<SettingChange>();
        // The keys above a line show where in a YAML document it is.
        var path = new SettingPath();
        for (var number = 1; number <= text.LineCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number);
            if (line.StartsWith("+++ ", StringComparison.Ordinal))
            {
                Flush();
                file = FileOf(line[4..]);
                path = new SettingPath();
            }
            else if (line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("diff ", StringComparison.Ordinal)
                || line.StartsWith("index ", StringComparison.Ordinal) || line.StartsWith("@@", StringComparison.Ordinal))
            {
                Flush();
            }
            else if (line.StartsWith("-", StringComparison.Ordinal))
            {
                removed.Add((number, line[1..].ToString()));
            }
            else if (line.StartsWith("+", StringComparison.Ordinal))
            {
                added.Add((number, line[1..].ToString()));
            }
            else
            {
                Flush();
                path.Pass(line.IsEmpty ? line : line[1..]);
            }
        }

        Flush();
        return changes;

        void Flush()
        {
            Match(removed, added, file, path, changes);
            removed.Clear();
            added.Clear();
        }
    }

    private static void Match(List<(int Line, string Text)> removed, List<(int Line, string Text)> added, string file, SettingPath path,
        List<SettingChange> changes)
    {
        var open = new List<(int Line, string Key, string Value)>();
        foreach (var (line, text) in removed)
        {
            if (Setting.TryRead(text, out var key, out var value))
            {
                open.Add((line, key, value));
            }
        }

        foreach (var (line, text) in added)
        {
            if (!Setting.TryRead(text, out var key, out var value))
            {
                continue;
            }

            var before = open.FindIndex(candidate => candidate.Key == key);
            var name = path.NameOf(key, text);
            if (before < 0)
            {
                changes.Add(new SettingChange(name, null, value, file, new LineRange(line, line)));
                continue;
            }

            if (open[before].Value != value)
            {
                changes.Add(new SettingChange(name, open[before].Value, value, file,
                    new LineRange(Math.Min(open[before].Line, line), Math.Max(open[before].Line, line), line)));
            }

            open.RemoveAt(before);
        }

        changes.AddRange(open.Select(gone =>
            new SettingChange(path.NameOf(gone.Key, ""), gone.Value, null, file, new LineRange(gone.Line, gone.Line))));
    }

    /// <summary>The file that a line such as <c>+++ b/app.yaml</c> names.</summary>
    public static string FileOf(ReadOnlySpan<char> name)
    {
        var tab = name.IndexOf('\t');
        var path = (tab < 0 ? name : name[..tab]).Trim();
        return (path.StartsWith("b/", StringComparison.Ordinal) ? path[2..] : path).ToString();
    }

    /// <summary>The section or key below which the current lines stand.</summary>
    private sealed class SettingPath
    {
        private readonly Stack<(int Indent, string Name)> _above = new();

        public void Pass(ReadOnlySpan<char> line)
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("[", StringComparison.Ordinal) && trimmed.EndsWith("]", StringComparison.Ordinal))
            {
                _above.Clear();
                _above.Push((-1, trimmed[1..^1].ToString()));
            }
            else if (trimmed.EndsWith(":", StringComparison.Ordinal) && trimmed.Length < 80)
            {
                Leave(Indent(line));
                _above.Push((Indent(line), trimmed[..^1].Trim("- \"'").ToString()));
            }
        }

        public string NameOf(string key, string line)
        {
            if (line.Length > 0)
            {
                Leave(Indent(line));
            }

            return _above.Count == 0 ? key : $"{_above.Peek().Name}.{key}";
        }

        private void Leave(int indent)
        {
            while (_above.TryPeek(out var top) && top.Indent >= indent)
            {
                _above.Pop();
            }
        }

        private static int Indent(ReadOnlySpan<char> line) => line.Length - line.TrimStart().Length;
    }
}
