namespace FaultMaven.ServiceDefaults.State.Checks;

/// <summary>What a check came across: how many of what, and problems. Not thread-safe.</summary>
public sealed class StateFindings
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>How many there are, by what they are, such as <c>cases</c>.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>What is wrong, a sentence each, without content of cases.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Counts things.</summary>
    public void Count(string what, long count = 1) => _counts[what] = _counts.GetValueOrDefault(what) + count;

    /// <summary>Reports a problem.</summary>
    public void Report(string problem) => _problems.Add(problem);

    /// <summary>Adds what another check came across.</summary>
    public void Add(StateFindings others)
    {
        foreach (var (what, count) in others.Counts)
        {
            Count(what, count);
        }

        _problems.AddRange(others.Problems);
    }
}
