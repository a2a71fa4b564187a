using FaultMaven.Redaction.Store;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Redacting;

/// <summary>
/// Separates the placeholders in a text that its scope gave out before the call began from text that only looks like one. The first stay
/// as they are, the others are values.
/// </summary>
internal sealed class IssuedPlaceholders(RedactionTerms terms, IPseudonyms pseudonyms, PlaceholderHash hash)
{
    // A stranger's text may name any number of types.
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _firstOfOurs = new(StringComparer.Ordinal);

    /// <summary>Takes the placeholders that stay out of what was found.</summary>
    public async Task<IReadOnlyList<ScannedPiece>> LeaveAsync(IReadOnlyList<ScannedPiece> pieces, CancellationToken cancellationToken)
    {
        var lookalikes = pieces.SelectMany(piece => piece.Findings).Where(IsLookalike).Select(finding => finding.Identity).Distinct()
            .ToArray();
        if (!terms.KeepsPlaceholders || lookalikes.Length == 0)
        {
            return pieces;
        }

        if (_last.Count > MaxRemembered)
        {
            _last.Clear();
        }

        var parsed = lookalikes.Where(text => Pseudonym.TryParse(text, out _)).ToDictionary(text => text, ToPseudonym);
        await LearnLastNumbersAsync(parsed.Values, cancellationToken);
        var staying = parsed.Where(pair => IsIssued(pair.Value)).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        return staying.Count == 0
            ? pieces
            : [.. pieces.Select(piece => piece with { Findings =
            [.. piece.Findings.Where(f => !IsLookalike(f) || !staying.Contains(f.Identity))] })];
    }

    /// <summary>Says what this call has given out.</summary>
    public void Add(IReadOnlyList<SensitiveValue> values, IReadOnlyList<NumberedValue> numbers)
    {
        foreach (var (value, number) in values.Zip(numbers))
        {
            if (number.IsNew && (!_firstOfOurs.TryGetValue(value.Type, out var first) || number.Number < first))
            {
                _firstOfOurs[value.Type] = number.Number;
            }
        }
    }

    // A mask reveals nothing but a type that we know; a hash proves that we made it; a pseudonym has a number that was reached.
    private bool IsIssued(Pseudonym pseudonym) => pseudonym.Number switch
    {
        0 => terms.Policy.Knows(pseudonym.Type),
        >= Pseudonym.FirstHash => hash.IsOurs(pseudonym),
        var number => number <= _last[pseudonym.Type],
    };

    private async Task LearnLastNumbersAsync(IEnumerable<Pseudonym> pseudonymsInText, CancellationToken cancellationToken)
    {
        string[] types =
        [
            .. pseudonymsInText.Where(p => p.Number is > 0 and < Pseudonym.FirstHash).Select(p => p.Type).Distinct()
            .Where(type => !_last.ContainsKey(type)),
        ];
        if (types.Length == 0)
        {
            return;
        }

        var last = await pseudonyms.LastNumbersAsync(terms.Scope, types, cancellationToken);
        for (var i = 0; i < types.Length; i++)
        {
            // Of a type that this call has numbered already, only what came before counts, however the text was cut.
            _last[types[i]] = _firstOfOurs.TryGetValue(types[i], out var first) ? Math.Min(first - 1, last[i]) : last[i];
        }
    }

    private static Pseudonym ToPseudonym(string text) => Pseudonym.TryParse(text, out var pseudonym) ? pseudonym : default;

    private static bool IsLookalike(ScannedFinding finding) => finding.Type == FindingTypes.Literal;
}
