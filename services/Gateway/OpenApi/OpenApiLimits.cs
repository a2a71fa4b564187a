using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Options.V1;
using FaultMaven.ServiceDefaults.Names;
using Google.Api;
using Google.Protobuf.Reflection;
using FieldLimits = FaultMaven.Protos.Options.V1.Limits;

namespace FaultMaven.Gateway.OpenApi;

/// <summary>
/// What the contract lets a field hold, as JSON Schema says it. That counts characters where the contract counts UTF-16 code units or
/// bytes, so what a schema allows may still be refused, but never the other way round.
/// </summary>
internal static partial class OpenApiLimits
{
    private static readonly string s_id = $"[a-z0-9-]{{1,{ResourceId.MaxLength}}}";

    /// <summary>Adds the limits of a field to its schema.</summary>
    public static void Add(JsonObject schema, FieldDescriptor field)
    {
        var limits = field.GetOptions()?.GetExtension(LimitsExtensions.Limits) ?? new FieldLimits();
        var isRequired = OpenApiSchemas.Behaves(field, FieldBehavior.Required);
        if (field.IsMap)
        {
            AddToMap(schema, limits);
        }
        else if (field.IsRepeated)
        {
            AddCount(schema, "Items", limits, isRequired);
            AddToValue(schema["items"]!.AsObject(), field, limits, isRequired: false);
        }
        else
        {
            AddToValue(schema, field, limits, isRequired);
        }
    }

    private static void AddToMap(JsonObject schema, FieldLimits limits)
    {
        AddCount(schema, "Properties", limits, isRequired: false);
        schema["propertyNames"] = new JsonObject { ["minLength"] = 1 };
        if (limits.MaxKeyLength > 0)
        {
            schema["propertyNames"]!["maxLength"] = limits.MaxKeyLength;
        }

        if (limits.MaxLength > 0)
        {
            schema["additionalProperties"]!["maxLength"] = limits.MaxLength;
        }
    }

    private static void AddCount(JsonObject schema, string of, FieldLimits limits, bool isRequired)
    {
        if (isRequired)
        {
            schema[$"min{of}"] = 1;
        }

        if (limits.MaxItems > 0)
        {
            schema[$"max{of}"] = limits.MaxItems;
        }
    }

    private static void AddToValue(JsonObject schema, FieldDescriptor field, FieldLimits limits, bool isRequired)
    {
        switch (field.FieldType)
        {
            case FieldType.String:
                AddToText(schema, field, limits, isRequired);
                break;
            case FieldType.Bytes when limits.MaxBytes > 0:
                // In Base64.
                schema["maxLength"] = (limits.MaxBytes + 2) / 3 * 4;
                break;
            case FieldType.Int64 when limits.NotNegative:
                schema["pattern"] = "^[0-9]+$";
                break;
            case FieldType.Int32 or FieldType.Double:
                if (limits.NotNegative)
                {
                    schema["minimum"] = 0;
                }

                if (limits.MaxValue > 0)
                {
                    schema["maximum"] = limits.MaxValue;
                }

                break;
        }
    }

    // An empty text is none, so a pattern allows it where the field is not required.
    private static void AddToText(JsonObject schema, FieldDescriptor field, FieldLimits limits, bool isRequired)
    {
        if (isRequired)
        {
            schema["minLength"] = 1;
        }

        if (Math.Max(limits.MaxLength, limits.MaxBytes) is > 0 and var longest)
        {
            schema["maxLength"] = longest;
        }

        var resource = field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference)?.Type ?? "";
        var pattern = limits.Pattern.Length > 0 ? $"(?:{limits.Pattern})"
            : ResourcePatterns.Of(resource) is [var form, ..] ? $"(?:{Variable().Replace(form, s_id)})"
            : null;
        if (pattern is not null)
        {
            schema["pattern"] = isRequired ? $"^{pattern}$" : $"^{pattern}?$";
        }
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Variable();
}
