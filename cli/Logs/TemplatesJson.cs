using System.Buffers;
using System.Text.Json;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.Logs;

/// <summary>Writes <c>{"lines": [1, 1, 2], "templates": [{"id": 1, "template": "User &lt;*&gt; logged in", "count": 2}]}</c>. The lines
/// come first because they are known first, so memory does not grow with the log.</summary>
internal static class TemplatesJson
{
    private const int FlushBytes = 64 * 1024;

    public static async Task WriteAsync(IAsyncEnumerable<MineTemplatesResponse> responses, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();

        // Of an answer that fails at its beginning, nothing is to be seen.
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonOutput.Encoder });
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

            if (json.BytesPending + buffer.WrittenCount > FlushBytes)
            {
                await FlushAsync();
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
        await FlushAsync();
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);

        async Task FlushAsync()
        {
            await json.FlushAsync(cancellationToken);
            await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
            buffer.ResetWrittenCount();
        }
    }
}
