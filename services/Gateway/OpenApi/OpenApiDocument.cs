using System.Text.Json.Nodes;
using FaultMaven.Protos;
using FaultMaven.ServiceDefaults.Json;
using Google.Api;
using Google.Protobuf.Reflection;

namespace FaultMaven.Gateway.OpenApi;

/// <summary>
/// The JSON form of the contract as OpenAPI 3.1, with the comments of the protos. RPCs that a caller streams to have no JSON form and are
/// not in it.
/// </summary>
internal sealed class OpenApiDocument
{
    /// <summary>Fields of messages in queries, such as <c>time_range.start</c>, are listed this deep.</summary>
    private const int MaxQueryDepth = 3;

    private readonly ContractComments _comments = ContractComments.Read();
    private readonly OpenApiSchemas _schemas;

    private OpenApiDocument() => _schemas = new OpenApiSchemas(_comments);

    public static JsonObject Build() => new OpenApiDocument().BuildAll();

    private JsonObject BuildAll()
    {
        var paths = new JsonObject();
        var tags = new JsonArray();
        foreach (var service in Contract.Services)
        {
            tags.Add(new JsonObject { ["name"] = service.Name, ["description"] = _comments.Of(service) });
            foreach (var method in service.Methods)
            {
                Add(paths, method);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "FaultMaven",
                ["version"] = "v1",
                ["description"] = "Takes the evidence of an incident, redacts it, and leads an investigation to a cited conclusion. "
                    + "The same calls are served as gRPC at the same address.",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["tags"] = tags,
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["responses"] = new JsonObject { ["Failure"] = Failure() },
                ["schemas"] = _schemas.All,
                ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            },
        };
    }

    private void Add(JsonObject paths, MethodDescriptor method)
    {
        if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
        {
            return;
        }

        var i = 0;
        foreach (var binding in rule.AdditionalBindings.Prepend(rule))
        {
            var (verb, template) = HttpRules.PatternOf(binding);
            var segments = HttpRules.SegmentsOf(template).ToList();
            var (path, parameters) = PathOf(segments);
            var item = paths[path] as JsonObject ?? [];
            item[verb.ToLowerInvariant()] = Operation(method, binding, segments, parameters, i++);
            paths[path] ??= item;
        }
    }

    private JsonObject Operation(
        MethodDescriptor method, HttpRule rule, List<HttpRules.Segment> segments, JsonArray parameters, int number)
    {
        var comment = _comments.Of(method) ?? method.Name;
        var end = comment.IndexOf(". ", StringComparison.Ordinal);
        var operation = new JsonObject
        {
            ["operationId"] = $"{method.Service.Name}_{method.Name}{(number == 0 ? "" : $"_{number}")}",
            ["tags"] = new JsonArray(method.Service.Name),
            ["summary"] = (end < 0 ? comment : comment[..end]).TrimEnd('.'),
            ["description"] = comment,
        };
        var inPath = segments.Select(segment => segment.Variable).OfType<string>().ToHashSet();
        if (rule.Body == "*")
        {
            operation["requestBody"] = Body(_schemas.Object(method.InputType, field => !inPath.Contains(field.Name)));
        }
        else
        {
            AddQuery(parameters, method.InputType, "", "", path => path == rule.Body || inPath.Contains(path), 1);
            if (rule.Body.Length > 0)
            {
                operation["requestBody"] = Body(_schemas.Field(method.InputType.FindFieldByName(rule.Body)));
            }
        }

        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        operation["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = method.IsServerStreaming ? "One message a line, until the stream ends." : "Done.",
                ["content"] = new JsonObject
                {
                    [method.IsServerStreaming ? "application/x-ndjson" : "application/json"] =
                        new JsonObject { ["schema"] = _schemas.Reference(method.OutputType) },
                },
            },
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Failure" },
        };
        return operation;
    }

    private void AddQuery(
        JsonArray parameters, MessageDescriptor message, string prefix, string jsonPrefix, Func<string, bool> isElsewhere, int depth)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var path = prefix + field.Name;
            if (isElsewhere(path) || field.IsMap)
            {
                continue;
            }

            if (field.FieldType == FieldType.Message && OpenApiSchemas.WellKnown(field.MessageType) is null)
            {
                if (!field.IsRepeated && depth < MaxQueryDepth)
                {
                    AddQuery(parameters, field.MessageType, path + ".", jsonPrefix + field.JsonName + ".", isElsewhere, depth + 1);
                }

                continue;
            }

            var schema = _schemas.Field(field);
            var parameter = new JsonObject { ["name"] = jsonPrefix + field.JsonName, ["in"] = "query" };
            if (schema.Remove("description", out var description))
            {
                parameter["description"] = description;
            }

            if (OpenApiSchemas.Behaves(field, FieldBehavior.Required))
            {
                parameter["required"] = true;
            }

            parameter["schema"] = schema;
            parameters.Add(parameter);
        }
    }

    private JsonObject Failure() => new()
    {
        ["description"] = "What went wrong: `details` holds a `google.rpc.ErrorInfo` with a reason of `faultmaven.errors.v1.ErrorReason`, "
            + "and `google.rpc.BadRequest` or `google.rpc.RetryInfo` where they apply.",
        ["content"] = new JsonObject
        {
            ["application/json"] = new JsonObject { ["schema"] = _schemas.Reference(Google.Rpc.Status.Descriptor) },
        },
    };

    private static JsonObject Body(JsonObject schema) => new()
    {
        ["required"] = true,
        ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schema } },
    };

    // /v1/{parent=cases/*}/turns becomes /v1/cases/{case}/turns: a parameter of OpenAPI is one segment.
    private static (string Path, JsonArray Parameters) PathOf(List<HttpRules.Segment> segments)
    {
        var path = "";
        var parameters = new JsonArray();
        var before = "";
        foreach (var segment in segments)
        {
            path += segment.Separator;
            if (segment.Text is "*" or "**")
            {
                var name = Singular(before);
                path += $"{{{name}}}";
                parameters.Add(new JsonObject
                {
                    ["name"] = name,
                    ["in"] = "path",
                    ["required"] = true,
                    ["description"] = $"The last part of the name, `{before}/…`.",
                    ["schema"] = new JsonObject { ["type"] = "string" },
                });
            }
            else
            {
                path += segment.Text;
                before = segment.Text;
            }
        }

        return (path, parameters);
    }

    private static string Singular(string collection) =>
        collection.EndsWith("ies", StringComparison.Ordinal) ? collection[..^3] + "y" : collection.TrimEnd('s');
}
