using System.Globalization;
using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Commands;

/// <summary>Reads the sockets that netstat and ss list: which states pile up, and whose queue of new connections is full.</summary>
internal sealed partial class SocketReader(SignalBuilder signals)
{
    /// <summary>Connections that the peer closed and this side did not: more than a few are a leak.</summary>
    private const int ManyUnclosed = 50;

    private const int ManyHalfOpen = 100;

    /// <summary>They end by themselves after a minute; so many use up the ports for calls to one peer.</summary>
    private const int ManyWaiting = 10_000;

    private readonly Dictionary<string, (int Count, int First, int Last)> _states = [];
    private int _sockets;
    private int _troubles;

    /// <summary>Reads a line about a socket; false if it is not one.</summary>
    public bool ReadLine(string line, int number)
    {
        // tcp        0      0 10.0.0.5:8080   10.0.0.7:51514   CLOSE_WAIT   (netstat)
        // tcp   LISTEN     129    128    0.0.0.0:8080   0.0.0.0:*           (ss)
        if (line.Length > 1000 || Socket().Match(line) is not { Success: true } match)
        {
            return false;
        }

        var isListed = match.Groups["early"].Success;
        var state = (isListed ? match.Groups["early"] : match.Groups["late"]).Value.Replace('_', '-');
        if (state.Length == 0)
        {
            return true;
        }

        _sockets++;
        var known = _states.GetValueOrDefault(state, (0, number, number));
        _states[state] = (known.Item1 + 1, known.Item2, number);

        // For a listening socket, ss shows how many connections wait, and how many may.
        if (isListed && state == "LISTEN" && int.TryParse(match.Groups["received"].Value, out var waiting)
            && int.TryParse(match.Groups["sent"].Value, out var most) && most > 0 && waiting >= most)
        {
            _troubles++;
            signals.Add(new SignalDraft("host.listen_queue_full", $"socket/{match.Groups["local"].Value}",
                $"{waiting} connections wait to be accepted at {match.Groups["local"].Value}, where {most} may.",
                new LineRange(number, number))
            {
                Severity = Proto.Severity.Error,
                Surprise = 0.7,
                Attributes = [("target", match.Groups["local"].Value), ("value", waiting), ("limit", most)],
            });
        }

        return true;
    }

    public void Complete()
    {
        foreach (var (state, (count, first, last)) in _states)
        {
            var many = state switch { "CLOSE-WAIT" => ManyUnclosed, "SYN-RECV" or "SYN-SENT" => ManyHalfOpen, "TIME-WAIT" =>
                ManyWaiting, _ => int.MaxValue };
            if (count >= many)
            {
                _troubles++;
                signals.Add(new SignalDraft("host.sockets_piling_up", $"socket/{state}", $"{count} of {_sockets} sockets are in {state}.",
                    new LineRange(first, last))
                {
                    Surprise = 0.6,
                    Attributes = [("state", state), ("count", count)],
                });
            }
        }

        if (_troubles == 0 && _sockets > 0)
        {
            var most = _states.MaxBy(state => state.Value.Count);
            signals.Add(new SignalDraft("metric.within_bounds", "metric/sockets",
                $"{_sockets} sockets are listed and none of their states accumulates; most are {most.Key}.",
                new LineRange(most.Value.First, most.Value.Last))
            {
                Severity = Proto.Severity.Info,
                State = Proto.SignalState.Normal,
                Surprise = 0.1,
                Attributes =
                    [("metric", "sockets"), ("resource", "connections"), ("value", _sockets.ToString(CultureInfo.InvariantCulture))],
            });
        }
    }

    [GeneratedRegex(@"^\s*((tcp|udp)6?\s+)?((?<early>LISTEN|ESTAB|[A-Z]{3,5}-[A-Z]{3,5}(-[12])?|CLOSING|UNCONN)\s+)?"
        + @"(?<received>\d{1,10})\s+(?<sent>\d{1,10})\s+(?<local>\S{1,80}:\S{1,20})\s+(?<peer>\S{1,80}:\S{1,20})(\s+(?<late>LISTEN"
        + @"|ESTABLISHED|[A-Z]{3,5}_[A-Z]{3,5}[12]?|CLOSING)\b)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Socket();
}
