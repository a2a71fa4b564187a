using FaultMaven.Redaction.Pseudonyms;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Text;

/// <summary>
/// The placeholders one call has come across. It remembers a bounded number of them and asks for the rest in one go; it ends with its call, so it can't outlive a
/// change of the store.
/// </summary>
internal sealed class PlaceholderBook(Scope scope, IPseudonyms pseudonyms)
{
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<SensitiveValue, string> _placeholders = [];

    /// <summary>Puts placeholders into some stretches of text.</summary>
    public async Task<IReadOnlyList<RedactedText>> RedactAsync(IReadOnlyList<ScannedPiece> pieces, CancellationToken cancellationToken)
    {
        if (_placeholders.Count > MaxRemembered)
        {
            _placeholders.Clear();
        }

        var unknown = pieces
            .SelectMany(piece => piece.Findings, (_, finding) => new SensitiveValue(finding.Type, finding.Identity))
            .Where(value => !_placeholders.ContainsKey(value))
            .Distinct()
            .ToArray();
        if (unknown.Length > 0)
        {
            var numbers = await pseudonyms.NumberAsync(scope, unknown, cancellationToken);
            for (var i = 0; i < unknown.Length; i++)
            {
                _placeholders[unknown[i]] = Placeholder.For(unknown[i].Type, numbers[i]);
            }
        }

        return [.. pieces.Select(piece => RedactedText.From(piece, finding => _placeholders[new SensitiveValue(finding.Type, finding.Identity)]))];
    }
}
