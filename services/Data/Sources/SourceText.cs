namespace FaultMaven.Data.Sources;

/// <summary>The stored text of evidence and where its lines begin. A line ends at a line feed.</summary>
internal sealed class SourceText
{
    /// <summary>What is longer than this, in characters, is cut off: 32 Mi.</summary>
    public const int MaxLength = 32 * 1024 * 1024;

    private readonly int[] _starts;

    public SourceText(string text)
    {
        Text = text;
        var starts = new List<int>(1 + (text.Length / 40)) { 0 };
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }

        _starts = [.. starts];
    }

    /// <summary>The text itself.</summary>
    public string Text { get; }

    /// <summary>How many lines it has; at least 1.</summary>
    public int LineCount => _starts.Length;

    /// <summary>Reads evidence up to <see cref="MaxLength"/>.</summary>
    public static SourceText Read(EvidenceSource source)
    {
        using var reader = source.Open();

        return Read([], reader);
    }

    /// <summary>Reads evidence up to <see cref="MaxLength"/> whose beginning was read already.</summary>
    public static SourceText Read(ReadOnlySpan<char> beginning, TextReader rest)
    {
        var buffer = new char[32 * 1024];
        var text = new System.Text.StringBuilder().Append(beginning);
        for (int read; text.Length < MaxLength && (read = rest.Read(buffer, 0, buffer.Length)) > 0;)
        {
            text.Append(buffer, 0, Math.Min(read, MaxLength - text.Length));
        }

        return new SourceText(PastedText.Unwrap(text.ToString()));
    }

    /// <summary>The number, from 1, of the line that holds the character at <paramref name="offset"/>.</summary>
    public int LineAt(int offset)
    {
        var found = Array.BinarySearch(_starts, offset);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>Where line <paramref name="number"/> begins.</summary>
    public int StartOf(int number) => _starts[Math.Clamp(number, 1, _starts.Length) - 1];

    /// <summary>Line <paramref name="number"/>, from 1, without its line end.</summary>
    public ReadOnlySpan<char> Line(int number)
    {
        var start = StartOf(number);
        var end = number < _starts.Length ? _starts[number] - 1 : Text.Length;
        return Text.AsSpan(start, Math.Max(0, end - start)).TrimEnd("\r\n");
    }
}
