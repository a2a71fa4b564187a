using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Store;

/// <summary>The indexes of the scopes that were used last, as many as may be in memory; any can be read from the store again.</summary>
internal sealed class ScopeIndexes(IOptions<RedactionOptions> options)
{
    private readonly long _limit = options.Value.IndexMegabytes * 1024L * 1024;
    private readonly Lock _lock = new();
    private readonly Dictionary<Scope, LinkedListNode<Held>> _held = [];

    // The one used last is first.
    private readonly LinkedList<Held> _byUse = new();
    private long _bytes;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Takes the index of a scope out, or a new one. Its taker has it alone until it is given back.</summary>
    public ScopeIndex Take(Scope scope)
    {
        lock (_lock)
        {
            if (!_held.Remove(scope, out var node))
            {
                return new ScopeIndex();
            }

            _byUse.Remove(node);
            _bytes -= node.Value.Bytes;
            return node.Value.Index;
        }
    }

    /// <summary>Gives an index back. What was not used for longest goes if there are too many; this one stays.</summary>
    public void Return(Scope scope, ScopeIndex index)
    {
        lock (_lock)
        {
            var held = new Held(scope, index, index.Bytes);
            _held.Add(scope, _byUse.AddFirst(held));
            _bytes += held.Bytes;
            while (_bytes > _limit && _byUse.Count > 1)
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _held.Remove(last.Scope);
                _bytes -= last.Bytes;
            }
        }
    }

    private sealed record Held(Scope Scope, ScopeIndex Index, long Bytes);
}
