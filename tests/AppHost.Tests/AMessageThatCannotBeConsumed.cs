using System.Text;
using Aspire.Hosting.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace FaultMaven.AppHost.Tests;

/// <summary>docs/operations.md says where operators find it.</summary>
public sealed class AMessageThatCannotBeConsumed(DistributedFaultMaven system) : IClassFixture<DistributedFaultMaven>
{
    private const string Queue = "session-evidence-analyzed";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_in_the_error_queue_of_its_consumer_with_the_reason_and_the_next_ones_are_consumed()
    {
        var app = system.Required.App;
        var address = await app.GetConnectionStringAsync("rabbitmq", Cancel);
        await using var connection = await new ConnectionFactory { Uri = new Uri(address!) }.CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var received = new TaskCompletionSource<(string Body, string Reason)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await channel.QueueDeclareAsync($"{Queue}_error", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivered) =>
        {
            var reason = delivered.BasicProperties.Headers?["MT-Fault-Message"] as byte[] ?? [];
            received.TrySetResult((Encoding.UTF8.GetString(delivered.Body.Span), Encoding.UTF8.GetString(reason)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync($"{Queue}_error", autoAck: true, consumer, Cancel);

        await channel.BasicPublishAsync(
            "", Queue, mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, "not JSON"u8.ToArray(),
            Cancel);
        var (body, why) = await received.Task.WaitAsync(DistributedFaultMaven.Patience, Cancel);

        Assert.Equal("not JSON", body);
        Assert.NotEmpty(why);
        var investigation = await Investigation.OpenAsync(system, Cancel);
        await investigation.UploadAsync(1, Cancel);
        await investigation.WatchCaseUntilAsync(soFar => soFar.Any(e => e.EvidenceAdded is not null), Cancel);
    }
}
