namespace FaultMaven.Client;

/// <summary>How to reach FaultMaven.</summary>
public sealed class FaultMavenClientOptions
{
    /// <summary>The address of the gateway or of <c>fm serve</c>: http, https, or <c>unix:/path</c> of a socket.</summary>
    public Uri Address { get; set; } = new("http://localhost:7080");

    /// <summary>How long a call with one answer may take unless it says otherwise. Default 2 minutes.</summary>
    public TimeSpan UnaryTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a stream of answers may take unless the call says otherwise; null for as long as it likes. Default 1 hour. One that was cut
    /// off is called again with the last version or sequence number that was seen.
    /// </summary>
    public TimeSpan? WatchTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a call that streams to the server may take unless it says otherwise; null for as long as it likes. Default 1 day.
    /// </summary>
    public TimeSpan? UploadTimeout { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How often a call is tried in all while the server is unavailable, if it may be repeated. Default 4; 1 for never again.
    /// </summary>
    public int MaxAttempts { get; set; } = 4;

    /// <summary>The largest answer taken, in bytes. Default 64 MiB: a batch of redacted texts can be larger than the texts were.</summary>
    public int MaxAnswerSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Gives the bearer token for a call, or null for none; it is asked before each, and keeps a token itself as long as that is valid.
    /// Without TLS it is used on this machine only.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? TokenProvider { get; set; }

    /// <summary>
    /// For administrators of the installation, with each call: to act in another tenant, and why. Null, the default, to act in one's own.
    /// </summary>
    public BrokenGlass? BreakGlass { get; set; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
