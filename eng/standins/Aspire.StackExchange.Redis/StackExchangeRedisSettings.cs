namespace Aspire.StackExchange.Redis;

/// <summary>Settings of a Redis client, after <c>ConnectionStrings</c> was read.</summary>
public sealed class StackExchangeRedisSettings
{
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    /// <summary>Connect when first used instead of when the host starts.</summary>
    public bool DisableAutoActivation { get; set; }
}
