using FaultMaven.ServiceDefaults.Identity;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Policies;

/// <summary>
/// Finds the policy that a call is to be served under. The built-in one needs no store; of the others the newest version is looked up
/// each time.
/// </summary>
internal sealed class PolicyLibrary(PolicyStore store, PolicyCompiler compiler, IOptions<RedactionOptions> options) : IDisposable
{
    // In patterns: a compiled pattern takes far more memory than anything else of a policy.
    private const int MaxCompiled = 1000;

    // A version never changes, so an entry is never stale.
    private readonly MemoryCache _compiled = new(new MemoryCacheOptions { SizeLimit = MaxCompiled });

    /// <summary>The policy of calls that name none.</summary>
    public PolicyName Configured { get; } =
        PolicyName.TryParse(options.Value.Policy, out var configured) ? configured.Value : PolicyName.Default;

    /// <summary>The policy of a call, or null if there is none of this name.</summary>
    /// <param name="name">What the call names; null for the configured one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CompiledPolicy?> FindAsync(PolicyName? name, CancellationToken cancellationToken)
    {
        var (id, asked) = name ?? Configured;
        if (id == PolicyName.Default.Id)
        {
            return asked is null || asked == PolicyCompiler.BuiltIn.Version ? compiler.Default : null;
        }

        var version = asked is null ? await store.FindLatestAsync(id, cancellationToken)
            : await store.HasAsync(id, asked.Value, cancellationToken) ? asked
            : null;
        if (version is null)
        {
            return null;
        }

        var found = new PolicyName(id, version);
        var key = (CallIdentity.Current.Principal.Tenant, found);
        if (!_compiled.TryGetValue(key, out CompiledPolicy? compiled) && await store.FindAsync(found, cancellationToken) is { } policy)
        {
            var size = 1 + policy.CustomRecognizers.Count + policy.AllowedPatterns.Count;
            compiled = _compiled.Set(key, compiler.Compile(policy), new MemoryCacheEntryOptions { Size = size });
        }

        return compiled;
    }

    public void Dispose() => _compiled.Dispose();
}
