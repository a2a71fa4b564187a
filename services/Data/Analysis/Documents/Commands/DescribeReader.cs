using System.Globalization;
using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Documents.Events;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Commands;

/// <summary>Reads what <c>kubectl describe</c> prints of pods, nodes and deployments, one object after another.</summary>
internal sealed partial class DescribeReader(SignalBuilder signals)
{
    private string _name = "";
    private string _section = "";
    private string _container = "";
    private string _state = "";
    private string _limit = "";
    private string _restarts = "";
    private string _exitCode = "";
    private string _reason = "";
    private bool _isPod;
    private bool _isNode;
    private int _sick;
    private LineRange _at;
    private (string Status, LineRange At)? _status;

    /// <summary>Whether a text is of this kind: it begins with a name, followed by the namespace, labels or roles.</summary>
    public static bool IsDescription(SourceText text)
    {
        for (var number = 1; number < Math.Min(text.LineCount, 6); number++)
        {
            if (text.Line(number).StartsWith("Name: ", StringComparison.Ordinal))
            {
                var next = text.Line(text.Line(number + 1).IsWhiteSpace() ? number + 2 : number + 1);
                return next.StartsWith("Namespace: ", StringComparison.Ordinal) || next.StartsWith("Roles: ", StringComparison.Ordinal)
                    || next.StartsWith("Labels: ", StringComparison.Ordinal);
            }
        }

        return false;
    }

    public void Read(SourceText text, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= text.LineCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number);
            if (line.Length <= 4096 && !line.IsWhiteSpace())
            {
                ReadLine(line.ToString(), number);
            }
        }

        EndContainer();
        EndObject();
    }

    private void ReadLine(string line, int number)
    {
        var indent = line.Length - line.AsSpan().TrimStart().Length;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 0 ? "" : line[..colon].Trim();
        var value = colon < 0 ? "" : line[(colon + 1)..].Trim();
        if (indent == 0)
        {
            EndContainer();
            _section = key;
            ReadHead(key, value, number);
            return;
        }

        switch (_section)
        {
            case "Containers" or "Init Containers":
                ReadContainer(indent, key, value, number);
                break;
            case "Conditions" when _isNode:
                ReadCondition(line, number);
                break;
            case "Events":
                ReadEvent(line, number);
                break;
        }
    }

    private void ReadHead(string key, string value, int number)
    {
        switch (key)
        {
            case "Name":
                EndObject();
                (_name, _isPod, _isNode, _sick, _status) = (value, false, false, 0, null);
                break;
            case "Containers":
                _isPod = _status is not null;
                break;
            case "Roles" or "Capacity":
                _isNode = true;
                break;
            case "Status":
                _status = (value, new LineRange(number, number));
                break;
            case "Replicas" when Replicas().Match(value) is { Success: true } match:
                ReadReplicas(match, number);
                break;
        }
    }

    // Replicas:  3 desired | 3 updated | 3 total | 1 available | 2 unavailable
    private void ReadReplicas(Match match, int number)
    {
        var (wanted, available) = (match.Groups["wanted"].Value, match.Groups["available"].Value);
        var isShort = available != wanted
            && double.Parse(available, CultureInfo.InvariantCulture) < double.Parse(wanted, CultureInfo.InvariantCulture);
        signals.Add(new SignalDraft(isShort ? "deployment.unavailable"
            : "deployments.available", $"deployment/{_name}", $"Deployment {_name} has {available} of {wanted} replicas available.",
            new LineRange(number, number))
        {
            Severity = !isShort ? Proto.Severity.Info : available == "0" ? Proto.Severity.Critical : Proto.Severity.Error,
            State = isShort ? Proto.SignalState.Active : Proto.SignalState.Normal,
            Surprise = isShort ? 0.7 : 0.1,
            Attributes = [("wanted", wanted), ("ready", available)],
        });
    }

    //   web:
    //     State:          Waiting
    //       Reason:       CrashLoopBackOff
    //     Last State:     Terminated
    //       Reason:       OOMKilled
    //       Exit Code:    137
    private void ReadContainer(int indent, string key, string value, int number)
    {
        if (indent <= 2 && value.Length == 0 && key.Length > 0)
        {
            EndContainer();
            (_container, _at) = (key, new LineRange(number, number));
            return;
        }

        switch (key)
        {
            case "State" or "Last State":
                _state = $"{key} {value}";
                _at = new LineRange(Math.Min(_at.First, number), number, number);
                break;
            case "Reason" when _state.Length > 0:
                _at = new LineRange(_at.First, number, _reason.Length == 0 || value is "OOMKilled" ? number : _at.Telling);
                _reason = value is "OOMKilled" || _reason.Length == 0 ? value : _reason;
                break;
            case "Exit Code" when _state.StartsWith("Last", StringComparison.Ordinal) || _exitCode.Length == 0:
                _exitCode = value;
                break;
            case "Restart Count":
                _restarts = value;
                break;
            case "memory" when _limit.Length == 0:
                _limit = value;
                break;
        }
    }

    private void EndContainer()
    {
        var kind = _reason switch
        {
            "OOMKilled" => "pod.oom_killed",
            "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "ErrImageNeverPull" => "pod.image_pull_failed",
            "CreateContainerConfigError" => "pod.config_missing",
            "CrashLoopBackOff" or "Error" or "ContainerCannotRun" => "pod.crash_loop",
            _ => "",
        };
        if (kind.Length > 0 && _container.Length > 0)
        {
            _sick++;
            var limit = kind == "pod.oom_killed" && _limit.Length > 0 ? $" (limit {_limit})" : "";
            Add(kind, $"pod/{_name}",
                $"Container {_container} of pod {_name}: {_reason}{limit}{(_exitCode.Length > 0 ? $", exit code {_exitCode}" : "")}"
                + $"{(_restarts.Length > 0 ? $", {_restarts} restarts" : "")}.", Proto.Severity.Error, _at,
                [("container", _container), ("reason", _reason),
                    ("exit_code", kind is "pod.oom_killed" or "pod.crash_loop" ? _exitCode : null),
                    ("restarts", kind is "pod.oom_killed" or "pod.crash_loop" ? _restarts : null),
                 ("limit", kind == "pod.oom_killed" ? _limit : null)]);
        }

        (_container, _state, _limit, _restarts, _exitCode, _reason) = ("", "", "", "", "", "");
    }

    private void EndObject()
    {
        if (_isPod && _status is var (status, at) && _sick == 0)
        {
            var isWell = status is "Running" or "Succeeded";
            if (!isWell)
            {
                Add(status == "Evicted" ? "pod.evicted" : "pod.not_ready", $"pod/{_name}", $"Pod {_name} is {status}.",
                    Proto.Severity.Warning, at, [("reason", status)]);
            }
        }
    }

    // MemoryPressure True Wed, 01 May 2024 10:00:00 +0000 Wed, 01 May 2024 09:00:00 +0000 KubeletHasInsufficientMemory kubelet has …
    private void ReadCondition(string line, int number)
    {
        var cells = Gap().Split(line.Trim());
        if (cells.Length < 2)
        {
            return;
        }

        var (type, isTrue) = (cells[0], Values.Flag(cells[1]));
        var said = cells.Length >= 5 ? cells[^1] : "";
        if (type == "Ready" && isTrue != true && cells[1] is "False" or "Unknown")
        {
            _sick++;
            Add("node.not_ready", $"node/{_name}", $"Node {_name} is not Ready ({cells[1]}): {said}", Proto.Severity.Critical,
                new LineRange(number, number), [("reason", cells.Length >= 5 ? cells[^2] : ""), ("message", said)]);
        }
        else if (type.EndsWith("Pressure", StringComparison.Ordinal) && isTrue == true)
        {
            _sick++;
            Add("node.pressure", $"node/{_name}", $"Node {_name} has {type}: {said}", Proto.Severity.Error, new LineRange(number, number),
                [("resource", type[..^"Pressure".Length].ToUpperInvariant() switch { "MEMORY" => "memory", "DISK" => "storage", _ =>
                    "other" }), ("message", said)]);
        }
    }

    //   Warning  BackOff    2m (x8 over 20m)     kubelet            Back-off restarting failed container
    private void ReadEvent(string line, int number)
    {
        var cells = Gap().Split(line.Trim());
        if (cells.Length < 5 || cells[0] is not ("Warning" or "Normal"))
        {
            return;
        }

        var message = string.Join(' ', cells.Skip(4));
        var count = Times().Match(cells[2]) is { Success: true } times && int.TryParse(times.Groups["count"].Value, out var counted)
            ? counted : 1;
        var found = new KubernetesEvent(null!, cells[1], message, cells[0] == "Warning", count, _isNode ? "Node" : _isPod ? "Pod"
            : "Deployment", _name, null, null);
        if (EventMeaning.Of(found) is { } meaning)
        {
            signals.Add(new SignalDraft(meaning.Kind, meaning.Subject, $"Event {found.Reason} on {found.Object}: {message}",
                new LineRange(number, number))
            {
                Severity = meaning.Severity,
                State = EventPhrases.SaysItEnded(message) ? Proto.SignalState.Recovered : meaning.State,
                Surprise = meaning.Severity >= Proto.Severity.Error ? 0.6 : 0.2,
                Attributes = [("reason", found.Reason), ("message", message), ("count", count), .. meaning.Attributes],
            });
        }
    }

    private void Add(string kind, string subject, string summary, Proto.Severity severity, LineRange at, (string, object?)[] attributes) =>
        signals.Add(new SignalDraft(kind, subject, summary, at) { Severity = severity, Surprise = severity >= Proto.Severity.Error ? 0.7
            : 0.3, Attributes = attributes });

    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"\(x(?<count>\d{1,9}) over", RegexOptions.ExplicitCapture)]
    private static partial Regex Times();

    [GeneratedRegex(@"^(?<wanted>\d{1,7}) desired \|.{0,80}?(?<available>\d{1,7}) available", RegexOptions.ExplicitCapture)]
    private static partial Regex Replicas();
}
