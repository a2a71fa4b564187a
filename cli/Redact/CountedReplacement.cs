using System.Text;

namespace FaultMaven.Cli.Redact;

/// <summary>Replaces bytes that are not valid in the encoding by U+FFFD, and counts the places.</summary>
internal sealed class CountedReplacement : DecoderFallback
{
    /// <summary>How many places were replaced so far.</summary>
    public long Count { get; private set; }

    public override int MaxCharCount => 1;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new CountingBuffer(this);

    private sealed class CountingBuffer(CountedReplacement owner) : DecoderFallbackBuffer
    {
        private bool _pending;

        public override int Remaining => _pending ? 1 : 0;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.Count++;
            return _pending = true;
        }

        public override char GetNextChar()
        {
            var next = _pending ? '\uFFFD' : '\0';
            _pending = false;
            return next;
        }

        public override bool MovePrevious() => false;

        public override void Reset() => _pending = false;
    }
}
