using System.Collections.Concurrent;
using System.Text;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>
/// Finds the names of resources in messages, by what the contract says of fields. Nothing else of a message may reach the audit log, and a
/// field for a name may hold anything: what does not have the form of a name is not taken.
/// </summary>
internal static class AuditResources
{
    /// <summary>How many names are taken of a call.</summary>
    public const int Max = 20;

    private const string Malformed = "(malformed)";
    private const int MaxDepth = 2;
    private const int MaxName = 256;

    // The scope of a redaction, which has no resource but a form.
    private const string ScopeField = "scope";

    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<Part>> s_parts = [];

    /// <summary>Adds the names in a message to those that were found before.</summary>
    public static void Find(IMessage message, ICollection<string> names) => Find(message, names, MaxDepth);

    private static void Find(IMessage message, ICollection<string> names, int depth)
    {
        foreach (var part in s_parts.GetOrAdd(message.Descriptor, PartsOf))
        {
            var value = part.Field.Accessor.GetValue(message);
            foreach (var item in part.Field.IsRepeated ? ((System.Collections.IList)value).Cast<object>() : [value])
            {
                if (names.Count >= Max)
                {
                    return;
                }

                if (item is string { Length: > 0 } text)
                {
                    Add(names, IsName(text, part) ? text : Malformed);
                }
                else if (item is IMessage inner && depth > 0)
                {
                    Find(inner, names, depth - 1);
                }
            }
        }
    }

    private static void Add(ICollection<string> names, string name)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }
    }

    private static List<Part> PartsOf(MessageDescriptor message) =>
        [.. message.Fields.InDeclarationOrder().Where(field => !field.IsMap).Select(field => PartOf(message, field)).OfType<Part>()];

    private static Part? PartOf(MessageDescriptor message, FieldDescriptor field)
    {
        if (field.FieldType == FieldType.Message)
        {
            return field.MessageType.File.Package.StartsWith("faultmaven.", StringComparison.Ordinal) ? new Part(field, []) : null;
        }

        if (field.FieldType != FieldType.String)
        {
            return null;
        }

        if (field.Name == ScopeField)
        {
            return new Part(field, null);
        }

        if (field.Name == "name" && message.GetOptions()?.GetExtension(ResourceExtensions.Resource) is { } own)
        {
            return new Part(field, [.. own.Pattern]);
        }

        return field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference) switch
        {
            { Type.Length: > 0 } reference when ResourcePatterns.Of(reference.Type) is { Count: > 0 } patterns => new Part(field, patterns),
            { ChildType.Length: > 0 } reference when ResourcePatterns.Of(reference.ChildType) is { Count: > 0 } patterns =>
                new Part(field, [.. patterns.Select(ParentOf)]),
            _ => null,
        };
    }

    private static string ParentOf(string pattern) => string.Join('/', pattern.Split('/')[..^2]);

    private static bool IsName(string text, Part part) => text.Length <= MaxName
        && (part.Patterns is null ? IsScope(text) : part.Patterns.Any(pattern => Matches(text.Split('/'), pattern.Split('/'))));

    private static bool Matches(string[] name, string[] pattern) => name.Length == pattern.Length
        && name.Zip(pattern).All(pair => pair.Second.StartsWith('{')
            ? pair.First.Split('@', 2).All(id => ResourceId.IsValid(id))
            : pair.First == pair.Second);

    private static bool IsScope(string text) => Ascii.IsValid(text)
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/');

    /// <summary>A field with a name, or with messages that may hold some.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Patterns">The forms that the name may have; null for that of a scope.</param>
    private sealed record Part(FieldDescriptor Field, IReadOnlyList<string>? Patterns);
}
