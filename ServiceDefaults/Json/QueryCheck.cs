using FaultMaven.ServiceDefaults.Errors;
using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>Checks query parameters against the fields of a request.</summary>
internal static class QueryCheck
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with the field.</exception>
    public static void Check(IQueryCollection query, MessageDescriptor request, HttpRule rule)
    {
        foreach (var (name, values) in query)
        {
            if (rule.Body == "*")
            {
                throw RpcFault.InvalidField(FieldPath.Shorten(name), "is not a query parameter: this method takes its fields in the body");
            }

            var (field, path) = Resolve(request, name);
            if (path == rule.Body || path.StartsWith(rule.Body + ".", StringComparison.Ordinal) && rule.Body.Length > 0)
            {
                throw RpcFault.InvalidField(path, "belongs in the body");
            }

            if (IsInPath(rule, path))
            {
                throw RpcFault.InvalidField(path, "is given by the path");
            }

            if (values.Count > 1 && !field.IsRepeated)
            {
                throw RpcFault.InvalidField(path, "is given more than once");
            }

            foreach (var value in values)
            {
                if (FieldText.Problem(field, value ?? "") is { } problem)
                {
                    throw RpcFault.InvalidField(path, problem);
                }
            }
        }
    }

    private static (FieldDescriptor Field, string Path) Resolve(MessageDescriptor request, string name)
    {
        var message = request;
        FieldDescriptor? field = null;
        var path = new List<string>();
        foreach (var part in name.Split('.'))
        {
            if (message is null || !JsonNames.Of(message).TryGetValue(part, out field))
            {
                throw RpcFault.InvalidField(FieldPath.Shorten(name), $"is not a field of {request.Name}");
            }

            path.Add(field.Name);
            message = field is { FieldType: FieldType.Message, IsRepeated: false } ? field.MessageType : null;
        }

        return (field!, string.Join('.', path));
    }

    // /v1/{parent=cases/*}/turns
    private static bool IsInPath(HttpRule rule, string path)
    {
        var pattern = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => rule.Get,
            HttpRule.PatternOneofCase.Post => rule.Post,
            HttpRule.PatternOneofCase.Put => rule.Put,
            HttpRule.PatternOneofCase.Patch => rule.Patch,
            HttpRule.PatternOneofCase.Delete => rule.Delete,
            _ => rule.Custom?.Path ?? "",
        };
        return pattern.Contains($"{{{path}=", StringComparison.Ordinal) || pattern.Contains($"{{{path}}}", StringComparison.Ordinal);
    }
}
