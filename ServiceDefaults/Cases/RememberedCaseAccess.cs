using FaultMaven.Protos;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Identity;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>Asks who may see a case, and remembers the answer for a short time. Without an answer no one is let in any more.</summary>
/// <remarks>What does not exist is not remembered: it may be created at any time.</remarks>
internal sealed class RememberedCaseAccess(
    Func<CaseName, CancellationToken, Task<CaseAccess?>> ask, IOptions<CaseAccessOptions> options, TimeProvider time)
    : ICaseAccessSource, IDisposable
{
    private const int MaxRemembered = 10_000;

    private readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    public async ValueTask<CaseAccess?> FindAsync(CaseName name, bool isFresh, CancellationToken cancellationToken)
    {
        var key = (CallIdentity.Current.Principal.Tenant, name);
        if (!isFresh && _remembered.TryGetValue(key, out Remembered? earlier) && time.GetUtcNow() < earlier!.End)
        {
            return earlier.Access;
        }

        // From before the question: the answer may be as old as that.
        var end = time.GetUtcNow() + options.Value.Pause;
        var access = await ask(name, cancellationToken);
        if (access is null)
        {
            _remembered.Remove(key);
            return null;
        }

        _remembered.Set(
            key,
            new Remembered(access, end),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = options.Value.Pause });
        return access;
    }

    public void Dispose() => _remembered.Dispose();

    private sealed record Remembered(CaseAccess Access, DateTimeOffset End);
}
