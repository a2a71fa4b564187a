using System.Globalization;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.Cli.Flags;

/// <summary>A flag in words.</summary>
internal static class FlagText
{
    /// <summary><c>agent-model = false (set by person:ann 2026-03-11 14:02Z)</c></summary>
    public static string Of(Flag flag)
    {
        var id = FlagName.TryParse(flag.Name, out var name) ? name.Id : flag.Name;
        var how = flag.SetTime is null
            ? "default"
            : string.Create(CultureInfo.InvariantCulture, $"set by {flag.Setter} {flag.SetTime.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z");
        return $"{id} = {flag.Value} ({how})";
    }

    /// <summary>What values it has.</summary>
    public static string ValuesOf(Flag flag) => flag.Type switch
    {
        Flag.Types.Type.Bool => $"true or false, by default {flag.DefaultValue}",
        Flag.Types.Type.Integer =>
            string.Create(CultureInfo.InvariantCulture, $"{flag.Minimum} to {flag.Maximum}, by default {flag.DefaultValue}"),
        _ => $"{string.Join(", ", flag.Choices)}; by default {flag.DefaultValue}",
    };
}
