using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>Checks the JSON of a message against its descriptor: syntax, names of fields, and the form of every value.</summary>
internal ref struct BodyCheck
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    private BodyCheck(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json);
    }

    /// <param name="json">The body.</param>
    /// <param name="request">The request that it is, or is a part of.</param>
    /// <param name="part">The field that the body holds, or <c>*</c>.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with the field.</exception>
    public static void Check(ReadOnlySpan<byte> json, MessageDescriptor request, string part)
    {
        // The framework skips a byte order mark too.
        var check = new BodyCheck(json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json);
        try
        {
            check._reader.Read();
            if (part == "*")
            {
                check.CheckMessage(request, null);
            }
            else
            {
                check.CheckField(request.FindFieldByName(part), new FieldPath(null, part));
            }

            // Anything behind the value is an error of syntax.
            check._reader.Read();
        }
        catch (JsonException exception)
        {
            throw RpcFault.InvalidField(
                "body", $"is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})");
        }
    }

    private void CheckMessage(MessageDescriptor type, FieldPath? path)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw RpcFault.InvalidField(path?.ToString() ?? "body", "must be an object");
        }

        var fields = JsonNames.Of(type);
        HashSet<OneofDescriptor>? chosen = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadString(path) ?? "";
            if (!fields.TryGetValue(name, out var field))
            {
                throw RpcFault.InvalidField(new FieldPath(path, FieldPath.Shorten(name)).ToString(), $"is not a field of {type.Name}");
            }

            _reader.Read();
            var here = new FieldPath(path, field.Name);
            if (_reader.TokenType != JsonTokenType.Null && field.RealContainingOneof is { } oneof && !(chosen ??= []).Add(oneof))
            {
                throw RpcFault.InvalidField(here.ToString(), $"excludes another field that is set: only one of {oneof.Name} may be");
            }

            CheckField(field, here);
        }
    }

    private void CheckField(FieldDescriptor field, FieldPath path)
    {
        if (_reader.TokenType == JsonTokenType.Null && !(field.FieldType == FieldType.Message && IsAnyValue(field.MessageType)))
        {
            // The default, by the JSON form of protobuf.
            return;
        }

        if (field.IsMap)
        {
            CheckMap(field, path);
        }
        else if (field.IsRepeated)
        {
            CheckList(field, path);
        }
        else
        {
            CheckValue(field, path);
        }
    }

    private void CheckList(FieldDescriptor field, FieldPath path)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw RpcFault.InvalidField(path.ToString(), "must be a list");
        }

        for (var i = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; i++)
        {
            CheckValue(field, path with { Index = i });
        }
    }

    private void CheckMap(FieldDescriptor field, FieldPath path)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw RpcFault.InvalidField(path.ToString(), "must be an object");
        }

        var key = field.MessageType.FindFieldByName("key");
        var value = field.MessageType.FindFieldByName("value");
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FieldText.Problem(key, ReadString(path) ?? "") is { } problem)
            {
                throw RpcFault.InvalidField(path.ToString(), $"has a key that {problem}");
            }

            _reader.Read();
            CheckValue(value, path);
        }
    }

    private void CheckValue(FieldDescriptor field, FieldPath path)
    {
        if (field.FieldType == FieldType.Message && !FieldText.IsWellKnown(field.MessageType))
        {
            CheckMessage(field.MessageType, path);
        }
        else if (ProblemOfValue(field, path) is { } problem)
        {
            throw RpcFault.InvalidField(path.ToString(), problem);
        }
    }

    private string? ProblemOfValue(FieldDescriptor field, FieldPath path) => field.FieldType switch
    {
        FieldType.Message => ProblemOfWellKnown(field.MessageType),
        FieldType.String => ReadString(path) is null ? "must be a string" : null,
        FieldType.Bool => _reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : "must be true or false",
        FieldType.Bytes => ProblemOfBytes(),
        FieldType.Enum => _reader.TokenType == JsonTokenType.Number
            ? _reader.TryGetInt32(out var number) && field.EnumType.FindValueByNumber(number) is not null
                ? null
                : FieldText.WantedOf(field.EnumType)
            : ReadString(path) is { } name ? FieldText.Problem(field, name) : FieldText.WantedOf(field.EnumType),
        FieldType.Double or FieldType.Float => _reader.TokenType == JsonTokenType.Number ? null : "must be a number",

        // 64 bits may be strings, and are in answers.
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64
            when _reader.TokenType == JsonTokenType.String => FieldText.Problem(field, ReadString(path) ?? ""),
        _ => _reader.TokenType == JsonTokenType.Number
            ? FieldText.Problem(field, Encoding.UTF8.GetString(_reader.ValueSpan))
            : "must be a number",
    };

    private string? ProblemOfBytes() =>
        _reader.TokenType == JsonTokenType.String
            && (_reader.ValueIsEscaped ? _reader.TryGetBytesFromBase64(out _) : Base64.IsValid(_reader.ValueSpan))
            ? null
            : "must be base64";

    private string? ProblemOfWellKnown(MessageDescriptor type)
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return FieldText.ProblemOfJson(type, Encoding.UTF8.GetString(_json[start..(int)_reader.BytesConsumed]));
    }

    // Null if it is not a string. Escapes can name halves of characters, which are not text.
    private readonly string? ReadString(FieldPath? path)
    {
        if (_reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return null;
        }

        try
        {
            return _reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw RpcFault.InvalidField(path?.ToString() ?? "body", "is not Unicode text");
        }
    }

    private static bool IsAnyValue(MessageDescriptor type) => type.FullName is "google.protobuf.Value" or "google.protobuf.NullValue";
}
