using System.Diagnostics.CodeAnalysis;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;
using Problem = FaultMaven.Protos.Operations.V1.AuditLog.Types.Problem;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>Goes through a log from its first entry to its last, and finds the first where something is wrong.</summary>
internal sealed class AuditCheck(string service, Partition partition, AuditSeal seal, VerifyAuditLogsRequest known)
{
    private readonly AuditLog _log = new() { Name = new AuditLogName(service).ToString() };
    private readonly HashSet<long> _unfinished = [];
    private string _hash = AuditSeal.FirstOf(service, partition);
    private long _sequence;
    private long _removed;
    private bool _isKeyed;
    private bool _foundKnown;

    /// <summary>Reads an entry; false if it is none.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out AuditEntry? entry)
    {
        try
        {
            entry = AuditEntry.Parser.ParseFrom(bytes.Span);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            entry = null;
            return false;
        }
    }

    /// <summary>Goes on with the entries of a segment.</summary>
    public void Begin(AuditSegment segment)
    {
        if (_log.FirstSequence == 0)
        {
            // What was before may have been removed because of its age; the log has to say so.
            _log.FirstSequence = segment.First;
            _sequence = segment.First - 1;
            _hash = segment.First > 1 ? segment.PreviousHash : _hash;
        }

        // Its entries say the same, unless they are gone.
        Require(segment.First == _sequence + 1 && segment.PreviousHash == _hash, Problem.Order);
    }

    /// <summary>Goes on with an entry.</summary>
    public void Add(ReadOnlyMemory<byte> bytes)
    {
        _sequence++;
        _log.EntryCount++;
        if (!TryParse(bytes, out var entry))
        {
            Require(false, Problem.Unreadable, 0);
            return;
        }

        Require(entry.Sequence == _sequence && entry.PreviousHash == _hash, Problem.Order, 0);
        if (seal.Check(entry) is not Problem.Unspecified and var problem)
        {
            Require(false, problem, 0);
        }

        Require(entry.KeyId.Length > 0 || !_isKeyed, Problem.Unkeyed, 0);
        if (entry.Sequence == known.KnownSequence)
        {
            _foundKnown = true;
            Require(entry.Hash == known.KnownHash, Problem.NotAsKnown, 0);
        }

        _isKeyed |= entry.KeyId.Length > 0;
        _log.UnkeyedCount += entry.KeyId.Length > 0 ? 0 : 1;
        _hash = entry.Hash;
        _ = entry.Kind switch
        {
            AuditEntry.Types.Kind.Began => _unfinished.Add(entry.Sequence),
            AuditEntry.Types.Kind.Ended => _unfinished.Remove(entry.BeganSequence),
            _ => false,
        };
        if (entry.Kind == AuditEntry.Types.Kind.Removed)
        {
            _removed = Math.Max(_removed, entry.Count);
        }
    }

    /// <summary>What was found.</summary>
    public AuditLog End()
    {
        if (_log.FirstSequence > 1 && _removed < _log.FirstSequence - 1)
        {
            (_log.Problem, _log.ProblemSequence) = (Problem.Start, 1);
        }

        if (known.KnownSequence > 0 && !_foundKnown && known.KnownSequence > _removed)
        {
            Require(false, Problem.NotAsKnown);
        }

        _log.LastSequence = _log.EntryCount == 0 ? 0 : _sequence;
        _log.LastHash = _log.EntryCount == 0 ? "" : _hash;
        _log.UnfinishedCount = _unfinished.Count;
        return _log;
    }

    // The first problem counts. Between entries it is about the next one.
    private void Require(bool isRight, Problem problem, int ahead = 1)
    {
        if (!isRight && _log.ProblemSequence == 0)
        {
            (_log.Problem, _log.ProblemSequence) = (problem, _sequence + ahead);
        }
    }
}
