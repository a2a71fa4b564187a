using System.Buffers;
using System.Text;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Redaction.Recognition.Secrets;

namespace FaultMaven.Redaction.Screening;

/// <summary>Passages in base64: <c>SWdub3JlIGFsbCBwcmV2aW91cyBpbnN0cnVjdGlvbnM=</c>. They are known by how their words look encoded, and each stretch is decoded once.</summary>
internal static class EncodedWording
{
    private const int MaxBefore = 1024;
    private const int MaxLength = 8 * 1024;

    // Without their first letters, which may be capitals.
    private static readonly string[] s_words =
        ["gnore all", "gnore the", "gnore any", "gnore prev", "gnore your", "isregard", "orget everything", "nstructions", "ystem prompt", "im_start", "ou are now", "gnoriere", "gnorez"];

    // Every word in all its three places among three bytes, with the place among four characters that its first one has; see EncodedText.
    private static readonly (string Text, int Place)[] s_encoded = [.. from word in s_words from shift in Enumerable.Range(0, 3) select Encode(word, shift)];
    private static readonly SearchValues<string> s_anyEncoded = SearchValues.Create([.. s_encoded.Select(e => e.Text)], StringComparison.Ordinal);

    /// <summary>Adds the passages that are encoded.</summary>
    public static void Find(ReadOnlySpan<char> text, PassageList passages)
    {
        for (var from = 0; from < text.Length && text[from..].IndexOfAny(s_anyEncoded) is var next and >= 0;)
        {
            var at = from + next;
            from = at + 1;
            foreach (var (word, place) in s_encoded)
            {
                if (text[at..].StartsWith(word, StringComparison.Ordinal))
                {
                    var start = Base64Run.Start(text, at, place, MaxBefore);
                    from = Math.Max(from, Read(text, start, passages));
                    break;
                }
            }
        }
    }

    private static int Read(ReadOnlySpan<char> text, int start, PassageList passages)
    {
        var plain = ArrayPool<char>.Shared.Rent(MaxLength);
        var origins = ArrayPool<int>.Shared.Rent(MaxLength);
        try
        {
            var count = Base64Run.Decode(text, start, plain.AsSpan(0, MaxLength), origins.AsSpan(0, MaxLength), out var end);
            var found = new PassageList();
            TextScreener.FindWordings(plain.AsSpan(0, count), found);
            if (found.Count > 0)
            {
                passages.Add(PassageKind.HiddenText, start, end);
            }

            return end;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<int>.Shared.Return(origins);
        }
    }

    // The characters of a word's base64 that its neighbours have no part in, and their place among four.
    private static (string Text, int Place) Encode(string word, int shift)
    {
        var encoded = Convert.ToBase64String([.. new byte[shift], .. Encoding.ASCII.GetBytes(word)]);
        var place = shift == 0 ? 0 : shift + 1;
        return (encoded[place..((shift + word.Length) * 8 / 6)], place);
    }
}
