using System.Collections.Concurrent;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Knowledge.Database;

/// <summary>
/// The knowledge bases, a file for each tenant: <c>{tenant}.db</c>. How rare a word is, by which documents are ranked, would otherwise tell
/// what the documents of other tenants say.
/// </summary>
internal sealed class KnowledgeDatabases(IOptions<KnowledgeOptions> options, IHostEnvironment environment) : ITenantHolder, IDisposable
{
    private readonly string _directory = Path.Combine(environment.ContentRootPath, options.Value.Directory);
    private readonly ConcurrentDictionary<string, KnowledgeDatabase> _opened = [];

    /// <summary>The one of the tenant that is worked for.</summary>
    public KnowledgeDatabase OfCaller => Of(CallIdentity.Current.Principal.Tenant);

    /// <summary>Those that there are, <paramref name="count"/> at most.</summary>
    public IReadOnlyList<KnowledgeDatabase> List(int count) => !Directory.Exists(_directory) ? [] :
    [
        .. Directory.EnumerateFiles(_directory, $"*{KnowledgeFile.Extension}").Take(count)
            .Select(file => Of(TenantPath.Parse(Path.GetFileNameWithoutExtension(file)))),
    ];

    /// <summary>Deletes the one of a tenant.</summary>
    public async Task<ForgottenItems> ForgetAsync(string tenant, CancellationToken cancellationToken)
    {
        var files = await Of(tenant).DeleteAsync(cancellationToken);
        _opened.TryRemove(tenant, out _);
        return new(files, Events: 0);
    }

    public void Dispose()
    {
        foreach (var database in _opened.Values)
        {
            database.Dispose();
        }
    }

    private KnowledgeDatabase Of(string tenant) => _opened.GetOrAdd(
        tenant, name => new KnowledgeDatabase(PathOf(name)));

    private string PathOf(string tenant) => Path.Combine(_directory, TenantPath.Of(tenant) + KnowledgeFile.Extension);
}
