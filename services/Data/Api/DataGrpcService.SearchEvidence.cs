using FaultMaven.Data.Query.Search;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private const int DefaultResults = 100;
    private const int MaxResults = 1_000;

    public override async Task SearchEvidence(
        Proto.SearchEvidenceRequest request, IServerStreamWriter<Proto.SearchEvidenceResponse> responseStream, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);
        var query = ParseQuery(request);
        var count = CountOf(request.MaxResults, DefaultResults, MaxResults);

        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        var evidence = request.Evidence.Length == 0 ? null : await FindAsync(ParseEvidence(request.Evidence, parent), stop.Token);
        query = await RedactAsync(parent, query, stop.Token);

        using var place = await reads.EnterAsync(stop.Token);
        var matches = evidence is null ? search.FindAsync(parent, query, stop.Token) : search.FindAsync(evidence, query, stop.Token);

        var found = false;
        await foreach (var match in matches.Take(count))
        {
            await responseStream.WriteAsync(match, stop.Token);
            found = true;
        }

        await EnsureExistsIfAsync(!found, parent, stop.Token);
    }

    private static EvidenceName ParseEvidence(string text, CaseName parent) =>
        EvidenceName.TryParse(text, out var name) && name.Case == parent ? name
            : throw RpcFault.InvalidField("evidence", "must be cases/{case}/evidence/{evidence} in the case of parent, or empty");

    private static SearchQuery ParseQuery(Proto.SearchEvidenceRequest request)
    {
        var query = new SearchQuery
        {
            Texts = request.Text.Length == 0 ? [] : [request.Text],
            Comparison = request.CaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase,
            Template = request.Template.Trim().Length == 0 ? null : new TemplatePattern(request.Template),
            MinLevel = request.MinLevel,
            StartTime = request.StartTime?.ToDateTimeOffset(),
            EndTime = request.EndTime?.ToDateTimeOffset(),
            Fields = [.. request.Fields.Select(field => new SearchField(field.Key, [field.Value]))],
            ContextLines = request.ContextLines,
        };

        return query.Texts.Count > 0 || query.ConcernsEntries
            ? query
            : throw RpcFault.InvalidField("text", "must not be empty unless another condition is given");
    }

    /// <summary>The same query, which also finds values where their placeholders are.</summary>
    private async Task<SearchQuery> RedactAsync(CaseName parent, SearchQuery query, CancellationToken cancellationToken)
    {
        if (query.Texts.Count == 0 && query.Fields.Count == 0)
        {
            return query;
        }

        // Redacting makes a scope for the case, which must not be one that nothing ever deletes.
        await cases.EnsureExistsAsync(parent, cancellationToken);
        var fields = new List<SearchField>();

        foreach (var field in query.Fields)
        {
            fields.Add(field with { Values = await WithRedactedAsync(field.Values) });
        }

        return query with { Texts = await WithRedactedAsync(query.Texts), Fields = fields };

        async Task<IReadOnlyList<string>> WithRedactedAsync(IReadOnlyList<string> texts)
        {
            var all = texts.ToList();

            foreach (var text in texts.Where(text => text.Length > 0))
            {
                all.Add(await redaction.RedactQuestionAsync(parent, text, cancellationToken));
            }

            return [.. all.Distinct()];
        }
    }
}
