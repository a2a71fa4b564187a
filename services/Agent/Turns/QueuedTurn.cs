using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Identity;

namespace FaultMaven.Agents.Turns;

/// <summary>A turn that waits for a worker.</summary>
/// <param name="Name">The turn, unique in its tenant.</param>
/// <param name="Identity">For whom it is run.</param>
internal sealed record QueuedTurn(TurnName Name, CallIdentity Identity)
{
    /// <summary>The turn, unique in this process.</summary>
    public TenantTurn Key => new(Identity.Principal.Tenant, Name);

    /// <summary>A turn of the one who is worked for.</summary>
    public static QueuedTurn OfCaller(TurnName name) => new(name, CallIdentity.Current);

    /// <summary>Reads what <see cref="ToBytes"/> wrote; false if it is not that.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> value, [NotNullWhen(true)] out QueuedTurn? turn)
    {
        turn = null;
        try
        {
            if (JsonSerializer.Deserialize<Stored>(value.Span) is { Name: { } name, Identity.Principal.Tenant.Length: > 0 } stored
                && TurnName.TryParse(name, out var parsed))
            {
                turn = new QueuedTurn(parsed, stored.Identity);
            }
        }
        catch (JsonException)
        {
            // Not one.
        }

        return turn is not null;
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Stored($"{Name}", Identity));

    private sealed record Stored(string Name, CallIdentity Identity);
}

/// <summary>A turn of a tenant.</summary>
internal readonly record struct TenantTurn(string Tenant, TurnName Name)
{
    /// <summary>A turn of the tenant that is worked for.</summary>
    public static TenantTurn OfCaller(TurnName name) => new(CallIdentity.Current.Principal.Tenant, name);
}
