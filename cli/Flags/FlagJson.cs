using System.Text.Json.Serialization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.Cli.Flags;

/// <summary>A flag as <c>fm flag list --json</c> prints it.</summary>
internal sealed record FlagJson(
    string Name, string Type, string Value, string DefaultValue, string Description, IReadOnlyList<string> Choices, string Setter,
    DateTimeOffset? SetTime)
{
    public static FlagJson From(Flag flag) => new(
        flag.Name, JsonOutput.Name(flag.Type), flag.Value, flag.DefaultValue, flag.Description, flag.Choices, flag.Setter,
        flag.SetTime?.ToDateTimeOffset());
}

/// <summary>All flags.</summary>
internal sealed record FlagListJson(IReadOnlyList<FlagJson> Flags);

[JsonSerializable(typeof(FlagListJson))]
internal sealed partial class FlagJsonContext : JsonSerializerContext
{
    public static FlagJsonContext Standard { get; } = new(new(JsonOutput.Options));
}
