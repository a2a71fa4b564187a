using FaultMaven.Protos.Events.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// The events that services publish, all messages of <c>faultmaven.events.v1</c>, by the full name of the message. What a store or a
/// broker holds names its type by that, so it can name nothing else, and classes can be renamed.
/// </summary>
internal static class EventCatalogue
{
    private static readonly Dictionary<string, MessageDescriptor> s_events =
        EventsReflection.Descriptor.MessageTypes.ToDictionary(message => message.FullName, StringComparer.Ordinal);

    /// <summary>Whether this is the class of an event.</summary>
    public static bool Contains(Type type) => s_events.Values.Any(message => message.ClrType == type);

    /// <summary>Reads an event.</summary>
    /// <exception cref="UnknownEventException">There is no event of this name.</exception>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not one.</exception>
    public static IMessage Read(string fullName, byte[] body) =>
        s_events.TryGetValue(fullName, out var message) ? message.Parser.ParseFrom(body) : throw new UnknownEventException(fullName);
}

/// <summary>A stored event has a name that this version of the service does not know.</summary>
internal sealed class UnknownEventException(string fullName) : Exception($"{fullName} is not an event that this version knows.");
