using System.Text;
using System.Text.Json;
using FaultMaven.Cli.Pipes;
using FaultMaven.Protos.Redaction.V1;
using static FaultMaven.Protos.Redaction.V1.RedactionService;

namespace FaultMaven.Cli.Redact;

/// <summary>Redacts JSON Lines: many short texts go in one call. One call is under way at a time, so that placeholders are
/// numbered in the order of the lines, and the same input gives the same output.</summary>
internal sealed class JsonLinesRedaction(RedactionServiceClient redaction, string scope, string policy)
{
    private const int MaxTexts = 500;
    private const int MaxCharacters = 512 * 1024;

    // What one call takes; a longer text is streamed.
    private const int MaxBytesPerCall = 3 * 1024 * 1024;

    public async Task RunAsync(Stream input, CancellationToken cancellationToken)
    {
        await using var output = new JsonLinesOutput();

        await foreach (var lines in JsonLines.ReadGroupsAsync(input, "text", MaxTexts, MaxCharacters, cancellationToken))
        {
            foreach (var redacted in lines.Zip(await RedactAsync(lines, cancellationToken)))
            {
                output.Add(redacted, Write);
            }

            await output.FlushAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<RedactTextResponse>> RedactAsync(IReadOnlyList<JsonLine> lines, CancellationToken cancellationToken)
    {
        if (lines is [var only] && Encoding.UTF8.GetByteCount(only.Text) > MaxBytesPerCall)
        {
            return [await RedactLongAsync(only.Text, cancellationToken)];
        }

        var request = new BatchRedactTextRequest { Scope = scope, Policy = policy, Texts = { lines.Select(line => line.Text) } };
        var response = await redaction.BatchRedactTextAsync(request, cancellationToken: cancellationToken);
        return response.Results;
    }

    private async Task<RedactTextResponse> RedactLongAsync(string text, CancellationToken cancellationToken)
    {
        var redacted = new StringBuilder(text.Length);
        var result = new RedactTextResponse();

        await StreamedRedaction.RunAsync(
            redaction,
            scope,
            policy,
            TextPieces.CutAsync(text),
            live: null,
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
