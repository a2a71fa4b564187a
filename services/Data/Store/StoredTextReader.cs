using System.Text;

namespace FaultMaven.Data.Store;

/// <summary>
/// Reads stored text, whose lines end in <c>\n</c>. A line comes cut to <see cref="MaxLineLength"/> characters, so that a file without line
/// ends cannot fill the memory of its reader; reading it whole gives all of it.
/// </summary>
internal sealed class StoredTextReader(Stream stream) : TextReader
{
    public const int MaxLineLength = 1 << 20;

    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
    private readonly char[] _buffer = new char[1 << 15];
    private int _start;
    private int _end;

    public override int Peek() => Fill() ? _buffer[_start] : -1;

    public override int Read() => Fill() ? _buffer[_start++] : -1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
        buffer.IsEmpty || !(_start < _end || await FillAsync(cancellationToken)) ? 0 : Read(buffer.Span);

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || !Fill())
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;

        return count;
    }

    public override string? ReadLine()
    {
        if (!Fill())
        {
            return null;
        }

        var length = _buffer.AsSpan(_start, _end - _start).IndexOf('\n');

        if (length < 0)
        {
            return ReadLineAcrossBuffers();
        }

        var line = new string(_buffer, _start, length);
        _start += length + 1;

        return line;
    }

    /// <summary>Reads a line; while the store is read, no thread waits.</summary>
    public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (_start == _end && !await FillAsync(cancellationToken))
        {
            return null;
        }

        if (_buffer.AsSpan(_start, _end - _start).Contains('\n'))
        {
            return ReadLine();
        }

        var line = new StringBuilder();

        do
        {
            if (AppendRest(line))
            {
                break;
            }
        }
        while (await FillAsync(cancellationToken));

        return line.ToString();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader.Dispose();
        }

        base.Dispose(disposing);
    }

    private string ReadLineAcrossBuffers()
    {
        var line = new StringBuilder();

        while (Fill())
        {
            if (AppendRest(line))
            {
                break;
            }
        }

        return line.ToString();
    }

    /// <summary>Appends what the buffer has of a line; true if that is the line's end.</summary>
    private bool AppendRest(StringBuilder line)
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        var length = rest.IndexOf('\n');
        var piece = length < 0 ? rest : rest[..length];
        line.Append(piece[..Math.Min(piece.Length, MaxLineLength - line.Length)]);
        _start += length < 0 ? rest.Length : length + 1;

        return length >= 0;
    }

    /// <summary>Fills the empty buffer; false at the end of the text.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await _reader.ReadAsync(_buffer.AsMemory(), cancellationToken);

        return _end > 0;
    }

    /// <summary>False at the end of the text.</summary>
    private bool Fill()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = _reader.Read(_buffer.AsSpan());
        }

        return _end > 0 && _start < _end;
    }
}
