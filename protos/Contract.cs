using System.Reflection;
using Google.Protobuf.Reflection;

namespace FaultMaven.Protos;

/// <summary>The whole contract, as the generated code describes it.</summary>
public static class Contract
{
    /// <summary>Every proto file, by path.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } =
    [
        .. typeof(Contract).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>()
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every service, by full name.</summary>
    public static IReadOnlyList<ServiceDescriptor> Services { get; } =
        [.. Files.SelectMany(file => file.Services).OrderBy(service => service.FullName, StringComparer.Ordinal)];
}
