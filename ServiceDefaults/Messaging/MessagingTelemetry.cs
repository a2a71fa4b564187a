using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>The names under which messaging reports what it does.</summary>
internal static class MessagingTelemetry
{
    public const string Name = "FaultMaven.Messaging";

    /// <summary>The attribute that names whose outbox it is.</summary>
    public const string Service = "faultmaven.service";

    public static readonly ActivitySource Activities = new(Name);

    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Published =
        Meter.CreateCounter<long>("faultmaven.outbox.published", "{event}", "Events that were published.");

    public static readonly Counter<long> Failed =
        Meter.CreateCounter<long>("faultmaven.outbox.failed", "{attempt}", "Attempts to publish an event that failed.");

    public static readonly Gauge<long> Waiting =
        Meter.CreateGauge<long>("faultmaven.outbox.waiting", "{event}", "Events that wait to be published.");

    public static readonly Gauge<double> OldestAge =
        Meter.CreateGauge<double>("faultmaven.outbox.oldest_age", "s", "For how long the oldest waiting event has been seen waiting.");

    public static readonly Gauge<long> DeadLetters =
        Meter.CreateGauge<long>("faultmaven.outbox.dead_letters", "{event}", "Events that are no longer tried.");
}
