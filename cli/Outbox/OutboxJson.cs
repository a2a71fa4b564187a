using System.Text.Json.Serialization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.Cli.Outbox;

/// <summary>A dead letter as <c>fm outbox list --json</c> prints it.</summary>
internal sealed record DeadLetterJson(string Name, string EventType, string Event, int AttemptCount, DateTimeOffset FailTime, string Error)
{
    public static DeadLetterJson From(DeadLetter letter) => new(
        letter.Name, letter.EventType, letter.Event, letter.AttemptCount, letter.FailTime.ToDateTimeOffset(), letter.Error);
}

/// <summary>All dead letters.</summary>
internal sealed record DeadLetterListJson(IReadOnlyList<DeadLetterJson> DeadLetters);

[JsonSerializable(typeof(DeadLetterListJson))]
internal sealed partial class OutboxJsonContext : JsonSerializerContext
{
    public static OutboxJsonContext Standard { get; } = new(new(JsonOutput.Options));
}
