using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.ServiceDefaults.Names;

/// <summary>Reads the names in requests.</summary>
public static class NameField
{
    /// <summary>Reads a resource name; INVALID_ARGUMENT that names the field if it does not have the form of one.</summary>
    /// <param name="text">The field's value.</param>
    /// <param name="field">Its proto path, such as <c>parent</c>.</param>
    public static T Parse<T>(string text, string field)
        where T : struct, IResourceName<T> =>
        T.TryParse(text, out var name) ? name : throw RpcFault.InvalidField(field, $"must look like {T.Pattern}");

    /// <summary>Reads a resource name that may be empty, which gives null.</summary>
    /// <inheritdoc cref="Parse"/>
    public static T? ParseOptional<T>(string text, string field)
        where T : struct, IResourceName<T> =>
        text.Length == 0 ? null : Parse<T>(text, field);
}
