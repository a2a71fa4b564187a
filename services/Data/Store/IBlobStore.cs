using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.Data.Store;

/// <summary>
/// The redacted texts of the tenant that is worked for, one for each evidence. A case keeps equal content once (see
/// <see cref="EvidenceStore"/>); cases share none, so that deleting a text of one case can never race with another case that is about to
/// store the same. A store that does not answer throws <see cref="StoreUnavailableException"/>.
/// </summary>
internal interface IBlobStore
{
    /// <summary>
    /// Makes a finished file the text of <paramref name="name"/>; once this returns, it survives a loss of power. The file may be gone
    /// then.
    /// </summary>
    Task AdoptAsync(string path, EvidenceName name, string sha256, CancellationToken cancellationToken);

    /// <summary>Opens a text as a stream that can seek; null if it has been deleted.</summary>
    ValueTask<Stream?> TryOpenReadAsync(EvidenceName name, string sha256, CancellationToken cancellationToken);

    /// <summary>Deletes a text; nothing if it is not there.</summary>
    Task DeleteAsync(EvidenceName name, string sha256, CancellationToken cancellationToken);

    /// <summary>Deletes all texts of a tenant, which need not be the one that is worked for. Returns how many there were.</summary>
    Task<long> DeleteTenantAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>All texts of all cases of all tenants, in no order.</summary>
    IAsyncEnumerable<StoredBlob> ListAsync(CancellationToken cancellationToken);
}

/// <summary>A text that is stored.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Name">The evidence whose text it is.</param>
/// <param name="Sha256">The hash of its content, in lower-case hexadecimal.</param>
/// <param name="WriteTime">When it was stored.</param>
internal sealed record StoredBlob(string Tenant, EvidenceName Name, string Sha256, DateTimeOffset WriteTime)
{
    /// <summary>
    /// Where a text of the tenant that is worked for is, relative to all of them: <c>{tenant}/{case}/{sha256}.{evidence}</c>.
    /// </summary>
    public static string PathOf(EvidenceName name, string sha256) =>
        $"{TenantPath.Of(CallIdentity.Current.Principal.Tenant)}/{name.Case.Id}/{sha256}.{name.Id}";

    /// <summary>The reverse of <see cref="PathOf"/>; null for a path of another form.</summary>
    public static StoredBlob? Parse(string path, DateTimeOffset writeTime) =>
        path.Split('/') is [var tenant, var parent, var file] && file.Split('.') is [var sha256, var id]
            && EvidenceName.TryParse($"cases/{parent}/evidence/{id}", out var name)
            ? new StoredBlob(TenantPath.Parse(tenant), name, sha256, writeTime)
            : null;
}
