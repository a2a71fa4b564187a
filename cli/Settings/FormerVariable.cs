namespace FaultMaven.Cli.Settings;

/// <summary>A variable of the former FaultMaven, in Python, and what became of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Our key; null if there is none.</param>
/// <param name="Value">Makes our value of the former one; null where it cannot be taken over.</param>
/// <param name="Reason">Why there is no key, or why a value cannot be taken over; what to do instead.</param>
internal sealed record FormerVariable(string Name, string? Key, Func<string, string?> Value, string Reason)
{
    /// <summary>Whether a value is a secret, by the name.</summary>
    public bool IsSecret => s_secretWords.Any(word => Name.Contains(word, StringComparison.Ordinal));

    // A connection string may have a password in it.
    private static readonly string[] s_secretWords = ["KEY", "SECRET", "PASSWORD", "TOKEN", "REDIS_URL", "DATABASE_URL"];
}
