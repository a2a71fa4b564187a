using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Evidence;

/// <summary>Where evidence is kept, and how much of it is taken in.</summary>
internal sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>The folder of stored evidence; replicas share it. A relative one is below the content root. Default <c>data/data</c>.</summary>
    [Required]
    public string Directory { get; set; } = Path.Combine("data", "data");

    /// <summary>The largest upload, as sent and as inflated, in bytes. Default 1 GiB.</summary>
    [Range(1L, 1L << 40)]
    public long MaxUploadBytes { get; set; } = 1L << 30;

    /// <summary>How many times its size a gzip upload may inflate to once it is past 16 MiB. Logs stay below 50; bombs reach 1,000. Default 200.</summary>
    [Range(1, 1_000)]
    public int MaxInflateRatio { get; set; } = 200;

    /// <summary>How long one upload may take to be redacted, in all. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RedactionTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long Redaction may leave an upload waiting for its next piece before it counts as gone. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RedactionPatience { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;
