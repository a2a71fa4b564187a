namespace FaultMaven.ServiceDefaults.Validation;

/// <summary>What is wrong with the fields of a message: as many as an answer has room for in its trailers.</summary>
internal sealed class FieldProblems
{
    private const int Max = 20;

    private List<(string Field, string Problem)>? _all;

    /// <summary>The path of each, and what is wanted of it.</summary>
    public IReadOnlyList<(string Field, string Problem)> All => _all ?? [];

    /// <summary>Whether there may be more.</summary>
    public bool IsFull => All.Count == Max;

    /// <summary>Adds one.</summary>
    public void Add(string field, string problem)
    {
        if (!IsFull)
        {
            (_all ??= []).Add((field, problem));
        }
    }

    /// <summary>Says of the problems from one on that they are inside of something. Paths are made only where there are problems.</summary>
    public void Nest(int first, string path)
    {
        for (var index = first; index < All.Count; index++)
        {
            _all![index] = (path + _all[index].Field, _all[index].Problem);
        }
    }
}
