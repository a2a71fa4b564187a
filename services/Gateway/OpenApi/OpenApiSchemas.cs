using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Reflection;

namespace FaultMaven.Gateway.OpenApi;

/// <summary>JSON Schemas of messages and enums, each once, as the JSON form of protobuf writes them.</summary>
internal sealed class OpenApiSchemas(ContractComments comments)
{
    private readonly JsonObject _schemas = [];

    /// <summary>All that were asked for, with all that they contain.</summary>
    public JsonObject All => _schemas;

    /// <summary>A reference to the schema of a message.</summary>
    public JsonObject Reference(MessageDescriptor message)
    {
        if (WellKnown(message) is { } wellKnown)
        {
            return wellKnown;
        }

        if (!_schemas.ContainsKey(message.FullName))
        {
            // Before its fields: a message may contain itself.
            _schemas[message.FullName] = new JsonObject();
            _schemas[message.FullName] = Object(message, _ => true);
        }

        return ReferenceTo(message.FullName);
    }

    /// <summary>The schema of a message with some of its fields.</summary>
    public JsonObject Object(MessageDescriptor message, Func<FieldDescriptor, bool> includes)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in message.Fields.InDeclarationOrder().Where(includes))
        {
            properties[field.JsonName] = Field(field);
            if (Behaves(field, FieldBehavior.Required))
            {
                required.Add(field.JsonName);
            }
        }

        var schema = new JsonObject { ["type"] = "object" };
        Describe(schema, message);
        if (properties.Count > 0)
        {
            schema["properties"] = properties;
        }

        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        // What the contract does not have is refused.
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>The schema of a field's value.</summary>
    public JsonObject Field(FieldDescriptor field)
    {
        JsonObject schema;
        if (field.IsMap)
        {
            var value = field.MessageType.FindFieldByName("value");
            schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(value) };
        }
        else
        {
            schema = field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = Value(field) } : Value(field);
        }

        Describe(schema, field);
        if (Behaves(field, FieldBehavior.OutputOnly))
        {
            schema["readOnly"] = true;
        }
        else
        {
            OpenApiLimits.Add(schema, field);
        }

        return schema;
    }

    /// <summary>Whether a field is marked so in the contract.</summary>
    public static bool Behaves(FieldDescriptor field, FieldBehavior behavior) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(behavior) == true;

    /// <summary>The schema of a message whose JSON form is not an object of its fields, or null.</summary>
    public static JsonObject? WellKnown(MessageDescriptor message) => message.FullName switch
    {
        "google.protobuf.Timestamp" => Typed("string", "date-time"),
        "google.protobuf.Duration" => new JsonObject { ["type"] = "string", ["pattern"] = @"^-?\d+(\.\d{1,9})?s$" },
        "google.protobuf.FieldMask" => Typed("string", "field-mask"),
        "google.protobuf.Empty" => new JsonObject { ["type"] = "object", ["additionalProperties"] = false },
        "google.protobuf.Struct" => new JsonObject { ["type"] = "object" },
        "google.protobuf.Value" => [],
        "google.protobuf.ListValue" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject() },
        "google.protobuf.Any" => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["@type"] = Typed("string", null) },
            ["additionalProperties"] = true,
        },
        "google.protobuf.BoolValue" => Typed("boolean", null),
        "google.protobuf.StringValue" => Typed("string", null),
        "google.protobuf.BytesValue" => Typed("string", "byte"),
        "google.protobuf.Int64Value" => Typed("string", "int64"),
        "google.protobuf.UInt64Value" => Typed("string", "uint64"),
        "google.protobuf.Int32Value" => Typed("integer", "int32"),
        "google.protobuf.UInt32Value" => Typed("integer", "uint32"),
        "google.protobuf.DoubleValue" => Typed("number", "double"),
        "google.protobuf.FloatValue" => Typed("number", "float"),
        _ => null,
    };

    private JsonObject Value(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Reference(field.MessageType),
        FieldType.Enum => Reference(field.EnumType),
        FieldType.Bool => Typed("boolean", null),
        FieldType.Bytes => Typed("string", "byte"),
        FieldType.String => Typed("string", null),
        FieldType.Double => Typed("number", "double"),
        FieldType.Float => Typed("number", "float"),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Typed("string", "int64"),
        FieldType.UInt64 or FieldType.Fixed64 => Typed("string", "uint64"),
        FieldType.UInt32 or FieldType.Fixed32 => Typed("integer", "uint32"),
        _ => Typed("integer", "int32"),
    };

    private JsonObject Reference(EnumDescriptor type)
    {
        if (!_schemas.ContainsKey(type.FullName))
        {
            var schema = new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. type.Values.Select(value => (JsonNode)value.Name)]),
            };
            var values = type.Values.Where(value => comments.Of(value) is not null)
                .Select(value => $"- `{value.Name}`: {comments.Of(value)}");
            schema["description"] = string.Join(
                "\n\n", new[] { comments.Of(type), string.Join('\n', values) }.Where(text => text is { Length: > 0 }));
            _schemas[type.FullName] = schema;
        }

        return ReferenceTo(type.FullName);
    }

    private void Describe(JsonObject schema, IDescriptor descriptor)
    {
        if (comments.Of(descriptor) is { } comment)
        {
            schema["description"] = comment;
        }
    }

    private static JsonObject ReferenceTo(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Typed(string type, string? format)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }
}
