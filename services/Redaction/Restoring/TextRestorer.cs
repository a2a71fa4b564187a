using System.Runtime.CompilerServices;
using System.Text;
using FaultMaven.Redaction.Store;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Restoring;

/// <summary>
/// Puts the values of a scope back in place of its placeholders. What a value itself looks like doesn't matter: it is put back and not
/// looked at.
/// </summary>
internal sealed class TextRestorer(IPseudonyms pseudonyms)
{
    // A value has up to 16 Ki characters, so this bounds what is in memory at once.
    private const int MaxPlaceholders = 256;

    /// <summary>Restores a text that arrives in pieces; the stretches that come out follow each other, few values in each.</summary>
    public async IAsyncEnumerable<RestoredText> RestoreAsync(
        Scope scope, IAsyncEnumerable<string> pieces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var held = "";
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            var text = held + piece;
            var end = EndOfWhole(text);
            held = text[end..];
            await foreach (var restored in RestoreAsync(scope, text[..end], cancellationToken))
            {
                yield return restored;
            }
        }

        await foreach (var restored in RestoreAsync(scope, held, cancellationToken))
        {
            yield return restored;
        }
    }

    /// <summary>Restores a text.</summary>
    public async IAsyncEnumerable<RestoredText> RestoreAsync(Scope scope, string text,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var placeholders in Placeholders(text).Chunk(MaxPlaceholders))
        {
            var end = placeholders[^1].End;
            yield return await RestoreAsync(scope, text, done, end, placeholders, cancellationToken);
            done = end;
        }

        if (done < text.Length)
        {
            yield return new RestoredText(text[done..], 0, []);
        }
    }

    private async Task<RestoredText> RestoreAsync(
        Scope scope, string text, int start, int end, (int Start, int End)[] placeholders, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<string, Pseudonym?>(StringComparer.Ordinal);
        foreach (var place in placeholders)
        {
            var placeholder = text[place.Start..place.End];
            asked.TryAdd(placeholder, Pseudonym.TryParse(placeholder, out var pseudonym) ? pseudonym : null);
        }

        Pseudonym[] known = [.. asked.Values.OfType<Pseudonym>()];
        var values = await pseudonyms.FindAsync(scope, known, cancellationToken);
        var found = known.Zip(values).Where(pair => pair.Second is not null)
            .ToDictionary(pair => pair.First.ToString(), pair => pair.Second!);

        var restored = new StringBuilder();
        var count = 0;
        foreach (var place in placeholders)
        {
            var isFound = found.TryGetValue(text[place.Start..place.End], out var value);
            restored.Append(text, start, place.Start - start).Append(isFound ? value : text[place.Start..place.End]);
            count += isFound ? 1 : 0;
            start = place.End;
        }

        restored.Append(text, start, end - start);
        return new RestoredText(restored.ToString(), count, [.. asked.Keys.Where(placeholder => !found.ContainsKey(placeholder))]);
    }

    private static IEnumerable<(int Start, int End)> Placeholders(string text)
    {
        for (var at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<', at))
        {
            var length = Placeholder.LengthAt(text, at);
            if (length > 0)
            {
                yield return (at, at + length);
            }

            at += Math.Max(length, 1);
        }
    }

    // Where a placeholder may have begun that continues in the next piece.
    private static int EndOfWhole(string text)
    {
        var open = text.LastIndexOf('<');
        return open >= 0 && text.Length - open < Placeholder.MaxLength && !text.AsSpan(open).Contains('>') ? open : text.Length;
    }
}
