using System.Runtime.CompilerServices;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary>
/// Finds what people name: a case as <c>cases/0198c1e2…</c>, by its id alone, or by the first characters of the id if no other case
/// begins with them; evidence of a case alike.
/// </summary>
internal static class CaseNames
{
    private const string Collection = "cases/";
    private const string EvidenceCollection = "/evidence/";
    private const int PageSize = 200;

    // What an id has at least; anything shorter can only be the beginning of one.
    private const int IdLength = 32;

    /// <summary>The full name of a case. A name that fits no case is returned as it is, for the service to refuse.</summary>
    /// <exception cref="CommandFailedException">Several cases begin with it.</exception>
    public static async Task<string> FindAsync(CallInvoker calls, string given, CancellationToken cancellationToken)
    {
        var name = given.StartsWith(Collection, StringComparison.Ordinal) ? given : $"{Collection}{given}";
        if (name.Length >= Collection.Length + IdLength)
        {
            return name;
        }

        var cases = CasesAsync(new SessionServiceClient(calls), new(), cancellationToken);
        return await SingleAsync(name, cases.Select(found => found.Name), "cases");
    }

    /// <summary>The full name of evidence, <c>cases/{case}/evidence/{evidence}</c>, both ids of which may be cut short.</summary>
    /// <exception cref="CommandFailedException">Several cases, or pieces of evidence, begin with it.</exception>
    public static async Task<string> FindEvidenceAsync(CallInvoker calls, string given, CancellationToken cancellationToken)
    {
        if (given.IndexOf(EvidenceCollection, StringComparison.Ordinal) is not (> 0 and var end))
        {
            return given;
        }

        var parent = await FindAsync(calls, given[..end], cancellationToken);
        var name = $"{parent}{given[end..]}";
        if (name.Length >= parent.Length + EvidenceCollection.Length + IdLength)
        {
            return name;
        }

        var evidence = EvidenceAsync(new DataServiceClient(calls), parent, cancellationToken);
        return await SingleAsync(name, evidence.Select(found => found.Name), "pieces of evidence");
    }

    /// <summary>The cases that a request asks for, newest first, page by page.</summary>
    public static async IAsyncEnumerable<Case> CasesAsync(
        SessionServiceClient sessions, ListCasesRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request.PageSize = PageSize;
        do
        {
            var page = await sessions.ListCasesAsync(request, cancellationToken: cancellationToken);
            foreach (var found in page.Cases)
            {
                yield return found;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>The evidence of a case, oldest first, page by page.</summary>
    public static async IAsyncEnumerable<Evidence> EvidenceAsync(
        DataServiceClient data, string parent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListEvidenceRequest { Parent = parent, PageSize = PageSize };
        do
        {
            var page = await data.ListEvidenceAsync(request, cancellationToken: cancellationToken);
            foreach (var found in page.Evidence)
            {
                yield return found;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    private static async Task<string> SingleAsync(string given, IAsyncEnumerable<string> names, string what)
    {
        var matches = new List<string>();
        await foreach (var name in names)
        {
            if (name == given)
            {
                return name;
            }

            if (name.StartsWith(given, StringComparison.Ordinal))
            {
                matches.Add(name);
            }
        }

        return matches switch
        {
            [] => given,
            [var only] => only,
            _ => throw new CommandFailedException(ExitCode.Refused,
                $"{matches.Count} {what} begin with {given}, such as {matches[0]} and {matches[1]}; give more of the id."),
        };
    }
}
