using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>How long the answers of requests with a <c>request_id</c> are kept, for those who ask again.</summary>
internal sealed class RequestLedgerOptions
{
    public const string Section = "RequestLedger";

    /// <summary>
    /// For how long a request that is made again, with the same <c>request_id</c>, gets the first answer. Default 24 hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How large an answer may be to be kept, in bytes. Of a larger one it is only kept that it was given. Default 256 KiB.
    /// </summary>
    [Range(0, 16 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 256 * 1024;
}

[OptionsValidator]
internal sealed partial class RequestLedgerOptionsValidator : IValidateOptions<RequestLedgerOptions>;
