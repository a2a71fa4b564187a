using FaultMaven.Data.Intake.Bytes;
using FaultMaven.Data.Intake.Limits;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>What an upload, or an entry of an archive, holds under its layers of compression.</summary>
internal sealed class UploadContent : IAsyncDisposable
{
    private readonly List<BufferedInput> _inputs;
    private readonly List<InflatingStream> _layers;
    private readonly Func<bool> _isSourceDamaged;
    private readonly FileMeter _meter;

    private UploadContent(List<BufferedInput> inputs, List<InflatingStream> layers, Func<bool> isSourceDamaged, byte[] head, int depth,
        FileMeter meter)
    {
        _inputs = inputs;
        _layers = layers;
        _isSourceDamaged = isSourceDamaged;
        _meter = meter;
        Head = head;
        Form = ContentForms.Of(head);
        Depth = depth;
    }

    /// <summary>Its first bytes, inflated.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>Never a compressed one.</summary>
    public ContentForm Form { get; }

    public bool IsEmpty => Head.IsEmpty;

    public bool IsArchive => Form is ContentForm.Tar or ContentForm.Zip;

    /// <summary>How many layers of packing are around it.</summary>
    public int Depth { get; }

    /// <summary>How many bytes came so far, still packed.</summary>
    public long BytesTaken => _inputs[0].BytesTaken;

    /// <summary>True if bytes of it are missing; known once it is drained.</summary>
    public bool IsDamaged => _isSourceDamaged() || _layers.Exists(layer => layer.IsDamaged);

    /// <summary>Its bytes, inflated, if it is a file. They count against what a file may have.</summary>
    public Stream Stream => _meter;

    /// <summary>Its bytes, inflated, if it is an archive.</summary>
    public BufferedInput Archive => _inputs[^1];

    /// <param name="source">The bytes as they come.</param>
    /// <param name="isSourceDamaged">Whether the source is known to lack bytes, once it was read.</param>
    /// <param name="budget">What unpacking draws on.</param>
    /// <param name="depth">How many layers of packing are around the source.</param>
    /// <param name="maxBytes">How large a file may be.</param>
    /// <param name="cancellationToken">Breaks the reading off.</param>
    public static async Task<UploadContent> OpenAsync(
        Stream source, Func<bool> isSourceDamaged, UnpackBudget budget, int depth, long maxBytes, CancellationToken cancellationToken)
    {
        var inputs = new List<BufferedInput> { new(source) };
        var layers = new List<InflatingStream>();

        while (true)
        {
            var head = await inputs[^1].PeekAsync(ContentForms.HeadLength, cancellationToken);
            var form = ContentForms.Of(head.Span[..Math.Min(head.Length, ContentForms.HeadLength)]);

            if (form is ContentForm.Gzip or ContentForm.Zstandard)
            {
                budget.Enter(++depth);
                layers.Add(form is ContentForm.Gzip ? InflatingStream.Gzip(inputs[^1], budget)
                    : InflatingStream.Zstandard(inputs[^1], budget));
                inputs.Add(new BufferedInput(layers[^1]));
                continue;
            }

            if (form is ContentForm.Tar or ContentForm.Zip)
            {
                budget.Enter(++depth);
            }

            return new UploadContent(
                inputs, layers, isSourceDamaged, head.Span[..Math.Min(head.Length, ContentForms.HeadLength)]
                    .ToArray(), depth, new FileMeter(inputs[^1], maxBytes, budget));
        }
    }

    /// <summary>Reads what is left, such as bytes after the end of a gzip stream.</summary>
    /// <returns>How many bytes came in all, still packed.</returns>
    public async Task<long> DrainAsync(CancellationToken cancellationToken)
    {
        foreach (var input in Enumerable.Reverse(_inputs))
        {
            await input.CopyToAsync(Stream.Null, cancellationToken);
        }

        return BytesTaken;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var layer in Enumerable.Reverse(_layers))
        {
            await layer.DisposeAsync();
        }
    }

    /// <summary>Counts the bytes of one file.</summary>
    private sealed class FileMeter(Stream inner, long maxBytes, UnpackBudget budget) : ReadOnlyStream
    {
        private long _bytes;

        /// <exception cref="IntakeRefusedException">The file is too large, or all files of the upload together are.</exception>
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            _bytes += count;
            budget.AddContent(count);

            return _bytes <= maxBytes ? count : throw new IntakeRefusedException(IntakeFailure.TooLarge(maxBytes)) { ConcernsFile = true };
        }
    }
}
