using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    /// <summary>
    /// The fields that a caller gives, as they are kept: text redacted, labels without what would be redacted, lists in one order and
    /// without repeats.
    /// </summary>
    /// <param name="name">The case.</param>
    /// <param name="given">What the caller gives.</param>
    /// <param name="fields">Which fields of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    private async Task<Proto.Case> PrepareAsync(
        CaseName name, Proto.Case given, IReadOnlyCollection<string> fields, CancellationToken cancellationToken)
    {
        var kept = new Proto.Case();
        CaseFields.Copy(given, kept, fields);
        await SetLinksAsync(name, kept, cancellationToken);
        await SetTagsAsync(name, kept, cancellationToken);
        if (await redaction.RedactAsync(name, kept.Service, cancellationToken) != kept.Service)
        {
            throw RpcFault.InvalidField("case.service", "must not hold what would be redacted");
        }

        kept.Description = await redaction.RedactAsync(name, kept.Description.Trim(), cancellationToken);
        if (fields.Contains(CaseFields.Title))
        {
            kept.Title = await RedactTitleAsync(name, given.Title, cancellationToken);
        }

        return kept;
    }

    private async Task SetTagsAsync(CaseName name, Proto.Case kept, CancellationToken cancellationToken)
    {
        var tags = kept.Tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var lines = string.Join('\n', tags);
        if (await redaction.RedactAsync(name, lines, cancellationToken) != lines)
        {
            throw RpcFault.InvalidField("case.tags", "must not hold what would be redacted");
        }

        kept.Tags.Clear();
        kept.Tags.Add(tags);
    }

    private async Task SetLinksAsync(CaseName name, Proto.Case kept, CancellationToken cancellationToken)
    {
        var links = kept.Links.Distinct().ToList();
        foreach (var (i, link) in kept.Links.Index())
        {
            await EnsureOtherCaseAsync(name, link.Case, $"case.links[{i}].case", cancellationToken);
        }

        kept.Links.Clear();
        kept.Links.Add(links);
    }

    private async Task EnsureOtherCaseAsync(CaseName name, string given, string field, CancellationToken cancellationToken)
    {
        var other = NameField.Parse<CaseName>(given, field);
        if (other == name)
        {
            throw RpcFault.InvalidField(field, "must be another case");
        }

        await GetStateAsync(other, cancellationToken);
    }
}
