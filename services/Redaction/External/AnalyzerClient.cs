using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;

namespace FaultMaven.Redaction.External;

/// <summary>Asks the external recogniser. What it answers is checked like anything that comes from outside.</summary>
internal sealed class AnalyzerClient(IHttpClientFactory http, IOptions<ExternalOptions> options)
{
    /// <summary>The name of its HTTP client.</summary>
    public const string ClientName = "redaction-external";

    private readonly string[] _types = [.. options.Value.RequestedTypes];

    /// <summary>What it finds in a text, in UTF-16 code units.</summary>
    /// <exception cref="AnalyzerException">It did not answer, or not sensibly.</exception>
    public async Task<IReadOnlyList<Recognition.Finding>> FindAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            var request = new AnalyzerRequest(text, options.Value.Language, _types, options.Value.Threshold);
            using var client = http.CreateClient(ClientName);
            using var response = await client.PostAsJsonAsync("analyze", request, AnalyzerJson.Default.AnalyzerRequest, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new AnalyzerException($"It answered {(int)response.StatusCode}.", null);
            }

            var findings = await response.Content.ReadFromJsonAsync(AnalyzerJson.Default.ListAnalyzerFinding, cancellationToken);
            return [.. Checked(text, findings ?? throw new AnalyzerException("It answered null.", null))];
        }
        catch (Exception e) when (IsFailure(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new AnalyzerException("It did not answer.", e);
        }
    }

    private IEnumerable<Recognition.Finding> Checked(string text, List<AnalyzerFinding> findings)
    {
        var places = new CodePoints(text);
        foreach (var finding in findings)
        {
            if (finding is not { EntityType: { } type, Start: { } start, End: { } end, Score: >= 0 and <= 1 and { } score }
                || places.ToCodeUnits(start) is not { } from || places.ToCodeUnits(end) is not { } to || from >= to)
            {
                throw new AnalyzerException("It answered with a finding that is not in the text.", null);
            }

            if (score >= options.Value.Threshold && score > 0 && _types.Contains(type))
            {
                yield return new Recognition.Finding(type, from, to, score);
            }
        }
    }

    // Broken connections, answers that are not JSON or are too long, timeouts, an open circuit, a full queue.
    private static bool IsFailure(Exception e) =>
        e is HttpRequestException or IOException or JsonException or NotSupportedException or InvalidOperationException
            or OperationCanceledException or ExecutionRejectedException;
}

/// <summary>The external recogniser did not answer, or not sensibly.</summary>
internal sealed class AnalyzerException(string message, Exception? inner) : Exception(message, inner);
