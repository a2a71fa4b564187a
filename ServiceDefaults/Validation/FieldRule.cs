using System.Collections;
using System.Text;
using FaultMaven.Protos.Options.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;
using FieldLimits = FaultMaven.Protos.Options.V1.Limits;

namespace FaultMaven.ServiceDefaults.Validation;

/// <summary>What the contract demands of a field.</summary>
internal sealed class FieldRule
{
    private const int ListedValues = 6;
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const long LongestSeconds = 315_576_000_000;
    private const int LastNano = 999_999_999;

    private readonly FieldDescriptor _field;
    private readonly bool _isRequired;
    private readonly FieldLimits _limits;
    private readonly TextForm? _form;

    /// <summary>The name of a resource that must have one.</summary>
    private readonly FieldDescriptor? _name;

    private FieldRule(FieldDescriptor field, bool isRequired, FieldLimits limits, TextForm? form) =>
        (_field, _isRequired, _limits, _form, _name) =
            (field, isRequired, limits, form, limits.Named ? field.MessageType.FindFieldByName("name") : null);

    /// <summary>The rule of a field; null if anything is allowed.</summary>
    public static FieldRule? Of(FieldDescriptor field)
    {
        var options = field.GetOptions();
        var isRequired = options?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.Required) is true;
        var limits = options?.GetExtension(LimitsExtensions.Limits);
        var form = limits is { Named: true }
            ? TextForm.OfNames(field.MessageType)
            : TextForm.Of(limits, options?.GetExtension(ResourceExtensions.ResourceReference)?.Type);
        var isOfAType = field.FieldType == FieldType.Enum || (field.FieldType == FieldType.Message && (IsTime(field) || field.IsMap));
        return isRequired || limits is not null || form is not null || isOfAType
            ? new FieldRule(field, isRequired, limits ?? new FieldLimits(), form)
            : null;
    }

    /// <summary>Adds what is wrong with the field.</summary>
    public void Check(IMessage message, FieldProblems problems)
    {
        var value = _field.Accessor.GetValue(message);
        if (value is IList items)
        {
            CheckItems(items, problems);
        }
        else if (ProblemOf(value) is { } problem)
        {
            problems.Add(_field.Name, problem);
        }
        else if (_name is not null && value is IMessage resource
            && _form!.ProblemOf((string)_name.Accessor.GetValue(resource), isRequired: true) is { } wrong)
        {
            problems.Add($"{_field.Name}.{_name.Name}", wrong);
        }
    }

    private static bool IsTime(FieldDescriptor field) =>
        field.MessageType == Timestamp.Descriptor || field.MessageType == Duration.Descriptor;

    private string? ProblemOf(object? value) => value switch
    {
        null => _isRequired ? "must be set" : null,
        string text => ProblemOf(text),
        ByteString bytes => ProblemOfSize(bytes.Length, isTogether: false),
        int number => ProblemOf((double)number),
        long number => ProblemOf((double)number),
        double number => ProblemOf(number),
        Enum => ProblemOfEnum((int)value, isRequired: _isRequired),
        Timestamp time => time is { Seconds: >= FirstSecond and <= LastSecond, Nanos: >= 0 and <= LastNano }
            ? null
            : "must be a time from the year 1 to the year 9999",
        Duration time => time is { Seconds: >= 0 and <= LongestSeconds, Nanos: >= 0 and <= LastNano }
            or { Seconds: <= 0 and >= -LongestSeconds, Nanos: <= 0 and >= -LastNano }
                ? null
                : "must be a duration, its parts of one sign and its nanos less than a second",
        IDictionary map => ProblemOf(map),
        _ => null,
    };

    private string? ProblemOf(string text)
    {
        if (_form is not null)
        {
            return _form.ProblemOf(text, _isRequired);
        }

        var most = _limits.MaxLength;
        return _isRequired && text.Length == 0 ? (most > 0 ? $"must have 1 to {most} characters" : "must be set")
            : most > 0 && text.Length > most ? (_isRequired ? $"must have 1 to {most} characters" : $"must have at most {most} characters")
            : ProblemOfSize(SizeOf(text), isTogether: false);
    }

    // No UTF-16 code unit takes more than three bytes, so most texts need no counting.
    private long SizeOf(string text) => text.Length > _limits.MaxBytes / 3 ? Encoding.UTF8.GetByteCount(text) : text.Length;

    private string? ProblemOfSize(long bytes, bool isTogether) => _limits.MaxBytes == 0 || bytes <= _limits.MaxBytes
        ? null
        : $"must have at most {InWords(_limits.MaxBytes)}{(isTogether ? " together" : "")}"
            + (_limits.ForMore.Length > 0 ? $"; {_limits.ForMore}" : "");

    private string? ProblemOf(double number) =>
        !(_limits.NotNegative && !(number >= 0)) && !(_limits.MaxValue > 0 && !(number <= _limits.MaxValue)) ? null
        : !_limits.NotNegative ? $"must be at most {_limits.MaxValue}"
        : _limits.MaxValue > 0 ? $"must be 0 to {_limits.MaxValue}"
        : "must not be negative";

    private string? ProblemOfEnum(int value, bool isRequired)
    {
        var type = _field.EnumType;
        if (type.FindValueByNumber(value) is not null && !(isRequired && value == 0))
        {
            return null;
        }

        var names = type.Values.Where(known => known.Number != 0).Select(known => known.Name).ToList();
        return names.Count > ListedValues
            ? $"must be one of {type.Name}, such as {names[0]}"
            : $"must be {string.Join(", ", names[..^1])}{(names.Count > 1 ? " or " : "")}{names[^1]}";
    }

    private string? ProblemOf(IDictionary map)
    {
        if (ProblemOfCount(map.Count) is { } problem)
        {
            return problem;
        }

        // Keys and values are the caller's words, which no answer repeats.
        var (longestKey, longest) = (_limits.MaxKeyLength, _limits.MaxLength);
        foreach (DictionaryEntry entry in map)
        {
            if (entry.Key is string { Length: var key } && (key == 0 || (longestKey > 0 && key > longestKey)))
            {
                return longestKey > 0 ? $"must have keys of 1 to {longestKey} characters" : "must have keys that are not empty";
            }

            if (longest > 0 && entry.Value is string value && value.Length > longest)
            {
                return $"must have values of at most {longest} characters";
            }
        }

        return null;
    }

    private string? ProblemOfCount(int count)
    {
        var most = _limits.MaxItems;
        return (!_isRequired || count > 0) && (most == 0 || count <= most) ? null
            : most == 0 ? "must not be empty"
            : _isRequired ? $"must hold 1 to {most}"
            : $"must hold at most {most}";
    }

    private void CheckItems(IList items, FieldProblems problems)
    {
        if (ProblemOfCount(items.Count) is { } problem)
        {
            problems.Add(_field.Name, problem);
            return;
        }

        if (_field.FieldType is not (FieldType.String or FieldType.Enum))
        {
            return;
        }

        var bytes = 0L;
        for (var index = 0; index < items.Count && !problems.IsFull; index++)
        {
            if (ProblemOfItem(items[index], ref bytes) is { } wrong)
            {
                problems.Add($"{_field.Name}[{index}]", wrong);
            }
        }

        if (ProblemOfSize(bytes, isTogether: true) is { } tooLarge)
        {
            problems.Add(_field.Name, tooLarge);
        }
    }

    // The value that says nothing says it by leaving it out.
    private string? ProblemOfItem(object? item, ref long bytes)
    {
        if (item is not string text)
        {
            return ProblemOfEnum((int)item!, isRequired: true);
        }

        bytes += SizeOf(text);
        return _limits.Pattern.Length > 0 ? _form!.ProblemOf(text, isRequired: true)
            : _limits.MaxLength > 0 && text.Length > _limits.MaxLength ? $"must have at most {_limits.MaxLength} characters"
            : null;
    }

    private static string InWords(int bytes) => bytes % (1 << 20) == 0 ? $"{bytes >> 20} MiB"
        : bytes % (1 << 10) == 0 ? $"{bytes >> 10} KiB"
        : $"{bytes} bytes";
}
