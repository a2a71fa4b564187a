using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FaultMaven.Contracts.Tests;

/// <summary>
/// Makes a request of any RPC that names certain resources, from what the contract says of its fields: names and required fields are set,
/// the others are not.
/// </summary>
/// <param name="names">The names to use, by the type of their resource, such as <c>faultmaven.dev/Case</c>.</param>
internal sealed class RequestAbout(IReadOnlyDictionary<string, string> names)
{
    private const int MaxDepth = 3;

    /// <summary>The request, and whether it names a resource.</summary>
    public (IMessage Request, bool Names) Of(MethodDescriptor method) =>
        Fill(method.InputType, MaxDepth, namesSubject: !method.Name.StartsWith("Create", StringComparison.Ordinal));

    private (IMessage Message, bool Names) Fill(MessageDescriptor type, int depth, bool namesSubject)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        var hasNames = false;
        foreach (var field in type.Fields.InDeclarationOrder().Where(IsWanted))
        {
            if (NameFor(type, field, namesSubject) is { } name)
            {
                field.Accessor.SetValue(message, name);
                hasNames = true;
            }
            else if (IsRequired(field) || field.ContainingOneof is not null)
            {
                hasNames |= Set(message, field, depth, namesSubject);
            }
        }

        return (message, hasNames);
    }

    private bool Set(IMessage message, FieldDescriptor field, int depth, bool namesSubject)
    {
        switch (field.FieldType)
        {
            case FieldType.Message when depth > 0:
                var (inner, hasNames) = Fill(field.MessageType, depth - 1, namesSubject);
                Put(message, field, inner);
                return hasNames;
            case FieldType.String:
                Put(message, field, field.Name is "member" or "owner" ? "person:ann" : "a-word");
                return false;
            case FieldType.Bytes:
                Put(message, field, ByteString.CopyFromUtf8("ERROR a line\n"));
                return false;
            case FieldType.Enum:
                Put(message, field, System.Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[1].Number));
                return false;
            default:
                return false;
        }
    }

    private static void Put(IMessage message, FieldDescriptor field, object value)
    {
        if (field.IsRepeated)
        {
            ((System.Collections.IList)field.Accessor.GetValue(message)).Add(value);
        }
        else
        {
            field.Accessor.SetValue(message, value);
        }
    }

    // What is created has no name yet.
    private string? NameFor(MessageDescriptor type, FieldDescriptor field, bool namesSubject)
    {
        if (field.FieldType != FieldType.String || field.IsRepeated)
        {
            return null;
        }

        if (field.Name == "scope")
        {
            return names["faultmaven.dev/Case"];
        }

        if (namesSubject && field.Name == "name" && type.GetOptions()?.GetExtension(ResourceExtensions.Resource) is { Type: { } own })
        {
            return names[own];
        }

        return field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference) switch
        {
            { Type.Length: > 0 } reference => names[reference.Type],
            { ChildType.Length: > 0 } reference => names[reference.ChildType] is var child && child.Count(c => c == '/') > 1
                ? string.Join('/', child.Split('/')[..^2])
                : null,
            _ => null,
        };
    }

    // Of alternatives the first.
    private static bool IsWanted(FieldDescriptor field) =>
        field.ContainingOneof is not { } oneof || oneof.Fields[0] == field;

    // A search needs one condition of several.
    private static bool IsRequired(FieldDescriptor field) => field is { Name: "text", FieldType: FieldType.String }
        || field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.Required) == true;
}
