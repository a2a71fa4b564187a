using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Api;

/// <summary>How much calls that read whole texts may take.</summary>
internal sealed class ReadOptions
{
    public const string Section = "Data:Reads";

    /// <summary>
    /// How many calls may search stored text, count or analyse it again at the same time, and how many may mine templates. Each keeps a
    /// processor busy. Default: as many as there are processors, but not fewer than 2.
    /// </summary>
    [Range(1, 1_000)]
    public int MaxConcurrent { get; set; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>How long such a call waits for its turn before it is refused. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest log that templates are mined of in one call, in bytes. Default 1 GiB.</summary>
    [Range(1L, 1L << 40)]
    public long MaxMinedBytes { get; set; } = 1L << 30;

    /// <summary>The same in lines, each of which takes four bytes of memory. Default 10 million.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxMinedLines { get; set; } = 10_000_000;
}

[OptionsValidator]
internal sealed partial class ReadOptionsValidator : IValidateOptions<ReadOptions>;
