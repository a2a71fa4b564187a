using System.Text.Json.Serialization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.Cli.Settings;

/// <summary>A setting as <c>fm settings list --json</c> prints it.</summary>
internal sealed record SettingJson(
    string Process, string Key, string Value, bool Masked, string Source, string DefaultValue, string Description)
{
    public static SettingJson From(EffectiveSetting setting) => new(
        setting.Process, setting.Key, setting.Value, setting.Masked, JsonOutput.Name(setting.Source), setting.DefaultValue,
        setting.Description);
}

/// <summary>The settings.</summary>
internal sealed record SettingListJson(IReadOnlyList<SettingJson> Settings);

[JsonSerializable(typeof(SettingListJson))]
internal sealed partial class SettingJsonContext : JsonSerializerContext
{
    public static SettingJsonContext Standard { get; } = new(new(JsonOutput.Options));
}
