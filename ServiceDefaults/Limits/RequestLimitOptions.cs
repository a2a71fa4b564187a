using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Limits;

/// <summary>How much a process takes on at a time. What is beyond it is refused with RESOURCE_EXHAUSTED, to be tried again.</summary>
internal sealed class RequestLimitOptions
{
    public const string Section = "RequestLimits";

    /// <summary>How many unary calls may be in progress. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxRequests { get; set; } = 1_000;

    /// <summary>
    /// How large the requests of all unary calls in progress may be together, in bytes. Default 32 MiB: working on a request takes many
    /// times its size in memory.
    /// </summary>
    [Range(8 * 1024 * 1024, long.MaxValue)]
    public long MaxRequestBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>How large the body of one HTTP request may be, in bytes. Streams of gRPC have no such limit. Default 8 MiB.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long MaxBodyBytes { get; set; } = 8 * 1024 * 1024;
}

[OptionsValidator]
internal sealed partial class RequestLimitOptionsValidator : IValidateOptions<RequestLimitOptions>;
