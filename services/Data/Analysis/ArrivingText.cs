using System.Buffers;
using System.Text;
using System.Threading.Channels;
using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Signals;

namespace FaultMaven.Data.Analysis;

/// <summary>
/// A redacted text while it arrives: classified by its beginning and, if it is a log, analysed while the receiver stores it. The caller
/// that appends waits when the analysis does not keep up. Memory does not grow with the text.
/// </summary>
internal sealed class ArrivingText : IAsyncDisposable
{
    /// <summary>How many pieces may wait; of the 64 KiB that Redaction sends, 1 MiB.</summary>
    private const int MaxWaiting = 16;

    private const int BlockLength = 16_384;

    private readonly Channel<ReadOnlyMemory<byte>> _pieces =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly Classifier _classify;
    private readonly AnalyzerDispatcher _signalSearch;
    private readonly SemaphoreSlim _turns;
    private readonly bool _hasTurn;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly char[] _block = new char[BlockLength];
    private readonly char[] _head = ArrayPool<char>.Shared.Rent(EvidenceClassifier.MaxLength);
    private readonly Task _reading;
    private bool _isBegun;
    private int _headLength;
    private ClassifiedEvidence? _classified;
    private LogAnalysis? _analysis;

    /// <param name="classify">Tells what it is by its first <see cref="EvidenceClassifier.MaxLength"/> characters, or all of it.</param>
    /// <param name="signalSearch">Knows what can be analysed on arrival.</param>
    /// <param name="turns">One for each that may be analysed at the same time; without one, it is only classified.</param>
    public ArrivingText(Classifier classify, AnalyzerDispatcher signalSearch, SemaphoreSlim turns)
    {
        _classify = classify;
        _signalSearch = signalSearch;
        _turns = turns;
        _hasTurn = turns.Wait(0);
        _reading = Task.Run(ReadAsync);
    }

    internal delegate ClassifiedEvidence Classifier(ReadOnlySpan<char> head);

    /// <summary>Takes a piece of the text in UTF-8, whose bytes must not change any more.</summary>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) =>
        _pieces.Writer.WriteAsync(utf8, cancellationToken);

    /// <summary>Ends the text.</summary>
    /// <returns>What it is, and the analysis that has taken all of it, if any.</returns>
    public async Task<(ClassifiedEvidence Classified, LogAnalysis? Analysis)> CompleteAsync(CancellationToken cancellationToken)
    {
        _pieces.Writer.Complete();
        await _reading.WaitAsync(cancellationToken);

        return (_classified!, _analysis);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        ArrayPool<char>.Shared.Return(_head);

        if (_hasTurn)
        {
            _turns.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var piece in _pieces.Reader.ReadAllAsync(_stop.Token))
            {
                Take(piece.Span);
            }

            if (_classified is null)
            {
                Begin();
            }
        }
        catch (Exception exception)
        {
            // The caller that appends would wait forever for room.
            _pieces.Writer.TryComplete(exception);
            throw;
        }
    }

    private void Take(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty && (_classified is null || _analysis is not null))
        {
            _decoder.Convert(utf8, _block, flush: false, out var used, out var length, out _);
            utf8 = utf8[used..];
            Take(_block.AsSpan(0, length));
        }
    }

    private void Take(ReadOnlySpan<char> text)
    {
        if (_classified is null)
        {
            // Readers of stored text pass over a byte order mark too.
            text = _isBegun || text is not ['\ufeff', ..] ? text : text[1..];
            _isBegun = true;
            var taken = Math.Min(text.Length, EvidenceClassifier.MaxLength - _headLength);
            text[..taken].CopyTo(_head.AsSpan(_headLength));
            _headLength += taken;
            text = text[taken..];

            if (_headLength < EvidenceClassifier.MaxLength)
            {
                return;
            }

            Begin();
        }

        Analyze(text);
    }

    private void Begin()
    {
        var head = _head.AsSpan(0, _headLength);
        _classified = _classify(head);
        _analysis = _hasTurn ? _signalSearch.Begin(_classified.Type, head[..Math.Min(head.Length, LogDocument.HeadLength)]) : null;
        Analyze(head);
    }

    private void Analyze(ReadOnlySpan<char> text)
    {
        try
        {
            _analysis?.Events.Append(text);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug in an analyser must not cost people their evidence. The stored text is analysed instead, where it fails again and is
            // told of.
            _analysis = null;
        }
    }
}
