namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>
/// Reads what admission says when a quota is used up:
/// <c>exceeded quota: team-a, requested: limits.cpu=2, used: limits.cpu=9, limited: limits.cpu=10</c>.
/// </summary>
internal static class QuotaMessage
{
    public static IReadOnlyList<(string Name, object? Value)> Facts(string message)
    {
        var used = After(message, "used: ");
        var limited = After(message, "limited: ");
        var quota = After(message, "exceeded quota: ");
        return
        [
            ("quota", quota.Length > 0 ? quota : After(message, "ResourceQuota ")),
            ("resource", Resource(limited.Length > 0 ? limited : message)),
            ("used", Amount(used)),
            ("limit", Amount(limited)),
            ("message", message),
        ];
    }

    /// <summary>
    /// What a pod must state because a quota counts it: <c>limits.cpu</c> in <c>failed quota: team-a: must specify limits.cpu for:
    /// shop</c>. Empty if the message does not say so; the quota may have plenty left.
    /// </summary>
    public static string Unstated(string message) =>
        message.Contains("quota", StringComparison.OrdinalIgnoreCase) ? After(message, "must specify ") : "";

    /// <summary><c>limits.cpu=10</c> is about cpu; a count of objects, such as <c>pods=20</c>, about those.</summary>
    private static string Resource(string text)
    {
        foreach (var resource in (string[])["cpu", "memory", "storage", "pods", "services", "configmaps", "secrets"])
        {
            if (text.Contains(resource, StringComparison.OrdinalIgnoreCase))
            {
                return resource;
            }
        }

        return "other";
    }

    private static string Amount(string pair) => pair.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? pair[(at + 1)..] : "";

    private static string After(string message, string mark)
    {
        var at = message.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return "";
        }

        var rest = message.AsSpan(at + mark.Length);
        var end = rest.IndexOfAny(", ;\n");
        return (end < 0 ? rest : rest[..end]).Trim("'\"").ToString();
    }
}
