using System.Runtime.CompilerServices;
using System.Text;
using FaultMaven.Cli.Pipes;

namespace FaultMaven.Cli.Redact;

/// <summary>Cuts text into pieces between two characters, so that none is split.</summary>
internal static class TextPieces
{
    // At most 3 bytes of UTF-8 for each UTF-16 code unit: far below the 1 MiB that a piece may have.
    private const int PieceLength = 64 * 1024;

    /// <summary>Decodes UTF-8 as it comes; what is not UTF-8 becomes U+FFFD, and <paramref name="replacement"/> counts it.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(
        Stream input, CountedReplacement replacement, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var decoder = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, replacement).GetDecoder();
        var bytes = new byte[PieceLength];
        var characters = new char[PieceLength + 1];
        int read;

        do
        {
            read = await input.ReadSomeAsync(bytes, cancellationToken);
            var count = decoder.GetChars(bytes.AsSpan(0, read), characters, flush: read == 0);

            if (count > 0)
            {
                yield return new string(characters, 0, count);
            }
        }
        while (read > 0);
    }

    /// <summary>Cuts a text that is in memory.</summary>
    public static async IAsyncEnumerable<string> CutAsync(string text)
    {
        await Task.CompletedTask;
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + PieceLength, text.Length);
            end -= end < text.Length && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
            yield return text[start..end];
            start = end;
        }
    }
}
