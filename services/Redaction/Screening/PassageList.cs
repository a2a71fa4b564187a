using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Screening;

/// <summary>Collects the passages of a text, disjoint and in order once they are settled.</summary>
internal sealed class PassageList
{
    private readonly List<(PassageKind Kind, int Start, int End)> _passages = [];

    public int Count => _passages.Count;

    /// <summary>What recognisers of passages found, called as its kind is.</summary>
    public FindingList Found { get; } = new();

    public (PassageKind Kind, int Start, int End) this[int index] => _passages[index];

    public void Clear()
    {
        _passages.Clear();
        Found.Clear();
    }

    public void Add(PassageKind kind, int start, int end) => _passages.Add((kind, start, end));

    /// <summary>Adds what was found.</summary>
    public void AddFound()
    {
        for (var i = 0; i < Found.Count; i++)
        {
            var (type, start, end, _) = Found[i];
            Add(Enum.Parse<PassageKind>(type), start, end);
        }
    }

    /// <summary>Makes one of those that touch; what begins first says what it does.</summary>
    public void Settle()
    {
        _passages.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var kept = 0;
        for (var i = 1; i < _passages.Count; i++)
        {
            if (_passages[i].Start <= _passages[kept].End)
            {
                _passages[kept] = _passages[kept] with { End = Math.Max(_passages[kept].End, _passages[i].End) };
            }
            else
            {
                _passages[++kept] = _passages[i];
            }
        }

        _passages.RemoveRange(Math.Min(_passages.Count, kept + 1), Math.Max(0, _passages.Count - kept - 1));
    }
}
