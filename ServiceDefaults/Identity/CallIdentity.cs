namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>For whom work is done: a call that is served, an event that is consumed, a turn that a worker runs.</summary>
/// <param name="Principal">For whom.</param>
/// <param name="Via">The service that has it done in the course of its own work; null if they make the call themselves.</param>
public sealed record CallIdentity(Principal Principal, string? Via)
{
    private static readonly AsyncLocal<Work?> s_work = new();

    /// <summary>
    /// The identity that the running code works for. It is set where work begins, and flows into all that is awaited or started there.
    /// </summary>
    /// <exception cref="InvalidOperationException">The code does not run for a caller, so it must not touch a tenant's data.</exception>
    public static CallIdentity Current =>
        s_work.Value?.Identity ?? throw new InvalidOperationException("No call, event or stored work has said for whom this is done.");

    /// <summary>
    /// The identity of calls that the running code makes to other services, and of what it leaves to be done later; null where it works for
    /// no one.
    /// </summary>
    internal static CallIdentity? Onward => s_work.Value is { } work ? work.Identity with { Via = work.Service } : null;

    /// <summary>The identity of a service that cleans up in a tenant on its own account.</summary>
    public static CallIdentity OfService(string service, string tenant) =>
        new(new Principal(tenant, service, PrincipalKind.Service, []), Via: null);

    /// <summary>Begins work for this identity, until the result is disposed of by the same method.</summary>
    /// <param name="service">The service that does it, such as <c>agent</c>.</param>
    public Entered Enter(string service)
    {
        var before = s_work.Value;
        s_work.Value = new Work(this, service);
        return new Entered(before);
    }

    /// <summary>The work that was begun; what was done before goes on once it is disposed of.</summary>
    public readonly struct Entered : IDisposable
    {
        private readonly Work? _before;

        internal Entered(Work? before) => _before = before;

        /// <inheritdoc/>
        public void Dispose() => s_work.Value = _before;
    }

    internal sealed record Work(CallIdentity Identity, string Service);
}
