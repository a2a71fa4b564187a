using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Turns;

internal sealed class TurnOptions
{
    public const string Section = "Agent:Turns";

    /// <summary>How long a turn may take before it fails. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a worker that stopped responding keeps its turn from other workers. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many turns run at a time in this process. Default 4.</summary>
    [Range(1, 256)]
    public int Parallel { get; set; } = 4;

    /// <summary>
    /// How often a turn is tried that fails by itself or ends the process; then it fails. Attempts that end because a service or the store
    /// is unavailable do not count. Default 5.
    /// </summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long one call of another service may take before it is tried again. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the knowledge base is searched before the turn continues without it. Default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KnowledgeTimeout { get; set; } = TimeSpan.FromSeconds(20);
}

[OptionsValidator]
internal sealed partial class TurnOptionsValidator : IValidateOptions<TurnOptions>;
