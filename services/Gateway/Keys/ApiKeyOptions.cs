using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Keys;

/// <summary>Keys for programs.</summary>
internal sealed class ApiKeyOptions
{
    public const string Section = "Identity:ApiKeys";

    /// <summary>How far from now a key may end. Default 90 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many keys a tenant may have; those that ended count for 90 days. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxKeys { get; set; } = 1_000;
}

[OptionsValidator]
internal sealed partial class ApiKeyOptionsValidator : IValidateOptions<ApiKeyOptions>;
