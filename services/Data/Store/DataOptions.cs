using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Store;

/// <summary>Where evidence is kept, and how long the steps of taking it in may last.</summary>
internal sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>
    /// The folder of stored evidence; replicas share it. A relative one is below the content root. Default <c>data/data</c>.
    /// </summary>
    [Required]
    public string Directory { get; set; } = Path.Combine("data", "data");

    /// <summary>How long one upload may take to be redacted, in all. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RedactionTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long Redaction may leave an upload waiting for its next piece before it counts as gone. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RedactionPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often what crashes left behind is looked for; also done at start. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How many calls may search stored text, count or analyse it again at the same time, and how many may mine templates. Each keeps a
    /// processor busy. Default: as many as there are processors, but not fewer than 2.
    /// </summary>
    [Range(1, 1_000)]
    public int MaxConcurrentReads { get; set; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>How long such a call waits for its turn before it is refused. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan ReadPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest log that templates are mined of in one call, in bytes. Default 1 GiB.</summary>
    [Range(1L, 1L << 40)]
    public long MaxMinedBytes { get; set; } = 1L << 30;

    /// <summary>The same in lines, each of which takes four bytes of memory. Default 10 million.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxMinedLines { get; set; } = 10_000_000;

    /// <summary>How old a text without a record must be before it is removed. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan OrphanGrace { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;
