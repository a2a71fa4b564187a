using System.Globalization;

namespace FaultMaven.Sessions.Cases;

/// <summary>What a case amounts to: a fold over its events. The same events always give the same bytes.</summary>
internal sealed class CaseState
{
    private readonly Proto.Case _case;

    private CaseState(CaseName name)
    {
        Name = name;
        _case = new Proto.Case { Name = name.ToString() };
    }

    public CaseName Name { get; }

    public long Version => _case.Version;

    public string ETag => _case.Etag;

    public Proto.Case.Types.State State => _case.State;

    public bool IsClosed => State is Proto.Case.Types.State.Resolved or Proto.Case.Types.State.Closed;

    /// <summary>Folds the events of a case, which begin with its creation.</summary>
    public static CaseState Fold(CaseName name, IEnumerable<Proto.CaseEvent> events)
    {
        var state = new CaseState(name);
        foreach (var caseEvent in events)
        {
            state.Apply(caseEvent);
        }

        return state;
    }

    public Proto.Case ToProto() => _case.Clone();

    private void Apply(Proto.CaseEvent caseEvent)
    {
        _case.Version = caseEvent.Version;
        _case.Etag = caseEvent.Version.ToString(CultureInfo.InvariantCulture);
        _case.UpdateTime = caseEvent.CreateTime;
        switch (caseEvent.PayloadCase)
        {
            case Proto.CaseEvent.PayloadOneofCase.CaseCreated:
                _case.Title = caseEvent.CaseCreated.Title;
                _case.CreateTime = caseEvent.CreateTime;
                _case.State = Proto.Case.Types.State.Inquiry;
                break;
            case Proto.CaseEvent.PayloadOneofCase.MessageAdded:
                _case.MessageCount++;
                break;
            case Proto.CaseEvent.PayloadOneofCase.EvidenceAdded:
                _case.EvidenceCount++;
                break;
            case Proto.CaseEvent.PayloadOneofCase.TurnCompleted:
                _case.LastTurn = caseEvent.TurnCompleted.Turn;
                _case.Conclusion = caseEvent.TurnCompleted.Conclusion;
                _case.State = IsClosed ? State : Proto.Case.Types.State.Investigating;
                break;
            case Proto.CaseEvent.PayloadOneofCase.CaseClosed:
                _case.State = caseEvent.CaseClosed.State;
                break;
        }
    }
}
