using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using State = FaultMaven.Protos.Identity.V1.ApiKey.Types.State;

namespace FaultMaven.Gateway.Keys;

/// <summary>
/// Finds out who calls with a key. The key is read at each call, so that one which was revoked at any replica is refused at once.
/// </summary>
internal sealed partial class ApiKeyIdentity(ApiKeyStore store, TimeProvider time, ILogger<ApiKeyIdentity> logger)
{
    // Ids of keys have other characters, so there is nothing in it.
    private const string NoTenant = "@none";

    /// <summary>Whether a bearer token is meant to be a key.</summary>
    public static bool IsKey(string token) => token.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal);

    public async ValueTask<IdentityCheck> CheckAsync(string token, CancellationToken cancellationToken)
    {
        if (ApiKeyText.Parse(token) is not { } given)
        {
            return IdentityCheck.Refused(ErrorReason.IdentityInvalid, "malformed");
        }

        var digest = given.Digest;
        try
        {
            // A key that is not known takes the same steps as one that is.
            var tenant = await store.FindTenantAsync(given.Id, cancellationToken);
            var found = await store.FindAsync(tenant ?? NoTenant, given.Id, cancellationToken);
            var now = time.GetUtcNow();
            if (found is null || tenant is null || !found.Key.Has(digest, now))
            {
                return IdentityCheck.Refused(ErrorReason.IdentityInvalid, "unknown");
            }

            switch (found.Key.StateAt(now))
            {
                case State.Revoked:
                    return IdentityCheck.Refused(ErrorReason.ApiKeyRevoked);
                case State.Expired:
                    return IdentityCheck.Refused(ErrorReason.IdentityExpired);
                default:
                    await NoteUseAsync(tenant, found, DateOnly.FromDateTime(now.UtcDateTime), cancellationToken);
                    return IdentityCheck.Accepted(new CallIdentity(PrincipalOf(tenant, found.Key), Via: null));
            }
        }
        catch (StateStoreException exception)
        {
            LogStoreAway(exception);
            return IdentityCheck.Refused(ErrorReason.StoreUnavailable);
        }
    }

    private static Principal PrincipalOf(string tenant, ApiKey key) =>
        new(tenant, key.Id, PrincipalKind.Key, key.Roles) { Scopes = key.EffectiveScopes };

    // The day is for people who look for keys that no one needs; a call does not fail for it.
    private async Task NoteUseAsync(string tenant, StoredKey key, DateOnly day, CancellationToken cancellationToken)
    {
        try
        {
            await store.NoteUseAsync(tenant, key, day, cancellationToken);
        }
        catch (StateStoreException exception)
        {
            LogUseNotNoted(exception, key.Key.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call with a key was refused because the store did not answer.")]
    private partial void LogStoreAway(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That the key {Key} was used today could not be noted.")]
    private partial void LogUseNotNoted(Exception exception, string key);
}
