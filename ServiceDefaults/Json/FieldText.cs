using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>What is wrong with a field's value that is written as text: a query parameter, or a JSON string.</summary>
internal static class FieldText
{
    /// <summary>Continues "<c>page_size</c> …", or null if the value is well formed.</summary>
    public static string? Problem(FieldDescriptor field, string value) => field.FieldType switch
    {
        FieldType.String => null,
        FieldType.Bool => value is "true" or "false" ? null : "must be true or false",
        FieldType.Bytes => IsBase64(value) ? null : "must be base64",
        FieldType.Enum => field.EnumType.FindValueByName(value) is not null ? null : WantedOf(field.EnumType),
        FieldType.Message => ProblemOf(field.MessageType, value),
        FieldType.Double or FieldType.Float =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : "must be a number",
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "must be a whole number",
        FieldType.UInt64 or FieldType.Fixed64 =>
            ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "must be a whole number from 0",
        FieldType.UInt32 or FieldType.Fixed32 =>
            uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "must be a whole number from 0",
        _ => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null
            : "must be a whole number of 32 bits",
    };

    /// <summary>What an enum's value must be.</summary>
    public static string WantedOf(EnumDescriptor type) =>
        $"must be one of {string.Join(", ", type.Values.Select(value => value.Name))}";

    /// <summary>Whether the message's JSON form is a string or a value of another kind than an object of its fields.</summary>
    public static bool IsWellKnown(MessageDescriptor type) => type.FullName.StartsWith("google.protobuf.", StringComparison.Ordinal);

    /// <summary>What is wrong with a well-known message in its JSON form.</summary>
    public static string? ProblemOfJson(MessageDescriptor type, string json)
    {
        try
        {
            JsonParser.Default.Parse(json, type);
            return null;
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or FormatException or OverflowException)
        {
            return type.Name switch
            {
                "Timestamp" => "must be a time such as 2026-03-01T12:00:00Z",
                "Duration" => "must be a duration such as 1.5s",
                "FieldMask" => "must be names of fields, with commas between them",
                _ => $"must be a {type.Name} as JSON writes it",
            };
        }
    }

    private static string? ProblemOf(MessageDescriptor type, string value) =>
        IsWellKnown(type) ? ProblemOfJson(type, JsonSerializer.Serialize(value)) : "cannot be given as a query parameter";

    private static bool IsBase64(string value) => System.Buffers.Text.Base64.IsValid(Encoding.UTF8.GetBytes(value));
}
