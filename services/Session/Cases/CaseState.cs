using System.Globalization;
using FaultMaven.Protos;
using FaultMaven.Protos.Names;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Sessions.Cases;

/// <summary>What a case amounts to: a fold over its events. The same events always give the same bytes.</summary>
internal sealed class CaseState
{
    private readonly Proto.Case _case;

    private CaseState(CaseName name, Proto.Case folded)
    {
        Name = name;
        _case = folded;
    }

    public CaseName Name { get; }

    /// <summary>How many events it has.</summary>
    public long Version => _case.Etag.Length == 0 ? 0 : long.Parse(_case.Etag, CultureInfo.InvariantCulture);

    public string ETag => _case.Etag;

    public string Title => _case.Title;

    public Proto.Case.Types.State State => _case.State;

    /// <summary>When its last event was added. Null if it has none.</summary>
    public Timestamp? UpdateTime => _case.UpdateTime;

    public string Owner => _case.Owner;

    /// <summary>Who may do what in it.</summary>
    public CaseAccess Access => CaseAccess.Of(_case);

    public bool IsClosed => State == Proto.Case.Types.State.Closed;

    /// <summary>A case before its first event.</summary>
    public static CaseState Before(CaseName name) => new(name, new Proto.Case { Name = name.ToString() });

    /// <summary>Reads what <see cref="ToProto"/> gave.</summary>
    public static CaseState Read(ReadOnlySpan<byte> bytes)
    {
        var folded = Proto.Case.Parser.ParseFrom(bytes);
        return CaseName.TryParse(folded.Name, out var name)
            ? new CaseState(name, folded)
            : throw new InvalidDataException("A stored case has no valid name.");
    }

    /// <summary>The case after these events.</summary>
    public CaseState After(IEnumerable<Proto.CaseEvent> events)
    {
        var after = new CaseState(Name, _case.Clone());
        foreach (var caseEvent in events)
        {
            after.Apply(caseEvent);
        }

        return after;
    }

    public Proto.Case ToProto() => _case.Clone();

    /// <summary>The same without a copy: it must not be changed.</summary>
    public Proto.Case Folded => _case;

    private void Apply(Proto.CaseEvent caseEvent)
    {
        _case.Etag = caseEvent.Version.ToString(CultureInfo.InvariantCulture);
        _case.UpdateTime = caseEvent.CreateTime;
        switch (caseEvent.PayloadCase)
        {
            case Proto.CaseEvent.PayloadOneofCase.CaseCreated:
                CaseFields.Copy(caseEvent.CaseCreated.Case ?? new Proto.Case(), _case, CaseFields.All);
                _case.Title = caseEvent.CaseCreated.Title;
                _case.Owner = caseEvent.CaseCreated.Case?.Owner ?? "";
                _case.Access = caseEvent.CaseCreated.Case?.Access ?? Proto.Case.Types.Access.Unspecified;
                _case.CreateTime = caseEvent.CreateTime;
                _case.State = Proto.Case.Types.State.Inquiry;
                break;
            case Proto.CaseEvent.PayloadOneofCase.CaseUpdated:
                Apply(caseEvent.CaseUpdated);
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
                _case.State = Proto.Case.Types.State.Closed;
                _case.Resolution = caseEvent.CaseClosed.Resolution;
                _case.CloseTime = caseEvent.CreateTime;
                AddLink(Proto.CaseLink.Types.Relation.DuplicateOf, caseEvent.CaseClosed.DuplicateOf);
                break;
            case Proto.CaseEvent.PayloadOneofCase.CaseReopened:
                _case.State = _case.LastTurn.Length > 0 ? Proto.Case.Types.State.Investigating : Proto.Case.Types.State.Inquiry;
                _case.Resolution = Proto.Case.Types.Resolution.Unspecified;
                _case.CloseTime = null;
                break;
            case Proto.CaseEvent.PayloadOneofCase.CaseShared:
                CaseMembers.Set(_case, caseEvent.CaseShared.Member);
                break;
            case Proto.CaseEvent.PayloadOneofCase.CaseUnshared:
                CaseMembers.Remove(_case, caseEvent.CaseUnshared.Member);
                break;
            case Proto.CaseEvent.PayloadOneofCase.CaseTransferred:
                CaseMembers.Transfer(_case, caseEvent.CaseTransferred.Owner);
                break;
            case Proto.CaseEvent.PayloadOneofCase.CaseAccessChanged:
                _case.Access = caseEvent.CaseAccessChanged.Access;
                break;
        }
    }

    private void Apply(Proto.CaseUpdated updated)
    {
        var changed = updated.Case?.Clone() ?? new Proto.Case();
        changed.Title = updated.Title;
        CaseFields.Copy(changed, _case, updated.UpdateMask?.Paths ?? [CaseFields.Title]);
    }

    private void AddLink(Proto.CaseLink.Types.Relation relation, string other)
    {
        var link = new Proto.CaseLink { Relation = relation, Case = other };
        if (other.Length > 0 && !_case.Links.Contains(link))
        {
            _case.Links.Add(link);
        }
    }
}
