using System.Text.Json;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.Logs;

/// <summary>Writes <c>{"lines": [1, 1, 2], "templates": [{"id": 1, "template": "User &lt;*&gt; logged in", "count": 2}]}</c>. The lines come first
/// because they are known first: however long the log is, they are not kept.</summary>
internal static class TemplatesJson
{
    private const int FlushBytes = 64 * 1024;

    public static async Task WriteAsync(IAsyncEnumerable<MineTemplatesResponse> responses, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JsonOutput.Encoder });
        var templates = new List<LogTemplate>();

        json.WriteStartObject();
        json.WriteStartArray("lines");

        await foreach (var response in responses)
        {
            foreach (var id in response.LineTemplateIds)
            {
                json.WriteNumberValue(id);
            }

            templates.AddRange(response.Templates);

            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("templates");

        foreach (var template in templates)
        {
            json.WriteStartObject();
            json.WriteNumber("id", template.Id);
            json.WriteString("template", template.Template);
            json.WriteNumber("count", template.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
