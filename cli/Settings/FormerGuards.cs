using System.Globalization;

namespace FaultMaven.Cli.Settings;

/// <summary>Takes over what web pages may call, and how many calls come in.</summary>
internal static class FormerGuards
{
    private const int Most = 1_000_000;

    private static readonly string[] s_rates =
        ["CallerReadsPerMinute", "CallerChangesPerMinute", "TenantReadsPerMinute", "TenantChangesPerMinute"];

    /// <summary>Takes it over.</summary>
    public static void Take(SettingsImport import)
    {
        TakeOrigins(import);
        TakeLimits(import);
    }

    private static void TakeOrigins(SettingsImport import)
    {
        var count = 0;
        foreach (var name in (string[])["CORS_ALLOW_ORIGINS", "CORS_ALLOWED_ORIGINS", "CORS_ORIGINS"])
        {
            foreach (var origin in FormerVariables.Items(import.Text(name)))
            {
                if (origin.Contains('*', StringComparison.Ordinal))
                {
                    import.Leave(name, $"{origin} is a pattern; name each origin in Identity:AllowedOrigins");
                }
                else
                {
                    import.Add(string.Create(CultureInfo.InvariantCulture, $"Identity:AllowedOrigins:{count++}"), origin);
                }
            }
        }
    }

    // They counted all calls of an address together; here reads and changes of a caller are counted apart.
    private static void TakeLimits(SettingsImport import)
    {
        var enabled = import.Text("RATE_LIMIT_ENABLED");
        var rate = import.First("RATE_LIMIT_REQUESTS_PER_MINUTE", "RATE_LIMIT_PER_MINUTE", "RATE_LIMIT_REQUESTS");
        var burst = import.First("RATE_LIMIT_BURST_SIZE", "RATE_LIMIT_BURST");
        var isOn = FormerVariables.Boolean(enabled);
        if (enabled.Length > 0 && isOn is null)
        {
            import.Leave("RATE_LIMIT_ENABLED", "the value cannot be read");
        }

        if (isOn is false)
        {
            foreach (var key in s_rates)
            {
                import.Add($"RateLimits:{key}", "0");
            }

            foreach (var (name, _) in new[] { rate, burst }.Where(variable => variable.Value.Length > 0))
            {
                import.Leave(name, "RATE_LIMIT_ENABLED is false");
            }

            return;
        }

        TakeLimit(import, rate, "CallerReadsPerMinute", "CallerChangesPerMinute");
        TakeLimit(import, burst, "CallerReadBurst", "CallerChangeBurst");
    }

    private static void TakeLimit(SettingsImport import, (string Name, string Value) variable, params IEnumerable<string> keys)
    {
        if (variable.Value.Length == 0)
        {
            return;
        }

        if (!int.TryParse(variable.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is 0 or > Most)
        {
            import.Leave(variable.Name, "the value is not a number from 1 to 1,000,000");
            return;
        }

        foreach (var key in keys)
        {
            import.Add($"RateLimits:{key}", limit.ToString(CultureInfo.InvariantCulture));
        }
    }
}
