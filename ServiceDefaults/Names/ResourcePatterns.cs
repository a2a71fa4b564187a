using FaultMaven.Protos;
using Google.Api;

namespace FaultMaven.ServiceDefaults.Names;

/// <summary>The forms of resource names by the contract, such as <c>cases/{case}</c>.</summary>
public static class ResourcePatterns
{
    private static readonly Dictionary<string, IReadOnlyList<string>> s_all = Contract.Files
        .SelectMany(file => file.MessageTypes)
        .Select(message => message.GetOptions()?.GetExtension(ResourceExtensions.Resource))
        .OfType<ResourceDescriptor>()
        .ToDictionary(resource => resource.Type, resource => (IReadOnlyList<string>)resource.Pattern);

    /// <summary>The forms that names of a type may have, the usual one first; none if there is no such type.</summary>
    /// <param name="type">The type, such as <c>faultmaven.dev/Case</c>.</param>
    public static IReadOnlyList<string> Of(string type) => s_all.GetValueOrDefault(type) ?? [];
}
