namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>What the words of the platform say is missing.</summary>
internal static class SchedulingReason
{
    private static readonly (string Word, string Resource)[] s_words =
    [
        ("insufficient cpu", "cpu"), ("insufficient memory", "memory"), ("insufficient ephemeral-storage", "storage"),
        ("too many pods", "pods"),
        ("insufficient ", "other"), ("taint", "taints"), ("affinity", "affinity"), ("node selector", "affinity"),
        ("node(s) didn't match", "affinity"),
        ("persistentvolumeclaim", "volume_claim"), ("volume", "volume_claim"), ("free ports", "network"),
        ("memory", "memory"), ("ephemeral", "storage"), ("disk", "storage"), ("inode", "storage"), ("pid", "threads"), ("cpu", "cpu"),
        ("pods", "pods"),
        ("storage", "storage"),
    ];

    /// <summary>
    /// The resource that <paramref name="message"/> is about: <c>0/2 nodes are available: 2 Insufficient cpu</c> is about cpu.
    /// </summary>
    public static string ResourceOf(string message)
    {
        foreach (var (word, resource) in s_words)
        {
            if (message.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return resource;
            }
        }

        return "other";
    }

    /// <summary>Whether a config map, secret or key that is needed is said to be missing.</summary>
    public static bool IsMissingObject(string message) =>
        (message.Contains("configmap", StringComparison.OrdinalIgnoreCase)
            || message.Contains("config map", StringComparison.OrdinalIgnoreCase)
            || message.Contains("secret", StringComparison.OrdinalIgnoreCase)
                || message.Contains("serviceaccount", StringComparison.OrdinalIgnoreCase)
            || message.Contains("couldn't find key", StringComparison.OrdinalIgnoreCase)
                || message.Contains("references non-existent", StringComparison.OrdinalIgnoreCase))
        && (message.Contains("not found", StringComparison.OrdinalIgnoreCase)
            || message.Contains("couldn't find", StringComparison.OrdinalIgnoreCase)
            || message.Contains("non-existent", StringComparison.OrdinalIgnoreCase)
                || message.Contains("does not exist", StringComparison.OrdinalIgnoreCase)
            || message.Contains("no such", StringComparison.OrdinalIgnoreCase)
                || message.Contains("missing", StringComparison.OrdinalIgnoreCase)
            || message.Contains("not registered", StringComparison.OrdinalIgnoreCase));

    /// <summary>The first quoted name: <c>configmap "app-settings" not found</c> names app-settings.</summary>
    public static string Quoted(string message)
    {
        var from = message.AsSpan().IndexOfAny('"', '\'');
        if (from < 0)
        {
            return "";
        }

        var length = message.AsSpan(from + 1).IndexOf(message[from]);
        return length <= 0 || length > 200 ? "" : message.Substring(from + 1, length);
    }
}
