using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.Search;

/// <summary>
/// The last lines of a file that is read, as many as may still be wanted. Bounded in lines and characters, however long the file is.
/// </summary>
internal sealed class LineWindow
{
    private const int MaxLineLength = 16_384;

    // What reads entries learns from 400 lines before it reports the first, and an entry has at most some hundred.
    private const int MaxLines = 2_048;
    private const int MaxCharacters = 8 << 20;

    private readonly Queue<string> _lines = new();
    private int _characters;

    /// <summary>The number of the last line, from 1; 0 before the first.</summary>
    public long Last { get; private set; }

    private long First => Last - _lines.Count + 1;

    public void Add(string line)
    {
        line = line.CutTo(MaxLineLength);
        _lines.Enqueue(line);
        _characters += line.Length;
        Last++;

        while (_lines.Count > MaxLines || (_characters > MaxCharacters && _lines.Count > 1))
        {
            DropFirst();
        }
    }

    /// <summary>Says that lines before this one are no longer wanted.</summary>
    public void DropBefore(long line)
    {
        while (_lines.Count > 0 && First < line)
        {
            DropFirst();
        }
    }

    /// <summary>The lines from <paramref name="start"/> to <paramref name="end"/>, inclusive, as far as they are there.</summary>
    public IReadOnlyList<string> Lines(long start, long end) =>
        start > end ? [] : [.. _lines.Skip((int)(start - First)).Take((int)(end - Math.Max(start, First) + 1))];

    private void DropFirst() => _characters -= _lines.Dequeue().Length;
}
