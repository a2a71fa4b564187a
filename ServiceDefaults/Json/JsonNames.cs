using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>The fields of messages by the names that JSON may use: <c>pageSize</c>, and <c>page_size</c> too.</summary>
internal static class JsonNames
{
    private static readonly ConcurrentDictionary<MessageDescriptor, FrozenDictionary<string, FieldDescriptor>> s_fields = [];

    public static FrozenDictionary<string, FieldDescriptor> Of(MessageDescriptor message) => s_fields.GetOrAdd(
        message,
        static message => message.Fields.InDeclarationOrder()
            .SelectMany(field => new[] { (field.JsonName, field), (field.Name, field) })
            .DistinctBy(named => named.Item1)
            .ToFrozenDictionary(named => named.Item1, named => named.field));
}
