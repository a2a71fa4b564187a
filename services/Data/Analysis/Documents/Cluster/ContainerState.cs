using System.Buffers;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>
/// What is known of a container, from <c>containerStatuses[]</c> of a pod or from a tool that flattened it:
/// <c>{"name": "web", "restart_count": 3, "state": {"waiting": true, "reason": "CrashLoopBackOff"}}</c>.
/// </summary>
internal sealed class ContainerState
{
    private static readonly SearchValues<char> s_ends = SearchValues.Create(",; )]\n");

    private ContainerState(Node node, Node? spec, bool isInit)
    {
        Node = node;
        IsInit = isInit;
        Name = node.TextOf("name", "container", "container_name");
        NameNode = node.First("name", "container", "container_name");
        RestartsNode = node.First("restartCount", "restarts");
        Restarts = (int)Math.Clamp(node.NumberOf("restartCount", "restarts") ?? 0, 0, int.MaxValue);
        Image = node.TextOf("image") is { Length: > 0 } image ? image : spec?.TextOf("image") ?? "";
        LimitNode = node.First("resources/limits/memory", "limits/memory", "memory_limit") ?? spec?.First("resources/limits/memory");
        Limit = LimitNode?.Text ?? "";

        var state = node.First("state", "current_state", "status");
        var terminated = Part(state, "terminated");
        var waiting = Part(state, "waiting");
        var last = node.First("lastState", "lastTerminationState", "last_terminated", "lastTermination", "previous_state");
        var lastTerminated = last?.First("terminated") is { IsMap: true } nested ? nested : last;

        StateNode = state;
        LastNode = lastTerminated is { IsMap: true, Members.Count: > 0 } or { IsScalar: true } ? lastTerminated : null;
        WaitingReason = waiting?.TextOf("reason") is { Length: > 0 } reason ? reason
            : node.TextOf("waiting_reason", "state_reason", "reason");
        Message =
            FirstText(waiting?.TextOf("message"), terminated?.TextOf("message"), lastTerminated?.TextOf("message"), node.TextOf("message"));
        TerminatedReason = FirstText(
            terminated?.TextOf("reason"), lastTerminated?.TextOf("reason"),
            node.TextOf("last_terminated_reason", "termination_reason", "last_reason"),
            After(Message, "reason=", "reason: "));
        ExitCode = terminated?.NumberOf("exitCode") ?? lastTerminated?.NumberOf("exitCode") ?? state?.NumberOf("exitCode")
            ?? node.NumberOf("exitCode", "last_exit_code", "last_terminated_exit_code")
            ?? (Values.TryNumber(After(Message, "exit_code=", "exit code: ", "exit code ", "exitCode="), out var code) ? code : null);
        EndedAt = lastTerminated?.TimeOf("finishedAt") ?? terminated?.TimeOf("finishedAt");
        StartedAt = state?.TimeOf("running/startedAt", "startedAt") ?? node.TimeOf("started_at");

        IsTerminated = terminated is not null;
        var says = state is { IsScalar: true } ? state.Text : "";
        IsReady = Values.Flag(node.TextOf("ready")) ?? (says.Equals("running", StringComparison.OrdinalIgnoreCase) ? null : false);
        IsRunning = Part(state, "running") is not null || says.Equals("running", StringComparison.OrdinalIgnoreCase);
    }

    public Node Node { get; }

    public Node? NameNode { get; }

    public Node? RestartsNode { get; }

    public Node? StateNode { get; }

    /// <summary>How it ended the last time, if it did.</summary>
    public Node? LastNode { get; }

    public bool IsInit { get; }

    public string Name { get; }

    public int Restarts { get; }

    public string Image { get; }

    public Node? LimitNode { get; }

    /// <summary>Its memory limit as written, such as <c>512Mi</c>.</summary>
    public string Limit { get; }

    public string WaitingReason { get; }

    public string TerminatedReason { get; }

    public string Message { get; }

    public double? ExitCode { get; }

    public DateTimeOffset? StartedAt { get; }

    public DateTimeOffset? EndedAt { get; }

    /// <summary>Whether it is ready; null if nothing says.</summary>
    public bool? IsReady { get; }

    public bool IsRunning { get; }

    public bool IsTerminated { get; }

    public bool WasOutOfMemory => TerminatedReason.Contains("OOMKilled", StringComparison.OrdinalIgnoreCase)
        || WaitingReason.Contains("OOMKilled", StringComparison.OrdinalIgnoreCase)
            || Message.Contains("OOMKilled", StringComparison.OrdinalIgnoreCase);

    /// <summary>All parts of it that describe its state.</summary>
    public LineRange?[] Places => [StateNode, LastNode, RestartsNode, NameNode];

    public static IEnumerable<ContainerState> Of(Node pod)
    {
        foreach (var (names, specs, isInit) in ((string[] Names, string Specs, bool IsInit)[])
            [
                (["status/initContainerStatuses", "initContainerStatuses", "initContainers"], "spec/initContainers", true),
                (["status/containerStatuses", "containerStatuses", "containers"], "spec/containers", false),
            ])
        {
            var list = pod.First(names);
            foreach (var node in list?.Items ?? [])
            {
                if (node.IsMap)
                {
                    var spec = pod.First(specs)?.Items.FirstOrDefault(item => item.TextOf("name") == node.TextOf("name"));
                    yield return new ContainerState(node, spec, isInit || Values.Flag(node.TextOf("init", "is_init")) == true);
                }
            }
        }
    }

    /// <summary>
    /// <c>state</c> is <c>{"waiting": {"reason": …}}</c>, or <c>{"waiting": true, "reason": …}</c>, or <c>{"state": "waiting", "reason":
    /// …}</c>.
    /// </summary>
    private static Node? Part(Node? state, string part)
    {
        var found = state?.First(part);
        return found is { IsMap: true } ? found
            : found is { IsScalar: true } && Values.Flag(found.Text) == true ? state
            : state is { IsMap: true } && Names.Same(state.TextOf("state", "status", "type"), part) ? state
            : null;
    }

    private static string FirstText(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                return text;
            }
        }

        return "";
    }

    private static string After(string message, params ReadOnlySpan<string> marks)
    {
        foreach (var mark in marks)
        {
            var at = message.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                var rest = message.AsSpan(at + mark.Length);
                var end = rest.IndexOfAny(s_ends);
                return (end < 0 ? rest : rest[..end]).ToString();
            }
        }

        return "";
    }
}
