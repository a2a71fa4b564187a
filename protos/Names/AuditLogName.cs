namespace FaultMaven.Protos.Names;

/// <summary>The name of the audit log of a service, <c>auditLogs/{audit_log}</c>.</summary>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct AuditLogName(string Id) : IResourceName<AuditLogName>
{
    private const string Collection = "auditLogs/";

    /// <inheritdoc/>
    public static string Pattern => "auditLogs/{audit_log}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out AuditLogName name)
    {
        name = default;
        if (text is null || !text.StartsWith(Collection, StringComparison.Ordinal) || !ResourceId.IsValid(text.AsSpan(Collection.Length)))
        {
            return false;
        }

        name = new AuditLogName(text[Collection.Length..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Collection}{Id}";
}
