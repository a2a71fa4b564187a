using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Tests.Shared;

/// <summary>Options for what is made without a host.</summary>
public static class MadeOptions
{
    /// <summary>Options that are the same for all tenants, but for some.</summary>
    public static TenantOptions<T> ForAll<T>(T options, IReadOnlyDictionary<string, T>? own = null)
        where T : class => new(new Monitor<T>(options, own ?? new Dictionary<string, T>()));

    private sealed class Monitor<T>(T common, IReadOnlyDictionary<string, T> own) : IOptionsMonitor<T>
    {
        public T CurrentValue => common;

        public T Get(string? name) => own.GetValueOrDefault(name ?? "", common);

        public IDisposable? OnChange(Action<T, string?> listener) => null;
    }
}
