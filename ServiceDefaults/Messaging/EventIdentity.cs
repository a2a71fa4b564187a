using System.Text.Json;
using FaultMaven.ServiceDefaults.Identity;
using MassTransit;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// For whom an event is consumed, in a header of its message. It is not signed: only services have the password of the broker, and an event
/// may wait for longer than any token is valid.
/// </summary>
internal static class EventIdentity
{
    private const string Header = "faultmaven-identity";

    public static void Write(SendContext context, CallIdentity identity) =>
        context.Headers.Set(Header, JsonSerializer.Serialize(identity));

    /// <exception cref="InvalidDataException">The message has none that can be read.</exception>
    public static CallIdentity Read(MessageContext context)
    {
        try
        {
            return context.Headers.Get<string>(Header) is { } json
                && JsonSerializer.Deserialize<CallIdentity>(json) is { Principal.Tenant.Length: > 0 } identity
                    ? identity
                    : throw new InvalidDataException("The message does not say for whom it is.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("For whom the message is cannot be read.", exception);
        }
    }
}

/// <summary>Has a consumer work for whom its event says.</summary>
/// <typeparam name="TConsumer">The consumer.</typeparam>
/// <param name="service">The service that consumes.</param>
internal sealed class EventIdentityFilter<TConsumer>(string service) : IFilter<ConsumerConsumeContext<TConsumer>>
    where TConsumer : class
{
    public async Task Send(ConsumerConsumeContext<TConsumer> context, IPipe<ConsumerConsumeContext<TConsumer>> next)
    {
        using var work = EventIdentity.Read(context).Enter(service);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("event-identity");
}
