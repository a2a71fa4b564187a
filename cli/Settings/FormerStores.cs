using System.Globalization;

namespace FaultMaven.Cli.Settings;

/// <summary>Takes over where things are kept.</summary>
internal static class FormerStores
{
    /// <summary>Takes it over.</summary>
    public static void Take(SettingsImport import)
    {
        TakeRedis(import);
        TakeBucket(import);
    }

    private static void TakeRedis(SettingsImport import)
    {
        string[] names = ["REDIS_URL", "REDIS_HOST", "REDIS_PORT", "REDIS_DB", "REDIS_PASSWORD"];
        if (names.Select(import.Text).ToList() is not [var url, var host, var port, var database, var password])
        {
            return;
        }

        var parts = new List<string>();
        if (url.Length > 0)
        {
            foreach (var name in names[1..].Where(name => import.Text(name).Length > 0))
            {
                import.Leave(name, "REDIS_URL comes first");
            }

            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("redis" or "rediss"))
            {
                import.Leave("REDIS_URL", "the value is not a redis:// address");
                return;
            }

            var user = parsed.UserInfo.Split(':', 2);
            host = parsed.Host;
            port = parsed.Port > 0 ? parsed.Port.ToString(CultureInfo.InvariantCulture) : "";
            database = parsed.AbsolutePath.Trim('/');
            password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "";
            AddPart(parts, "user", Uri.UnescapeDataString(user[0]));
            AddPart(parts, "ssl", parsed.Scheme == "rediss" ? "true" : "");
        }

        if (host.Length == 0)
        {
            foreach (var name in names.Where(name => import.Text(name).Length > 0))
            {
                import.Leave(name, "without REDIS_HOST it says nothing");
            }

            return;
        }

        if (password.Contains(',', StringComparison.Ordinal))
        {
            import.Leave("REDIS_PASSWORD", "a comma ends it in ConnectionStrings:redis; choose another password");
            return;
        }

        AddPart(parts, "password", password);
        AddPart(parts, "defaultDatabase", database is "0" ? "" : database);
        import.Add(
            "ConnectionStrings:redis", string.Join(',', parts.Prepend($"{host}:{(port.Length > 0 ? port : "6379")}")), isSecret: true);
    }

    private static void TakeBucket(SettingsImport import)
    {
        (string Name, string Key, bool IsSecret)[] variables =
        [
            ("AWS_S3_BUCKET", "Bucket", false), ("AWS_REGION", "Region", false), ("AWS_ACCESS_KEY_ID", "AccessKey", true),
            ("AWS_SECRET_ACCESS_KEY", "SecretKey", true),
        ];
        var isUsed = import.Text("FILE_STORAGE") == "s3";
        foreach (var (name, key, isSecret) in variables)
        {
            if (import.Text(name) is not { Length: > 0 } value)
            {
                continue;
            }

            if (isUsed)
            {
                import.Add($"Data:Blobs:S3:{key}", value, isSecret);
            }
            else
            {
                import.Leave(name, "FILE_STORAGE is not s3, so texts of evidence are files below Data:Directory");
            }
        }
    }

    private static void AddPart(List<string> parts, string name, string value)
    {
        if (value.Length > 0)
        {
            parts.Add($"{name}={value}");
        }
    }
}
