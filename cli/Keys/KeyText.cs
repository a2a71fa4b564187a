using System.Globalization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Identity.V1;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Cli.Keys;

/// <summary>Keys for people to read.</summary>
internal static class KeyText
{
    public static void Write(TextColumn page, IEnumerable<ApiKey> keys)
    {
        foreach (var key in keys)
        {
            var scopes = key.Scopes.Count == 0 ? "everything" : string.Join(", ", key.Scopes.Select(JsonOutput.Name));
            var use = key.LastUseTime is { } day ? $"last used on {day.ToDateTimeOffset():yyyy-MM-dd}" : "never used";
            page.Paragraph("", $"{key.Name}  {key.DisplayName}", "bold");
            page.Paragraph("    ", $"{string.Join(", ", key.Roles.Select(JsonOutput.Name))}, for {scopes}; made by {key.Creator}");
            page.Paragraph("    ", $"{StateOf(key)}, {use}", "dim");
        }
    }

    public static string Time(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string StateOf(ApiKey key) => key.State switch
    {
        ApiKey.Types.State.Revoked => $"revoked at {Time(key.RevokeTime)}",
        ApiKey.Types.State.Expired => $"expired at {Time(key.ExpireTime)}",
        _ => $"active until {Time(key.ExpireTime)}",
    };
}
