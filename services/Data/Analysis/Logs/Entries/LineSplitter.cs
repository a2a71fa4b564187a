namespace FaultMaven.Data.Analysis.Logs.Entries;

/// <summary>
/// Cuts text that comes in pieces into lines, at \n and \r\n. Of a line longer than <see cref="MaxLineLength"/> the rest is left out, so
/// that memory is bounded. What is behind the last line end is a line, unless it is empty.
/// </summary>
/// <param name="onLine">Called with every line, without its line end; the text is valid during the call.</param>
internal sealed class LineSplitter(LineSplitter.LineAction onLine)
{
    /// <summary>How many characters of a line are kept.</summary>
    public const int MaxLineLength = 65_536;

    private char[] _carried = new char[1024];
    private int _length;
    private bool _pending;

    internal delegate void LineAction(ReadOnlySpan<char> line);

    public void Append(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var end = text.IndexOf('\n');
            if (end < 0)
            {
                Carry(text);
                return;
            }

            if (_pending)
            {
                Carry(text[..end]);
                Flush();
            }
            else
            {
                Emit(text[..end]);
            }

            text = text[(end + 1)..];
        }
    }

    /// <summary>Ends the last line.</summary>
    public void Complete()
    {
        if (_pending)
        {
            Flush();
        }
    }

    private void Flush()
    {
        Emit(_carried.AsSpan(0, _length));
        _length = 0;
        _pending = false;
    }

    private void Emit(ReadOnlySpan<char> line)
    {
        line = line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
        onLine(line.Length > MaxLineLength ? line[..MaxLineLength] : line);
    }

    private void Carry(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        _pending = true;
        var taken = Math.Min(text.Length, MaxLineLength + 1 - _length);
        if (_length + taken > _carried.Length)
        {
            Array.Resize(ref _carried, Math.Min(Math.Max(_carried.Length * 2, _length + taken), MaxLineLength + 1));
        }

        text[..taken].CopyTo(_carried.AsSpan(_length));
        _length += taken;
    }
}
