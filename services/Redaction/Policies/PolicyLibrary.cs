using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Policies;

/// <summary>Finds the policy that a call is to be served under. The built-in one needs no store; of the others the newest version is asked for each time.</summary>
internal sealed class PolicyLibrary(PolicyStore store, PolicyCompiler compiler, IOptions<RedactionOptions> options)
{
    private const int MaxCompiled = 100;

    // A version never changes, so it is never stale.
    private readonly ConcurrentDictionary<(string Id, long Version), CompiledPolicy> _compiled = new();

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

        if (!_compiled.TryGetValue((id, version.Value), out var compiled))
        {
            var policy = await store.FindAsync(new PolicyName(id, version), cancellationToken);
            if (policy is null)
            {
                return null;
            }

            if (_compiled.Count >= MaxCompiled)
            {
                _compiled.Clear();
            }

            compiled = _compiled[(id, version.Value)] = compiler.Compile(policy);
        }

        return compiled;
    }

    /// <summary>The policy of calls that name none.</summary>
    public PolicyName Configured { get; } =
        PolicyName.TryParse(options.Value.Policy, out var configured) ? configured.Value : PolicyName.Default;
}
