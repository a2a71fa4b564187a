using System.Collections;
using System.Collections.Concurrent;
using FaultMaven.Protos.Options.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Validation;

/// <summary>What the contract demands of the fields of a message, and of the messages in it.</summary>
internal sealed class MessageRules
{
    private const string OurPackages = "faultmaven.";

    private static readonly ConcurrentDictionary<MessageDescriptor, MessageRules> s_known = new();

    private readonly FieldRule[] _fields;
    private readonly (FieldDescriptor Field, int MaxItems)[] _messages;

    private MessageRules(MessageDescriptor message)
    {
        FieldDescriptor[] fields = [.. IsOurs(message) ? message.Fields.InDeclarationOrder().Where(field => !IsOutput(field)) : []];
        _fields = [.. fields.Select(FieldRule.Of).OfType<FieldRule>()];
        _messages =
        [
            .. fields.Where(field => field is { FieldType: FieldType.Message, IsMap: false } && IsOurs(field.MessageType))
                .Select(field => (field, Limits: field.GetOptions()?.GetExtension(LimitsExtensions.Limits)))
                .Where(inner => inner.Limits is not { CheckedByMethod: true })
                .Select(inner => (inner.field, inner.Limits is { MaxItems: > 0 and var most } ? most : int.MaxValue)),
        ];
    }

    /// <summary>The rules of a type of messages.</summary>
    public static MessageRules Of(MessageDescriptor message) => s_known.GetOrAdd(message, known => new MessageRules(known));

    /// <summary>Adds what is wrong with a message.</summary>
    public void Check(IMessage message, FieldProblems problems)
    {
        foreach (var field in _fields)
        {
            field.Check(message, problems);
        }

        foreach (var (field, most) in _messages)
        {
            var value = field.Accessor.GetValue(message);
            if (value is IMessage inner)
            {
                CheckInner(inner, problems, field.Name, index: null);
            }
            else if (value is IList items && items.Count <= most)
            {
                for (var index = 0; index < items.Count && !problems.IsFull; index++)
                {
                    CheckInner((IMessage)items[index]!, problems, field.Name, index);
                }
            }
        }
    }

    private static void CheckInner(IMessage inner, FieldProblems problems, string name, int? index)
    {
        var first = problems.All.Count;
        Of(inner.Descriptor).Check(inner, problems);
        if (problems.All.Count > first)
        {
            problems.Nest(first, index is null ? $"{name}." : $"{name}[{index}].");
        }
    }

    private static bool IsOurs(MessageDescriptor message) => message.File.Package.StartsWith(OurPackages, StringComparison.Ordinal);

    private static bool IsOutput(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.OutputOnly) is true;
}
