using System.Buffers;
using System.Text;
using System.Text.Unicode;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Scanning;

/// <summary>
/// Scans an input that arrives in pieces, in windows that depend on its content and on where it was flushed: how it was cut never changes
/// what is found. A text that arrives whole takes the same way. It holds at most one window back, and takes time in proportion to the
/// input, and to one window for each flush.
/// </summary>
/// <remarks>
/// A window is cut at the last line break that leaves room to look ahead, else at white space, else where room ends, and never inside a
/// finding. A finding that may continue past the window starts the next one; one that fills a whole window becomes an
/// <see cref="OpenValue"/>. Not thread-safe.
/// </remarks>
internal sealed class TextScanner(RecognitionEngine engine) : IDisposable
{
    /// <summary>At most 48 KiB of UTF-8 are held back, which keeps the promise of 64 KiB.</summary>
    public const int Window = 16 * 1024;

    // What recognisers may see before and behind what they judge.
    private const int LookBehind = 512;
    private const int LookAhead = 2 * 1024;

    private readonly char[] _buffer = ArrayPool<char>.Shared.Rent(LookBehind + Window);
    private readonly FindingList _findings = new();
    private int _from;
    private int _count;
    private long _position;
    private long _flushed;
    private OpenValue? _open;

    /// <summary>Takes a piece of the input and adds the stretches that it completes.</summary>
    public void Append(ReadOnlySpan<char> piece, List<ScannedPiece> scanned)
    {
        while (!piece.IsEmpty)
        {
            var taken = Math.Min(piece.Length, _from + Window - _count);
            piece[..taken].CopyTo(_buffer.AsSpan(_count));
            _count += taken;
            piece = piece[taken..];
            if (_count == _from + Window)
            {
                ScanWindow(isLast: false, scanned);
            }
        }
    }

    /// <summary>Takes a piece of the input in UTF-8, which ends with a character; what is not UTF-8 counts as U+FFFD.</summary>
    public void AppendUtf8(ReadOnlySpan<byte> piece, List<ScannedPiece> scanned)
    {
        Span<char> pair = stackalloc char[2];
        while (!piece.IsEmpty)
        {
            var room = _buffer.AsSpan(_count, _from + Window - _count);
            Utf8.ToUtf16(piece, room, out var read, out var written);
            _count += written;
            piece = piece[read..];
            if (_count == _from + Window)
            {
                ScanWindow(isLast: false, scanned);
            }
            else if (!piece.IsEmpty)
            {
                // Half of a pair fills the window, as it would if the text had come in UTF-16.
                Rune.DecodeFromUtf8(piece, out var rune, out var length);
                Append(pair[..rune.EncodeToUtf16(pair)], scanned);
                piece = piece[length..];
            }
        }
    }

    /// <summary>
    /// Says that the input pauses, and adds the whole lines that have waited, up to the first that may still become a part of a secret.
    /// What is added can't know the text to come, so it may be less than had the lines come with it.
    /// </summary>
    public void Flush(List<ScannedPiece> scanned)
    {
        var received = _position + _count - _from;
        if (_open is not null || received == _flushed || !_buffer.AsSpan(_from.._count).Contains('\n'))
        {
            return;
        }

        _flushed = received;
        var text = _buffer.AsSpan(0, _count);
        engine.Find(text, _findings);
        var end = FlushPoint.Of(text, _from, _findings);
        if (end > _from)
        {
            scanned.Add(Piece(text, end));
            Advance(end - _from);
        }
    }

    /// <summary>Says that the input has ended, and adds the stretches that are left.</summary>
    public void Complete(List<ScannedPiece> scanned)
    {
        while (_from < _count)
        {
            ScanWindow(isLast: true, scanned);
        }

        CloseOpenValue(scanned);
    }

    public void Dispose()
    {
        _open?.Dispose();
        ArrayPool<char>.Shared.Return(_buffer, clearArray: true);
    }

    private void ScanWindow(bool isLast, List<ScannedPiece> scanned)
    {
        if (_open is not null)
        {
            Advance(_open.Take(_buffer.AsSpan(_from.._count), isLast, out var hasEnded));
            if (hasEnded)
            {
                CloseOpenValue(scanned);
            }

            return;
        }

        var text = _buffer.AsSpan(0, _count);
        engine.Find(text, _findings);

        var last = _findings.Count > 0 ? _findings[^1] : default;
        if (!isLast && last.End == _count && last.Start <= _from)
        {
            _open = new OpenValue(last.Type, last.Confidence, _position);
            return;
        }

        var end = isLast ? _count : CutAfter(text, last);
        scanned.Add(Piece(text, end));
        Advance(end - _from);
    }

    private void CloseOpenValue(List<ScannedPiece> scanned)
    {
        if (_open is not null)
        {
            scanned.Add(new ScannedPiece(PooledText.Empty, [_open.Close()]));
            _open.Dispose();
            _open = null;
        }
    }

    private int CutAfter(ReadOnlySpan<char> text, Finding last)
    {
        var earliest = _from + (Window / 2);
        var latest = text.Length - LookAhead;
        var room = text[earliest..latest];
        var line = room.LastIndexOf('\n');
        var space = line < 0 ? room.LastIndexOfAny(' ', '\t') : line;
        var cut = space < 0 ? latest : earliest + space + 1;

        for (var i = 0; i < _findings.Count; i++)
        {
            var finding = _findings[i];
            if (finding.Start < cut && finding.End > cut)
            {
                cut = finding.End < text.Length ? finding.End : finding.Start;
            }
        }

        // What touches the end of the window may continue.
        cut = last.End == text.Length ? Math.Min(cut, Math.Max(last.Start, _from + 1)) : cut;
        return char.IsHighSurrogate(text[cut - 1]) && char.IsLowSurrogate(text[cut]) && cut - 1 > _from ? cut - 1 : cut;
    }

    private ScannedPiece Piece(ReadOnlySpan<char> text, int end)
    {
        List<ScannedFinding>? found = null;
        for (var i = 0; i < _findings.Count; i++)
        {
            var finding = _findings[i];
            var start = Math.Max(finding.Start, _from);
            var stop = Math.Min(finding.End, end);
            if (start < stop)
            {
                var offset = _position - _from;
                found ??= [];
                found.Add(new ScannedFinding(
                    finding.Type, offset + start, offset + stop, finding.Confidence, start - _from, stop - _from, text[start..stop]
                        .ToString()));
            }
        }

        return new ScannedPiece(PooledText.Copy(text[_from..end]), found ?? (IReadOnlyList<ScannedFinding>)[]);
    }

    // Keeps what recognisers may look back at.
    private void Advance(int length)
    {
        _from += length;
        _position += length;
        var drop = _from - LookBehind;
        if (drop > 0)
        {
            _buffer.AsSpan(drop, _count - drop).CopyTo(_buffer);
            _from -= drop;
            _count -= drop;
        }
    }
}
