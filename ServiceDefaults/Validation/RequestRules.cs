using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Validation;

/// <summary>What the contract demands of requests: <c>field_behavior</c>, <c>resource_reference</c> and <c>limits</c>.</summary>
public static class RequestRules
{
    /// <summary>INVALID_ARGUMENT with all that is wrong, the first 20 if there is more; null if nothing is.</summary>
    /// <param name="messages">Messages, each with what comes before its fields in paths, such as <c>documents[3].</c>.</param>
    public static RpcException? FaultOf(params ReadOnlySpan<(IMessage Message, string Path)> messages)
    {
        var problems = new FieldProblems();
        foreach (var (message, path) in messages)
        {
            var first = problems.All.Count;
            MessageRules.Of(message.Descriptor).Check(message, problems);
            problems.Nest(first, path);
        }

        return problems.All.Count > 0 ? RpcFault.InvalidFields(problems.All) : null;
    }
}
