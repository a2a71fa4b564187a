using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Limits;

/// <summary>
/// How long calls that come in may take. A call that gives no deadline, or one that is further off, has this one; then it is ended with
/// DEADLINE_EXCEEDED.
/// </summary>
internal sealed class CallTimeOptions
{
    public const string Section = "CallTimes";

    /// <summary>A call with one request and one answer. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Unary { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A call with a stream of answers, such as a watch; it can be called again from where it was. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Watch { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A call with a stream of requests, such as an upload. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Upload { get; set; } = TimeSpan.FromDays(1);
}

[OptionsValidator]
internal sealed partial class CallTimeOptionsValidator : IValidateOptions<CallTimeOptions>;
