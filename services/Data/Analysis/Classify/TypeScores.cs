namespace FaultMaven.Data.Analysis.Classify;

/// <summary>How well each type matches. Several hints of one kind do not add up: the strongest counts.</summary>
internal sealed class TypeScores
{
    private readonly SortedDictionary<Proto.EvidenceType, (double Confidence, List<string> Reasons)> _marks = [];
    private readonly Dictionary<Proto.EvidenceType, (double Bonus, string Reason)> _tips = [];

    /// <summary>Takes note that the content looks like <paramref name="type"/>.</summary>
    public void Add(Proto.EvidenceType type, double confidence, string reason)
    {
        var (best, reasons) = _marks.GetValueOrDefault(type, (0, []));
        _marks[type] = (Math.Max(best, confidence), reasons);
        reasons.Insert(confidence > best ? 0 : reasons.Count, reason);
    }

    /// <summary>Takes note of something that makes <paramref name="type"/> a little more likely.</summary>
    public void Tip(Proto.EvidenceType type, double bonus, string reason)
    {
        if (type != Proto.EvidenceType.Unspecified && _tips.GetValueOrDefault(type).Bonus < bonus)
        {
            _tips[type] = (bonus, reason);
        }
    }

    /// <summary>Whether something besides the content says that it is <paramref name="type"/>.</summary>
    public bool IsTipped(Proto.EvidenceType type) => _tips.ContainsKey(type);

    /// <summary>The types, most likely first.</summary>
    public IReadOnlyList<(Proto.EvidenceType Type, double Confidence, IReadOnlyList<string> Reasons)> Ranked()
    {
        var ranked = new List<(Proto.EvidenceType Type, double Confidence, IReadOnlyList<string> Reasons)>();
        foreach (var (type, (confidence, reasons)) in _marks)
        {
            var tip = _tips.GetValueOrDefault(type);
            ranked.Add((type, Math.Round(Math.Min(0.98, confidence + tip.Bonus), 3), tip.Bonus > 0 ? [.. reasons, tip.Reason] : reasons));
        }

        return [.. ranked.OrderByDescending(mark => mark.Confidence)];
    }
}
