using System.Buffers;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// Screens one redacted text that comes in stretches. It keeps the end of what went before, so a passage across a border is found. Not
/// thread-safe.
/// </summary>
internal sealed class PassageScan
{
    /// <summary>How many passages are reported for a text. What follows the last of them is not screened.</summary>
    public const int MaxPassages = 1_000;

    // More than a form reaches to either side.
    private const int Overlap = 1_024;

    private readonly PassageList _passages = new();
    private readonly char[] _tail = new char[Overlap];
    private int _tailLength;
    private long _position;
    private long _lineBreaks;
    private long _toldTo;
    private int _count;

    /// <summary>The passages that end in the next stretch.</summary>
    public IReadOnlyList<ScreenedPassage> Next(ReadOnlySpan<char> stretch)
    {
        if (_count == MaxPassages || stretch.IsEmpty)
        {
            return [];
        }

        var length = _tailLength + stretch.Length;
        var buffer = ArrayPool<char>.Shared.Rent(length);
        try
        {
            var text = buffer.AsSpan(0, length);
            _tail.AsSpan(0, _tailLength).CopyTo(text);
            stretch.CopyTo(text[_tailLength..]);
            TextScreener.Screen(text, _passages);
            var told = _passages.Count == 0 ? [] : Tell(text);
            Keep(text);
            return told;
        }
        finally
        {
            // The text is redacted already.
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private List<ScreenedPassage> Tell(ReadOnlySpan<char> text)
    {
        var told = new List<ScreenedPassage>();
        var offset = _position - _tailLength;
        var lines = _lineBreaks - text[.._tailLength].Count('\n') + 1;
        for (var i = 0; i < _passages.Count && _count < MaxPassages; i++)
        {
            var (kind, start, end) = _passages[i];
            start = (int)Math.Max(start, _toldTo - offset);
            if (end <= _tailLength || end <= start)
            {
                continue;
            }

            var startLine = lines + text[..start].Count('\n');
            told.Add(new(kind, offset + start, offset + end, startLine, startLine + text[start..end].Count('\n')));
            _toldTo = offset + end;
            _count++;
            ScreeningTelemetry.Count(kind);
        }

        return told;
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        var added = text[_tailLength..];
        _position += added.Length;
        _lineBreaks += added.Count('\n');
        _tailLength = Math.Min(Overlap, text.Length);
        text[^_tailLength..].CopyTo(_tail);
    }
}
