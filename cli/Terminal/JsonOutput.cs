using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FaultMaven.Cli.Terminal;

/// <summary>Writes JSON on standard output: snake_case names, UTF-8, indented for people at a terminal.</summary>
internal static class JsonOutput
{
    /// <summary>The text goes to a terminal or a file, never into HTML, so only what JSON requires is escaped.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static JsonSerializerOptions Options { get; } = new()
    {
        Encoder = Encoder,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = !Console.IsOutputRedirected,
    };

    public static async Task WriteAsync<T>(T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        await JsonSerializer.SerializeAsync(output, value, type, cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>A name of an enum of the contract as JSON has it: <c>ResourceExhaustion</c> is <c>resource_exhaustion</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
