using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Intake;

/// <summary>How long the steps of taking evidence in may last, and how what they leave behind is removed.</summary>
internal sealed class IntakeOptions
{
    public const string Section = "Data:Intake";

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
internal sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
