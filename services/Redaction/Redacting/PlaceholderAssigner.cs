using FaultMaven.Redaction.Store;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;
using RedactionAction = FaultMaven.Protos.Redaction.V1.RedactionAction;

namespace FaultMaven.Redaction.Redacting;

/// <summary>
/// Assigns placeholders to the values of one call. It remembers a bounded number of them and asks the store for the others in one round
/// trip; it lives as long as its call, so it cannot outlive a change of the store.
/// </summary>
internal sealed class PlaceholderAssigner(RedactionTerms terms, IPseudonyms pseudonyms, PlaceholderHash hash)
{
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<SensitiveValue, string> _placeholders = [];
    private readonly HashSet<SensitiveValue> _unknown = [];
    private readonly IssuedPlaceholders _issued = new(terms, pseudonyms, hash);

    /// <summary>Puts placeholders into some pieces of text, which are used up.</summary>
    public async Task<IReadOnlyList<RedactedSpan>> RedactAsync(IReadOnlyList<ScannedPiece> pieces, CancellationToken cancellationToken)
    {
        if (_placeholders.Count > MaxRemembered)
        {
            _placeholders.Clear();
        }

        // Before anything is numbered: what is given out now was not given out when the text was written.
        pieces = await _issued.LeaveAsync(pieces, cancellationToken);

        var toNumber = new List<SensitiveValue>();
        foreach (var piece in pieces)
        {
            foreach (var finding in piece.Findings)
            {
                var value = ValueOf(finding);
                if (!_placeholders.ContainsKey(value) && _unknown.Add(value))
                {
                    Learn(value, toNumber);
                }
            }
        }

        _unknown.Clear();
        if (toNumber.Count > 0)
        {
            var numbers = await pseudonyms.NumberAsync(terms.Scope, toNumber, cancellationToken);
            for (var i = 0; i < toNumber.Count; i++)
            {
                _placeholders[toNumber[i]] = Placeholder.For(toNumber[i].Type, numbers[i].Number);
            }

            _issued.Add(toNumber, numbers);
        }

        return [.. pieces.Select(piece => RedactedSpan.From(piece, finding => _placeholders[ValueOf(finding)]))];
    }

    private void Learn(SensitiveValue value, List<SensitiveValue> toNumber)
    {
        switch (terms.Policy.ActionOf(value.Type))
        {
            case RedactionAction.Mask:
                _placeholders[value] = Placeholder.For(value.Type, 0);
                break;
            case RedactionAction.Hash:
                _placeholders[value] = Placeholder.For(value.Type, hash.NumberOf(value));
                break;
            case RedactionAction.Drop:
                _placeholders[value] = "";
                break;
            default:
                toNumber.Add(value);
                break;
        }
    }

    private static SensitiveValue ValueOf(ScannedFinding finding) => new(finding.Type, finding.Identity, finding.IsWhole);
}
