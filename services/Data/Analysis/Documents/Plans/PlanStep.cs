using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Plans;

/// <summary>A step of the plan of a query.</summary>
/// <param name="Name">What it does, such as <c>Seq Scan</c>.</param>
/// <param name="Table">The table that it reads; empty if none.</param>
/// <param name="At">Where it is.</param>
internal sealed record PlanStep(string Name, string Table, LineRange At)
{
    /// <summary>How many rows the planner expected.</summary>
    public double? Expected { get; set; }

    /// <summary>How many rows came, all loops together.</summary>
    public double? Actual { get; set; }

    public double Loops { get; set; } = 1;

    /// <summary>How many rows were read and thrown away, all loops together.</summary>
    public double Removed { get; set; }

    /// <summary>How long it took with the steps below it, all loops together, in ms.</summary>
    public double? Milliseconds { get; set; }

    /// <summary>How much of its work did not fit into memory, in KiB.</summary>
    public double SpilledKilobytes { get; set; }

    /// <summary>Whether it reads all of a table.</summary>
    public bool ReadsAll { get; set; }

    /// <summary>The condition that rows are thrown away by; empty if none.</summary>
    public string Filter { get; set; } = "";

    public List<PlanStep> Steps { get; } = [];

    public string Title => Table.Length > 0 ? $"{Name} on {Table}" : Name;

    /// <summary>This step and all below it.</summary>
    public IEnumerable<PlanStep> All()
    {
        var open = new Stack<PlanStep>([this]);
        while (open.TryPop(out var step))
        {
            yield return step;
            for (var i = step.Steps.Count - 1; i >= 0; i--)
            {
                open.Push(step.Steps[i]);
            }
        }
    }
}
