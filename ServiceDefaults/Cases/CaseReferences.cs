using System.Collections;
using System.Collections.Concurrent;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>
/// Finds the cases that a request is about, by what the contract says of its fields: the case that it names, the case of what it names, and
/// other cases that it mentions.
/// </summary>
public static class CaseReferences
{
    private const string CaseCollection = "cases";
    private const string CasePattern = "cases/{case}";

    // The scope of a redaction has no resource; many are named after a case.
    private const string ScopeField = "scope";

    // A request holds messages of items, which hold no more.
    private const int MaxDepth = 3;

    // By these a request says what it is about; others it only mentions.
    private static readonly string[] s_subjects = ["name", "parent", ScopeField];

    // What is created has no name yet.
    private const string Create = "Create";

    private static readonly ConcurrentDictionary<(MessageDescriptor Type, bool IsNew, int Depth), IReadOnlyList<Part>> s_parts = [];

    /// <summary>Whether requests of a type say which case they are about.</summary>
    public static bool NamesCase(MessageDescriptor request) => NamesCase(request, IsNewIn(request), MaxDepth);

    /// <summary>The cases in a request, each once, and whether it is about that case or only mentions it.</summary>
    public static IReadOnlyList<(CaseName Case, bool IsSubject)> Find(IMessage request)
    {
        var isNew = IsNewIn(request.Descriptor);
        if (PartsOf(request.Descriptor, isNew, MaxDepth).Count == 0)
        {
            return [];
        }

        var found = new List<(CaseName Case, bool IsSubject)>();
        Find(request, found, isNew, MaxDepth);
        return found;
    }

    private static bool IsNewIn(MessageDescriptor request) => request.Name.StartsWith(Create, StringComparison.Ordinal);

    private static bool NamesCase(MessageDescriptor type, bool isNew, int depth) => PartsOf(type, isNew, depth).Any(part =>
        part.IsSubject || (part.Field.FieldType == FieldType.Message && NamesCase(part.Field.MessageType, isNew, depth - 1)));

    private static void Find(IMessage message, List<(CaseName Case, bool IsSubject)> found, bool isNew, int depth)
    {
        foreach (var part in PartsOf(message.Descriptor, isNew, depth))
        {
            var value = part.Field.Accessor.GetValue(message);
            if (value is IList list)
            {
                foreach (var item in list)
                {
                    Take(item, part, found, isNew, depth);
                }
            }
            else
            {
                Take(value, part, found, isNew, depth);
            }
        }
    }

    private static void Take(object? value, Part part, List<(CaseName Case, bool IsSubject)> found, bool isNew, int depth)
    {
        if (value is IMessage inner)
        {
            Find(inner, found, isNew, depth - 1);
        }
        else if (value is string { Length: > 0 } text && CaseIn(text, part) is { } name)
        {
            var earlier = found.FindIndex(item => item.Case == name);
            if (earlier < 0)
            {
                found.Add((name, part.IsSubject));
            }
            else if (part.IsSubject)
            {
                found[earlier] = (name, true);
            }
        }
    }

    // What is not a name is for the method to refuse.
    private static CaseName? CaseIn(string text, Part part)
    {
        var end = part.Field.Name == ScopeField ? -1 : text.IndexOf('/', Math.Min(text.Length, CaseCollection.Length + 1));
        return CaseName.TryParse(end < 0 ? text : text[..end], out var name) ? name : null;
    }

    private static IReadOnlyList<Part> PartsOf(MessageDescriptor type, bool isNew, int depth) => depth < 0 ? [] : s_parts.GetOrAdd(
        (type, isNew, depth),
        static key => [.. key.Type.Fields.InDeclarationOrder().Where(field => IsPart(key.Type, field, key.IsNew, key.Depth))
            .Select(field => new Part(field, field.FieldType == FieldType.String && s_subjects.Contains(field.Name)))]);

    private static bool IsPart(MessageDescriptor type, FieldDescriptor field, bool isNew, int depth)
    {
        if (field.IsMap)
        {
            return false;
        }

        if (field.FieldType == FieldType.Message)
        {
            return depth > 0
                && field.MessageType.File.Package.StartsWith("faultmaven.", StringComparison.Ordinal)
                && PartsOf(field.MessageType, isNew, depth - 1).Count > 0;
        }

        if (field.FieldType != FieldType.String)
        {
            return false;
        }

        if (field.Name == ScopeField)
        {
            return true;
        }

        if (field.Name == "name" && type.GetOptions()?.GetExtension(ResourceExtensions.Resource) is { } own)
        {
            return !isNew && own.Pattern.Any(IsOfCase);
        }

        return field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference) switch
        {
            { Type.Length: > 0 } reference => ResourcePatterns.Of(reference.Type).Any(IsOfCase),
            { ChildType.Length: > 0 } reference => ResourcePatterns.Of(reference.ChildType).Any(IsOfCase),
            _ => false,
        };
    }

    private static bool IsOfCase(string pattern) =>
        pattern == CasePattern || pattern.StartsWith($"{CasePattern}/", StringComparison.Ordinal);

    /// <summary>A field with the name of a case or of what is in one, or with messages that have such fields.</summary>
    private sealed record Part(FieldDescriptor Field, bool IsSubject);
}
