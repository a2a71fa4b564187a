using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>How services find out who may see a case.</summary>
[SharedSection]
public sealed class CaseAccessOptions
{
    /// <summary>The settings.</summary>
    public const string Section = "CaseAccess";

    /// <summary>
    /// After this time who is removed from a case is out everywhere, streams included. Services other than Session let callers in for half
    /// of it by what they asked Session before, and streams are checked as often. Default 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer is remembered, and the time between two checks of a stream, which may get such an answer.</summary>
    internal TimeSpan Pause => MaxAge / 2;
}

[OptionsValidator]
internal sealed partial class CaseAccessOptionsValidator : IValidateOptions<CaseAccessOptions>;
