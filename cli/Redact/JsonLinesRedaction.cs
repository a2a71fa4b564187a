using System.Text;
using System.Text.Json;
using FaultMaven.Cli.Pipes;
using FaultMaven.Protos.Redaction.V1;
using static FaultMaven.Protos.Redaction.V1.RedactionService;

namespace FaultMaven.Cli.Redact;

/// <summary>Redacts JSON Lines: many short texts go in one call, several calls are under way, answers come in order.</summary>
internal sealed class JsonLinesRedaction(RedactionServiceClient redaction, string scope)
{
    private const int MaxTexts = 500;
    private const int MaxCharacters = 512 * 1024;
    private const int CallsAtOnce = 4;

    // What one call takes; a longer text is streamed.
    private const int MaxBytesPerCall = 3 * 1024 * 1024;

    public async Task RunAsync(Stream input, CancellationToken cancellationToken)
    {
        await using var output = new JsonLinesOutput();
        var groups = JsonLines.ReadGroupsAsync(input, "text", MaxTexts, MaxCharacters, cancellationToken);

        await OrderedPipeline.RunAsync(groups, CallsAtOnce, RedactAsync, WriteAsync, cancellationToken);

        async Task WriteAsync((IReadOnlyList<JsonLine> Lines, IReadOnlyList<RedactTextResponse> Results) redacted, CancellationToken token)
        {
            foreach (var pair in redacted.Lines.Zip(redacted.Results))
            {
                output.Add(pair, Write);
            }

            await output.FlushAsync(token);
        }
    }

    private async Task<(IReadOnlyList<JsonLine> Lines, IReadOnlyList<RedactTextResponse> Results)> RedactAsync(
        IReadOnlyList<JsonLine> lines, CancellationToken cancellationToken)
    {
        if (lines is [var only] && Encoding.UTF8.GetByteCount(only.Text) > MaxBytesPerCall)
        {
            return (lines, [await RedactLongAsync(only.Text, cancellationToken)]);
        }

        var request = new BatchRedactTextRequest { Scope = scope, Texts = { lines.Select(line => line.Text) } };
        var response = await redaction.BatchRedactTextAsync(request, cancellationToken: cancellationToken);
        return (lines, response.Results);
    }

    private async Task<RedactTextResponse> RedactLongAsync(string text, CancellationToken cancellationToken)
    {
        var redacted = new StringBuilder(text.Length);
        var result = new RedactTextResponse();

        await StreamedRedaction.RunAsync(
            redaction,
            scope,
            TextPieces.CutAsync(text),
            (response, _) =>
            {
                redacted.Append(response.Text);
                result.Findings.AddRange(response.Findings);
                return Task.CompletedTask;
            },
            cancellationToken);

        result.Text = redacted.ToString();
        return result;
    }

    private static void Write(Utf8JsonWriter json, (JsonLine Line, RedactTextResponse Result) redacted)
    {
        json.WriteStartObject();
        json.WritePropertyName("id");
        json.WriteRawValue(redacted.Line.Id, skipInputValidation: true);
        json.WriteString("text", redacted.Result.Text);
        json.WriteStartArray("findings");

        foreach (var finding in redacted.Result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("type", finding.Type);
            json.WriteNumber("start", finding.Start);
            json.WriteNumber("end", finding.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
