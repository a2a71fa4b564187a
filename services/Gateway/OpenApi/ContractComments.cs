using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace FaultMaven.Gateway.OpenApi;

/// <summary>The comments of the contract, by the full names of what they describe.</summary>
internal sealed class ContractComments
{
    // Where these are in the messages of descriptor.proto, as paths of source locations use them.
    private const int FileMessages = 4, FileEnums = 5, FileServices = 6;
    private const int MessageFields = 2, MessageMessages = 3, MessageEnums = 4;
    private const int EnumValues = 2, ServiceMethods = 2;

    private readonly Dictionary<string, string> _comments = [];

    private ContractComments()
    {
    }

    /// <summary>Reads them from the descriptor set that the build embeds.</summary>
    public static ContractComments Read()
    {
        using var stream = typeof(ContractComments).Assembly.GetManifestResourceStream("faultmaven.binpb")
            ?? throw new InvalidOperationException("The build has not embedded the contract.");
        var comments = new ContractComments();
        foreach (var file in FileDescriptorSet.Parser.ParseFrom(stream).File.Where(file => file.SourceCodeInfo is not null))
        {
            comments.Add(file);
        }

        return comments;
    }

    /// <summary>The comment, or null if there is none.</summary>
    public string? Of(IDescriptor descriptor) => _comments.GetValueOrDefault(descriptor.FullName);

    private void Add(FileDescriptorProto file)
    {
        foreach (var location in file.SourceCodeInfo.Location.Where(location => location.LeadingComments.Length > 0))
        {
            if (NameOf(file, location.Path) is { } name)
            {
                _comments[name] = Unwrap(location.LeadingComments);
            }
        }
    }

    private static string? NameOf(FileDescriptorProto file, RepeatedField<int> path)
    {
        if (path.Count < 2)
        {
            return null;
        }

        var rest = path.Skip(2).ToList();
        return path[0] switch
        {
            FileMessages => NameOf(file.MessageType[path[1]], file.Package, rest),
            FileEnums => NameOf(file.EnumType[path[1]], file.Package, rest),
            FileServices => file.Service[path[1]] is var service && rest is [ServiceMethods, var method]
                ? $"{file.Package}.{service.Name}.{service.Method[method].Name}"
                : rest.Count == 0 ? $"{file.Package}.{service.Name}" : null,
            _ => null,
        };
    }

    private static string? NameOf(DescriptorProto message, string scope, List<int> rest)
    {
        var name = $"{scope}.{message.Name}";
        return rest switch
        {
            [] => name,
            [MessageFields, var field] => $"{name}.{message.Field[field].Name}",
            [MessageMessages, var nested, .. var inner] => NameOf(message.NestedType[nested], name, inner),
            [MessageEnums, var nested, .. var inner] => NameOf(message.EnumType[nested], name, inner),
            _ => null,
        };
    }

    // The values of an enum are in the scope of the enum here; in protobuf they are next to it.
    private static string? NameOf(EnumDescriptorProto type, string scope, List<int> rest) => rest switch
    {
        [] => $"{scope}.{type.Name}",
        [EnumValues, var value] => $"{scope}.{type.Value[value].Name}",
        _ => null,
    };

    // Lines of a comment are cut at the margin of the proto; an empty line ends a paragraph.
    private static string Unwrap(string comment) =>
        string.Join("\n\n", comment.Trim().Split("\n\n").Select(part => string.Join(' ', part.Split('\n').Select(line => line.Trim()))));
}
