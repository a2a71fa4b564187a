using System.Collections;
using System.Text;
using System.Text.RegularExpressions;
using FaultMaven.Protos.Options.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;
using Range = (string Path, object AtLimit, object Beyond);

namespace FaultMaven.Contracts.Tests;

/// <summary>What the contract lets the fields of a request hold, as values that are just allowed and values that are just beyond.</summary>
internal static class RequestLimits
{
    private const long LastSecond = 253_402_300_799;
    private const long LongestSeconds = 315_576_000_000;

    /// <summary>The limits of a request.</summary>
    public static IReadOnlyList<RequestLimit> Of(MessageDescriptor type) => [.. Of(type, "", request => request)];

    /// <summary>Whether a message is of our contract.</summary>
    public static bool IsOurs(MessageDescriptor message) => message.File.Package.StartsWith("faultmaven.", StringComparison.Ordinal);

    /// <summary>Whether a field is set by services only.</summary>
    public static bool IsOutput(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.OutputOnly) is true;

    private static IEnumerable<RequestLimit> Of(MessageDescriptor type, string path, Func<IMessage, IMessage> find)
    {
        foreach (var field in type.Fields.InDeclarationOrder().Where(field => !IsOutput(field)))
        {
            var limits = field.GetOptions()?.GetExtension(LimitsExtensions.Limits) ?? new Limits();
            foreach (var (name, atLimit, beyond) in RangesOf(field, limits))
            {
                yield return new RequestLimit(path + name, field)
                {
                    GoTo = request => Set(find(request), field, atLimit),
                    GoBeyond = request => Set(find(request), field, beyond),
                    Alternative = AlternativeOf(field),
                };
            }

            if (field is { FieldType: FieldType.Message, IsMap: false } && IsOurs(field.MessageType))
            {
                var inner = field.IsRepeated ? $"{path}{field.Name}[0]." : $"{path}{field.Name}.";
                foreach (var limit in Of(field.MessageType, inner, request => Inside(find(request), field)))
                {
                    yield return limit with
                    {
                        IsByMethod = limit.IsByMethod || limits.CheckedByMethod,
                        Alternative = AlternativeOf(field) ?? limit.Alternative,
                    };
                }

                if (limits.Named)
                {
                    var own = field.MessageType.FindFieldByName("name");
                    yield return new RequestLimit($"{inner}name", own)
                    {
                        GoBeyond = request => Set(Inside(find(request), field), own, "nope"),
                    };
                }
            }
        }
    }

    private static string? AlternativeOf(FieldDescriptor field) => field.RealContainingOneof is null ? null : field.Name;

    private static IEnumerable<Range> RangesOf(FieldDescriptor field, Limits limits) =>
        field.IsMap ? OfMap(field, limits)
        : field.IsRepeated ? OfList(field, limits)
        : OfValue(field, limits).Select(range => (field.Name, range.AtLimit, range.Beyond));

    private static IEnumerable<(object AtLimit, object Beyond)> OfValue(FieldDescriptor field, Limits limits)
    {
        switch (field.FieldType)
        {
            case FieldType.String:
                return OfText(field, limits);
            case FieldType.Bytes when limits.MaxBytes > 0:
                return [(ByteString.CopyFrom(new byte[limits.MaxBytes]), ByteString.CopyFrom(new byte[limits.MaxBytes + 1]))];
            case FieldType.Enum:
                return [(EnumOf(field, field.EnumType.Values[^1].Number), EnumOf(field, 12_345)), (EnumOf(field, 1), EnumOf(field, -1))];
            case FieldType.Message when field.MessageType == Timestamp.Descriptor:
                return [(new Timestamp { Seconds = LastSecond }, new Timestamp { Seconds = LastSecond + 1 })];
            case FieldType.Message when field.MessageType == Duration.Descriptor:
                return [(new Duration { Seconds = LongestSeconds }, new Duration { Seconds = LongestSeconds + 1 })];
            case FieldType.Int32:
                return OfNumber(limits, number => (int)number);
            case FieldType.Int64:
                return OfNumber(limits, number => number);
            case FieldType.Double:
                return OfNumber(limits, number => (double)number);
            default:
                return [];
        }
    }

    private static IEnumerable<(object AtLimit, object Beyond)> OfNumber(Limits limits, Func<long, object> convert)
    {
        if (limits.NotNegative)
        {
            yield return (convert(0), convert(-1));
        }

        if (limits.MaxValue > 0)
        {
            yield return (convert(limits.MaxValue), convert(limits.MaxValue + 1));
        }
    }

    private static IEnumerable<(object AtLimit, object Beyond)> OfText(FieldDescriptor field, Limits limits)
    {
        if (limits.MaxLength > 0)
        {
            var longest = LongestOf(limits);
            yield return (longest, longest + longest[^1]);
            if (limits.Pattern.Length > 0)
            {
                yield return (longest, longest[..^1] + '\n');
                if (!Regex.IsMatch($"{longest[..^1]}é", $"^(?:{limits.Pattern})$"))
                {
                    yield return (longest, longest[..^1] + 'é');
                }
            }
        }

        if (limits.MaxBytes > 0)
        {
            var longest = TextOfBytes(limits.MaxBytes);
            yield return (longest, longest + 'a');
        }

        if (field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference) is { Type.Length: > 0 } reference
            && limits.Pattern.Length == 0)
        {
            var name = OneOfEverything.Absent[reference.Type];
            var start = name[..(name.LastIndexOf('/') + 1)];
            yield return (start + new string('a', 64), start + new string('a', 65));
            yield return (name, name + "/");
            yield return (name, "/" + name);
            yield return (name, start + "A");
            yield return (name, "a-word");
        }
    }

    private static IEnumerable<Range> OfList(FieldDescriptor field, Limits limits)
    {
        if (limits.MaxItems > 0)
        {
            yield return (field.Name, Repeat(field, limits.MaxItems), Repeat(field, limits.MaxItems + 1));
        }

        if (field.FieldType == FieldType.Enum)
        {
            yield return ($"{field.Name}[0]", Repeat(field, 1), new object[] { EnumOf(field, 0) });
            yield return ($"{field.Name}[1]", Repeat(field, 2), new object[] { EnumOf(field, 1), EnumOf(field, 12_345) });
        }

        if (limits.MaxLength > 0)
        {
            var longest = new string('a', limits.MaxLength);
            yield return ($"{field.Name}[0]", new object[] { longest }, new object[] { $"{longest}a" });
        }

        if (limits.MaxBytes > 0)
        {
            yield return (field.Name, new object[] { TextOfBytes(limits.MaxBytes) }, new object[] { TextOfBytes(limits.MaxBytes), "a" });
        }
    }

    private static IEnumerable<Range> OfMap(FieldDescriptor field, Limits limits)
    {
        yield return (field.Name, Entries(limits.MaxItems, 1, 1), Entries(limits.MaxItems + 1, 1, 1));
        yield return (field.Name, Entries(1, limits.MaxKeyLength, 1), Entries(1, limits.MaxKeyLength + 1, 1));
        yield return (field.Name, Entries(1, 1, limits.MaxLength), Entries(1, 1, limits.MaxLength + 1));
        yield return (field.Name, Entries(1, 1, 1), new Dictionary<string, string> { [""] = "a" });
    }

    private static Dictionary<string, string> Entries(int count, int key, int value) =>
        Enumerable.Range(0, count).ToDictionary(index => new string((char)('a' + index), key), _ => new string('a', value));

    private static object[] Repeat(FieldDescriptor field, int count) => [.. Enumerable.Range(0, count).Select(index => Item(field, index))];

    private static object Item(FieldDescriptor field, int index) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.Parser.ParseFrom(ByteString.Empty),
        FieldType.Enum => EnumOf(field, 1),
        _ => $"{index}",
    };

    // A text of the form that is as long as may be, from what the forms of the contract consist of.
    private static string LongestOf(Limits limits)
    {
        var start = Regex.Match(limits.Pattern, "^[A-Za-z]+/").Value;
        var kind = Regex.Match(limits.Pattern, "^[(]([a-z]+)").Groups[1].Value;
        string[] candidates =
        [
            new('a', limits.MaxLength),
            new('A', limits.MaxLength),
            start.PadRight(limits.MaxLength, 'a'),
            $"{kind}:".PadRight(limits.MaxLength, 'a'),
            $"{start.PadRight(Math.Max(limits.MaxLength - 10, 0), 'a')}@123456789",
        ];
        return limits.Pattern.Length == 0 ? candidates[0] : candidates.First(text => Regex.IsMatch(text, $"^(?:{limits.Pattern})$"));
    }

    private static string TextOfBytes(int bytes)
    {
        // Most of it of two bytes each, with lines, as logs have them.
        var text = new StringBuilder();
        for (var left = bytes; left > 0;)
        {
            text.Append(left == 1 || left % 100 == 0 ? '\n' : 'é');
            left -= text[^1] == '\n' ? 1 : 2;
        }

        return text.ToString();
    }

    private static object EnumOf(FieldDescriptor field, int number) => Enum.ToObject(field.EnumType.ClrType, number);

    private static void Set(IMessage message, FieldDescriptor field, object value)
    {
        switch (field.Accessor.GetValue(message))
        {
            case IDictionary map:
                map.Clear();
                foreach (DictionaryEntry entry in (IDictionary)value)
                {
                    map.Add(entry.Key, entry.Value);
                }

                break;
            case IList list:
                list.Clear();
                foreach (var item in (object[])value)
                {
                    list.Add(item);
                }

                break;
            default:
                field.Accessor.SetValue(message, value);
                break;
        }
    }

    private static IMessage Inside(IMessage message, FieldDescriptor field)
    {
        var value = field.Accessor.GetValue(message);
        if (value is IList { Count: > 0 } items)
        {
            return (IMessage)items[0]!;
        }

        if (value is IMessage there)
        {
            return there;
        }

        var inner = field.MessageType.Parser.ParseFrom(ByteString.Empty);
        if (value is IList empty)
        {
            empty.Add(inner);
        }
        else
        {
            field.Accessor.SetValue(message, inner);
        }

        return inner;
    }
}

/// <summary>A limit of a field of a request.</summary>
/// <param name="Path">How errors name it.</param>
/// <param name="Field">The field.</param>
internal sealed record RequestLimit(string Path, FieldDescriptor Field)
{
    /// <summary>Sets the field to what is just allowed.</summary>
    public Action<IMessage> GoTo { get; init; } = _ => { };

    /// <summary>Sets it to what is just not.</summary>
    public required Action<IMessage> GoBeyond { get; init; }

    /// <summary>Which of several alternatives the request must have for it; null if any.</summary>
    public string? Alternative { get; init; }

    /// <summary>Whether the method looks at it, once the request as such is well.</summary>
    public bool IsByMethod { get; init; }
}
