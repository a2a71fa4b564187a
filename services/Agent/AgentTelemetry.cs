using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FaultMaven.Agents;

/// <summary>The names of the Agent service's traces, metrics and attributes, and its instruments.</summary>
internal static class AgentTelemetry
{
    /// <summary>The attribute that holds the name of a turn.</summary>
    public const string TurnName = "faultmaven.turn";

    /// <summary>The attribute that says how a turn ended: <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public const string TurnOutcome = "faultmaven.turn.outcome";

    /// <summary>OpenTelemetry's attribute for what failed; here the error reason.</summary>
    public const string ErrorType = "error.type";

    /// <summary>
    /// How long turns took, from their creation to their end, with <see cref="TurnOutcome"/> and <see cref="ErrorType"/>.
    /// </summary>
    public const string TurnDuration = "faultmaven.turn.duration";

    /// <summary>How many turns wait for a worker of this process.</summary>
    public const string QueueDepth = "faultmaven.turn.queue.depth";

    /// <summary>How often a worker failed and was started again.</summary>
    public const string WorkerRestarts = "faultmaven.turn.worker.restarts";

    /// <summary>How many passages were withheld from a model, or from people in its answer.</summary>
    public const string Withheld = "faultmaven.model.withheld_passages";

    private static readonly Meter s_meter = new("FaultMaven.Agent");

    private static readonly Histogram<double> s_turnDuration = s_meter.CreateHistogram(
        TurnDuration,
        "s",
        "Duration of turns from creation to end.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });

    private static readonly UpDownCounter<int> s_queueDepth =
        s_meter.CreateUpDownCounter<int>(QueueDepth, "{turn}", "Turns that wait for a worker of this process.");

    private static readonly Counter<int> s_workerRestarts =
        s_meter.CreateCounter<int>(WorkerRestarts, "{restart}", "Restarts of workers after an unexpected error.");

    private static readonly Counter<long> s_withheld = s_meter.CreateCounter<long>(
        Withheld, "{passage}", "Passages withheld from a model as possible prompt injection, or withheld from its answer.");

    public static ActivitySource Activities { get; } = new("FaultMaven.Agent");

    /// <summary>Records a turn that ended.</summary>
    /// <param name="duration">From its creation to its end.</param>
    /// <param name="state">The state it ended in.</param>
    /// <param name="reason">The error reason; null if it has an answer.</param>
    public static void RecordTurn(TimeSpan duration, Proto.Turn.Types.State state, string? reason)
    {
        var tags = new TagList { { TurnOutcome, state.ToString().ToLowerInvariant() } };
        if (reason is not null)
        {
            tags.Add(ErrorType, reason);
        }

        s_turnDuration.Record(duration.TotalSeconds, tags);
    }

    public static void ChangeQueueDepth(int by) => s_queueDepth.Add(by);

    public static void CountWorkerRestart() => s_workerRestarts.Add(1);

    public static void CountWithheld(int passages)
    {
        if (passages > 0)
        {
            s_withheld.Add(passages);
        }
    }
}
