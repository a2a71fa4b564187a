using System.Buffers;
using System.Text.Unicode;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Redacting;
using Google.Protobuf;

namespace FaultMaven.Redaction.Api;

/// <summary>Makes the responses of a stream, in the form that its first request asked for.</summary>
internal sealed class StreamAnswers(Proto.StreamRedactTextRequest first, CompiledPolicy policy) : IDisposable
{
    // Below what the runtime of a receiver keeps on its large object heap, which it seldom collects.
    private const int MaxUtf8 = 64 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(first.Utf8Responses ? MaxUtf8 : 0);

    /// <summary>
    /// The responses that carry some stretches of text. Each is to be written before the next is asked for: they share a buffer.
    /// </summary>
    public IEnumerable<Proto.StreamRedactTextResponse> Of(IReadOnlyList<RedactedSpan> stretches) =>
        first.Utf8Responses ? InUtf8(stretches) : stretches.Select(InUtf16);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private Proto.StreamRedactTextResponse InUtf16(RedactedSpan stretch)
    {
        var response = new Proto.StreamRedactTextResponse { Text = stretch.Text.ToString(), Policy = policy.Name, Screened = true };
        Tell(stretch, response);
        return response;
    }

    private IEnumerable<Proto.StreamRedactTextResponse> InUtf8(IReadOnlyList<RedactedSpan> stretches)
    {
        var response = new Proto.StreamRedactTextResponse { Policy = policy.Name, Screened = true };
        var length = 0;
        foreach (var stretch in stretches)
        {
            Tell(stretch, response);
            for (var done = 0; done < stretch.Text.Length;)
            {
                var status = Utf8.FromUtf16(stretch.Text.Span[done..], _buffer.AsSpan(length, MaxUtf8 - length), out var read,
                    out var written);
                done += read;
                length += written;
                if (status == OperationStatus.DestinationTooSmall)
                {
                    response.Utf8Text = UnsafeByteOperations.UnsafeWrap(_buffer.AsMemory(0, length));
                    yield return response;
                    response = new Proto.StreamRedactTextResponse { Policy = policy.Name, Screened = true };
                    length = 0;
                }
            }
        }

        response.Utf8Text = UnsafeByteOperations.UnsafeWrap(_buffer.AsMemory(0, length));
        yield return response;
    }

    private void Tell(RedactedSpan stretch, Proto.StreamRedactTextResponse response)
    {
        response.Degraded |= stretch.IsDegraded;
        response.Passages.AddRange(stretch.Passages.Select(passage => passage.ToProto()));
        if (!first.CountsOnly)
        {
            response.Findings.AddRange(stretch.Findings.Select(found => found.Finding.ToProto(found.Placeholder)));
            return;
        }

        foreach (var (type, count) in stretch.Findings.CountBy(found => found.Finding.Type))
        {
            response.FindingCounts.TryGetValue(type, out var before);
            response.FindingCounts[type] = before + count;
        }
    }
}
