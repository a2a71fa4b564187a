using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Store;

/// <summary>Where evidence is kept, and how long the steps of taking it in may last.</summary>
internal sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>The folder of stored evidence; replicas share it. A relative one is below the content root. Default <c>data/data</c>.</summary>
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

    /// <summary>How old a text without a record must be before it is removed. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan OrphanGrace { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;
