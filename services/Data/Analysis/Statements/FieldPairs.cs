using System.Globalization;

namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Compares fields that belong together: <c>current connections: 500</c> with <c>max connections: 500</c>.</summary>
internal sealed class FieldPairs
{
    private const double Full = 0.95;
    private const int MaxFields = 200;

    private static readonly HashSet<string> s_uses = ["used", "use", "current", "curr", "usage", "active", "open", "in", "inuse", "count",
        "total", "allocated", "now", "size", "cur"];

    private static readonly HashSet<string> s_limits = ["max", "maximum", "limit", "hard", "capacity", "quota", "cap", "allowed",
        "ceiling"];

    private readonly List<(string Stem, bool IsLimit, string Key, string Value, double Amount)> _fields = [];

    public void Clear() => _fields.Clear();

    /// <summary>Notes a field. Returns a statement if it and an earlier one are a quantity at its limit.</summary>
    public Statement? Add(string key, string value)
    {
        if (_fields.Count >= MaxFields || !Amount.TryRead(value, out var amount, out var isPercent) || isPercent || amount <= 0)
        {
            return null;
        }

        var words = Tokenizer.Split(key).Where(token => token.Form == TokenForm.Word).SelectMany(static token => Parts(token.Text))
            .ToList();
        var isLimit = words.Exists(s_limits.Contains);
        var isUse = words.Exists(s_uses.Contains);
        if (!isLimit && !isUse)
        {
            return null;
        }

        var stem = string.Join(' ', words.Where(word => !s_uses.Contains(word) && !s_limits.Contains(word))
            .Select(static word => word.TrimEnd('s')));
        var other = _fields.FindLast(field => field.Stem == stem && field.IsLimit != isLimit && stem.Length > 0);
        _fields.Add((stem, isLimit, key, value, amount));
        if (other.Key is null)
        {
            return null;
        }

        var ((usedKey, used, usedText), (limitKey, limit, limitText)) = isLimit
            ? ((other.Key, other.Amount, other.Value), (key, amount, value))
                : ((key, amount, value), (other.Key, other.Amount, other.Value));
        return limit > 1 && used >= Full * limit && used <= 1.5 * limit
            ? new Statement(StatementClass.Exhausted,
                stem, string.Create(CultureInfo.InvariantCulture, $"{usedKey}: {usedText}, {limitKey}: {limitText}"))
            {
                ObjectKind = ObjectKinds.Of(Tokenizer.Split(stem), 0, Tokenizer.Split(stem).Count),
                Quantity = usedText,
                Limit = limitText,
                Specificity = Specificities.Of(StatementClass.Exhausted) + 0.14,
            }
            : null;
    }

    // maxmemory, maxclients
    private static IEnumerable<string> Parts(string word) => word.StartsWith("max", StringComparison.Ordinal) && word.Length > 5
        && word != "maximum" ? ["max", word[3..]] : [word];
}
