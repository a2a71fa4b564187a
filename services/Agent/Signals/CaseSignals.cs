namespace FaultMaven.Agents.Signals;

/// <summary>The signals of a case, grouped by role.</summary>
internal sealed class CaseSignals
{
    private readonly ILookup<SignalRole, Data.Signal> _byRole;

    public CaseSignals(IEnumerable<Data.Signal> signals)
    {
        All = [.. signals];
        _byRole = All.ToLookup(signal => signal.Role());
    }

    /// <summary>All signals, most severe first, then by time.</summary>
    public IReadOnlyList<Data.Signal> All { get; }

    public IEnumerable<Data.Signal> Symptoms => _byRole[SignalRole.Symptom];

    public IEnumerable<Data.Signal> Oddities => _byRole[SignalRole.Oddity];

    public IEnumerable<Data.Signal> Recovered => _byRole[SignalRole.Recovered];

    public IEnumerable<Data.Signal> Normal => _byRole[SignalRole.Normal];

    public IEnumerable<Data.Signal> Changes => _byRole[SignalRole.Change];

    public IEnumerable<Data.Signal> Alerts => _byRole[SignalRole.Alert];

    /// <summary>The same case as it was before the failure ended: recovered signals count as active, normal ones are unknown.</summary>
    public CaseSignals BeforeRecovery() => new(All
        .Where(signal => signal.State != Data.SignalState.Normal)
        .Select(signal =>
        {
            var then = signal.Clone();
            then.State = Data.SignalState.Active;
            return then;
        }));
}
