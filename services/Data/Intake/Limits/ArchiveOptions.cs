using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Intake.Limits;

/// <summary>How far archives and compressed files are unpacked. What goes beyond is refused as a whole.</summary>
internal sealed class ArchiveOptions
{
    public const string Section = "Data:Archives";

    /// <summary>
    /// How many times its size an upload may inflate to once it is past 16 MiB. Logs stay below 50; bombs reach 1,000. Default 200.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxRatio { get; set; } = 200;

    /// <summary>How many bytes an archive may hold once unpacked, all files together. Default 4 GiB.</summary>
    [Range(1L, 1L << 40)]
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>How many entries an archive may have, those of archives inside it included. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxEntries { get; set; } = 1_000;

    /// <summary>How many layers of packing may be around a file; a gzip file in a tar.gz is in three. Default 5.</summary>
    [Range(1, 16)]
    public int MaxDepth { get; set; } = 5;
}

[OptionsValidator]
internal sealed partial class ArchiveOptionsValidator : IValidateOptions<ArchiveOptions>;
