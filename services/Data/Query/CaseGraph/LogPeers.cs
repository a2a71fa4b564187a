using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Symptoms;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>
/// Finds in a log which program calls which host, and which calls it. Lines that say the same again are counted, without keeping anything
/// of them.
/// </summary>
internal sealed class LogPeers(GraphBuilder graph, CitedFile file)
{
    private const int MaxPeers = 2_000;
    private const int MaxCallers = 40;
    private const int MaxMessage = 1_024;
    private const int MaxAssignments = 2_000;

    private static readonly System.Buffers.SearchValues<char> s_inProgram =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly Dictionary<string, Peer> _peers = new(StringComparer.Ordinal);
    private readonly char[] _key = new char[512];
    private int _callers;
    private int _assignments;

    /// <summary>Reads a log of any length.</summary>
    public void Read(TextReader log, CancellationToken cancellationToken)
    {
        LogReader.Read(log, file.Time, See, cancellationToken);
        Complete();
    }

    /// <summary>Reads the entries of a log inside a document.</summary>
    public void Read(IEnumerable<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            See(LogEvent.Of(entry));
        }

        Complete();
    }

    private void See(in LogEvent logged)
    {
        var message = logged.Message[..Math.Min(logged.Message.Length, MaxMessage)];
        var addresses = new AddressText(message);
        while (addresses.MoveNext())
        {
            if (PeerDirections.Of(message, in addresses) is not PeerDirection.None and var direction)
            {
                Add(direction, in logged, addresses.Host, addresses.Port);
            }
        }

        if (After(message, "client: ") is { IsEmpty: false } client)
        {
            Add(PeerDirection.Caller, in logged, client, default);
        }

        if (TargetAddress.NotFound(message) is { IsEmpty: false } missing && AddressText.IsHost(missing))
        {
            Add(PeerDirection.Called, in logged, missing, default);
        }

        if (AssignmentText.IsIn(message) && _assignments++ < MaxAssignments)
        {
            AssignmentText.Read(message.ToString(), graph, file.Cite(logged.StartLine, logged.FirstLine));
        }
    }

    // client: 192.0.2.10, server: shop.example.com
    private static ReadOnlySpan<char> After(ReadOnlySpan<char> message, string mark)
    {
        var at = message.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return default;
        }

        var rest = message[(at + mark.Length)..];
        var end = rest.IndexOfAny(" ,;\n\"");
        var word = end < 0 ? rest : rest[..end];
        return AddressText.IsHost(word) ? word : default;
    }

    private void Add(PeerDirection direction, in LogEvent logged, ReadOnlySpan<char> host, ReadOnlySpan<char> port)
    {
        // Of callers there may be millions; their ports are their system's choice.
        port = direction == PeerDirection.Caller ? default : port;
        var speaker = logged.Source.AsSpan()[..Math.Min(logged.Source.Length, 128)];
        if (!_key.AsSpan().TryWrite($"{(int)direction}|{speaker}|{host}|{port}", out var length))
        {
            return;
        }

        var lookup = _peers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(_key.AsSpan(0, length), out var known))
        {
            known.Count++;
        }
        else if (_peers.Count < MaxPeers && (direction != PeerDirection.Caller || _callers++ < MaxCallers))
        {
            lookup[_key.AsSpan(0, length)] = new Peer(direction, logged.Source, host.ToString(), port.ToString(),
                file.Cite(logged.StartLine, logged.FirstLine));
        }
    }

    private void Complete()
    {
        foreach (var peer in _peers.Values)
        {
            var log = graph.Mention(ObjectKind.File, "", file.Name, peer.Citation);
            log.IsLog = true;
            var speaker = log;
            if (IsProgram(peer.Source))
            {
                speaker = graph.Mention(ObjectKind.Service, "", peer.Source, peer.Citation);
                speaker.LogFile ??= log;
            }

            var other = graph.Address(peer.Host, peer.Port, peer.Citation);
            var (from, to) = peer.Direction == PeerDirection.Caller ? (other, speaker) : (speaker, other);
            graph.Relate(peer.Direction == PeerDirection.Resolver ? Proto.RelationType.ResolvesBy : Proto.RelationType.Calls, from, to,
                peer.Citation, peer.Port.Length > 0 ? $"port {peer.Port}" : "", count: peer.Count);
        }

        _peers.Clear();
    }

    // web-api, nginx; not com.example.Orders, main.go:12 or [worker 3].
    private static bool IsProgram(string source) => source.Length is >= 3 and <= 63
        && !source.AsSpan().ContainsAnyExcept(s_inProgram) && char.IsAsciiLetter(source[0]);

    private sealed class Peer(PeerDirection direction, string source, string host, string port, Proto.Citation citation)
    {
        public PeerDirection Direction { get; } = direction;

        public string Source { get; } = source;

        public string Host { get; } = host;

        public string Port { get; } = port;

        public Proto.Citation Citation { get; } = citation;

        public long Count { get; set; } = 1;
    }
}
