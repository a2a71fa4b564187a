using System.Globalization;
using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Store;

/// <summary>The keys of a scope in the store, all in one slot of a cluster.</summary>
internal readonly record struct ScopeKeys(Scope Scope)
{
    /// <summary>A <see cref="ScopeHead"/>. It stays for ever.</summary>
    public RedisKey Head => RedisKeys.For(ResourceNames.Redaction, Scope.Name, "head");

    /// <summary>A part of the <see cref="DigestLog"/>, which stays until the scope is forgotten.</summary>
    public RedisKey Digests(long chunk) =>
        RedisKeys.For(ResourceNames.Redaction, Scope.Name, "digests", chunk.ToString(CultureInfo.InvariantCulture));

    /// <summary>Some sealed values, which expire.</summary>
    public RedisKey Values(ValuePlace place) => RedisKeys.For(ResourceNames.Redaction, Scope.Name, "values", place.ToString());

    /// <summary>Where values of a generation may be, types in their order.</summary>
    public static IEnumerable<ValuePlace> Places(ScopeHead head, long generation)
    {
        foreach (var type in head.Types)
        {
            for (var block = 0L; block * ValueBlock.Size < type.Last; block++)
            {
                yield return new ValuePlace(generation, type.Name, block);
            }
        }
    }
}
