using System.Globalization;
using System.Reflection;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Filtering;

/// <summary>
/// The fields that a list can be filtered by, and the reader of its <c>filter</c>, a subset of google.aip.dev/160: comparisons with
/// <c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c> and <c>:</c>, joined with <c>AND</c>, <c>OR</c>,
/// <c>NOT</c> and parentheses. As the AIP says, OR binds closer than AND.
/// </summary>
/// <typeparam name="T">What the list is of.</typeparam>
public sealed class FilterSchema<T>
{
    /// <summary>The longest filter, in characters.</summary>
    public const int MaxLength = 2_000;

    private readonly Dictionary<string, Comparison<T>> _fields = new(StringComparer.Ordinal);

    // What the field has where a comparison holds, if that is a few values.
    private readonly Dictionary<string, Func<string, string, IReadOnlySet<string>?>> _values = new(StringComparer.Ordinal);

    /// <summary>
    /// A text: <c>=</c> and <c>!=</c> compare all of it, where <c>*</c> in the value is any run of characters; <c>:</c> finds the value
    /// anywhere in it, ignoring case.
    /// </summary>
    public FilterSchema<T> Text(string field, Func<T, string> value)
    {
        _fields.Add(field, (name, comparison, given) => comparison switch
        {
            "=" => item => Wildcards.Match(given.Text, value(item)),
            "!=" => item => !Wildcards.Match(given.Text, value(item)),
            ":" => item => value(item).Contains(given.Text, StringComparison.OrdinalIgnoreCase),
            _ => throw Unsupported(name, comparison),
        });
        _values.Add(field, (comparison, given) => comparison == "=" ? Whole(given) : null);
        return this;
    }

    /// <summary>Several texts: <c>:</c> finds items that have one equal to the value, where <c>*</c> is any run of characters.</summary>
    public FilterSchema<T> Texts(string field, Func<T, IEnumerable<string>> values)
    {
        _fields.Add(field, (name, comparison, given) => comparison is ":" or "="
            ? item => values(item).Any(value => Wildcards.Match(given.Text, value))
            : throw Unsupported(name, comparison));
        _values.Add(field, (_, given) => Whole(given));
        return this;
    }

    /// <summary>
    /// A map of texts. <c>labels.team = "db"</c> compares one value, <c>labels:team</c> finds items that have the key.
    /// </summary>
    public FilterSchema<T> Map(string field, Func<T, IReadOnlyDictionary<string, string>> value)
    {
        _fields.Add(field, (name, comparison, given) => comparison is ":"
            ? item => value(item).ContainsKey(given.Text)
            : throw Unsupported(name, comparison));
        _fields.Add(field + ".", (name, comparison, given) =>
        {
            var key = name.Text[(field.Length + 1)..];
            return comparison switch
            {
                "=" => item => value(item).TryGetValue(key, out var found) && Wildcards.Match(given.Text, found),
                "!=" => item => !value(item).TryGetValue(key, out var found) || !Wildcards.Match(given.Text, found),
                ":" => item => value(item).TryGetValue(key, out var found)
                    && found.Contains(given.Text, StringComparison.OrdinalIgnoreCase),
                _ => throw Unsupported(name, comparison),
            };
        });
        return this;
    }

    /// <summary>A whole or decimal number.</summary>
    public FilterSchema<T> Number(string field, Func<T, double> value)
    {
        _fields.Add(field, (name, comparison, given) =>
        {
            var limit = double.TryParse(given.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                ? number
                : throw new FilterException(given.Position, $"{name.Text} is compared with a number");
            return Ordered<T>(name, comparison, item => value(item).CompareTo(limit));
        });
        return this;
    }

    /// <summary>A boolean: <c>true</c> or <c>false</c>.</summary>
    public FilterSchema<T> Flag(string field, Func<T, bool> value)
    {
        _fields.Add(field, (name, comparison, given) =>
        {
            var wanted = given.Text switch
            {
                "true" => true,
                "false" => false,
                _ => throw new FilterException(given.Position, $"{name.Text} is compared with true or false"),
            };
            return Equal<T>(name, comparison, item => value(item) == wanted);
        });
        return this;
    }

    /// <summary>A time in the form of RFC 3339, such as <c>2026-03-02T10:00:00Z</c>. Items without one match no comparison.</summary>
    public FilterSchema<T> Time(string field, Func<T, DateTimeOffset?> value)
    {
        _fields.Add(field, (name, comparison, given) =>
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
            var limit = given.Text.Length >= "2026-03-02".Length
                && DateTimeOffset.TryParse(given.Text, CultureInfo.InvariantCulture, Utc, out var time)
                && char.IsAsciiDigit(given.Text[0])
                    ? time
                    : throw new FilterException(given.Position, $"{name.Text} is compared with a time such as 2026-03-02T10:00:00Z");
            var matches = Ordered<T>(name, comparison, item => value(item)!.Value.CompareTo(limit));
            return item => value(item) is not null && matches(item);
        });
        return this;
    }

    /// <summary>
    /// An enum by the name of its value in the contract, with or without the enum's prefix: <c>STATE_CLOSED</c> or <c>CLOSED</c>.
    /// </summary>
    public FilterSchema<T> Enum<TEnum>(string field, Func<T, TEnum> value)
        where TEnum : struct, Enum =>
        AddEnum(field, value, (name, comparison, wanted) => Equal<TEnum>(name, comparison, item => item.Equals(wanted)));

    /// <summary>
    /// An enum whose values are levels, the lowest first: as <see cref="Enum"/>, and <c>&gt;=</c> finds a level and those above.
    /// </summary>
    public FilterSchema<T> Level<TEnum>(string field, Func<T, TEnum> value)
        where TEnum : struct, Enum =>
        AddEnum(field, value, (name, comparison, wanted) => Ordered<TEnum>(name, comparison, item => item.CompareTo(wanted)));

    private FilterSchema<T> AddEnum<TEnum>(
        string field, Func<T, TEnum> value, Func<FilterToken, string, TEnum, Func<TEnum, bool>> compare)
        where TEnum : struct, Enum
    {
        var names = EnumNames<TEnum>();
        _fields.Add(field, (name, comparison, given) =>
        {
            var wanted = names.TryGetValue(given.Text, out var found)
                ? found
                : throw new FilterException(
                    given.Position, $"{name.Text} is one of {string.Join(", ", names.Keys.Where(n => n == LongName(names, n)))}");
            var matches = compare(name, comparison == ":" ? "=" : comparison, wanted);
            return item => matches(value(item));
        });
        _values.Add(field, (comparison, given) =>
        {
            var matches = compare(default, comparison == ":" ? "=" : comparison, names[given]);
            return System.Enum.GetValues<TEnum>().Where(matches)
                .Select(found => Convert.ToInt32(found, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture))
                .ToHashSet(StringComparer.Ordinal);
        });
        return this;
    }

    /// <summary>Reads a filter. The empty one matches everything. INVALID_ARGUMENT with the position if it cannot be read.</summary>
    /// <param name="filter">The request's <c>filter</c>.</param>
    public Func<T, bool> Parse(string filter) => Read(filter).Matches;

    /// <summary>Reads a filter as <see cref="Parse"/> does, for a list that has an index.</summary>
    /// <inheritdoc cref="Parse"/>
    public Filter<T> Read(string filter)
    {
        try
        {
            return filter.Length <= MaxLength
                ? new FilterParser<T>(filter, Find, FindValues).Parse()
                : throw new FilterException(MaxLength + 1, $"it has more than {MaxLength} characters");
        }
        catch (FilterException exception)
        {
            throw RpcFault.InvalidField(
                ErrorReason.InvalidFilter,
                "filter",
                $"cannot be read at character {exception.Position}: {exception.Message}",
                ("position", exception.Position.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private IReadOnlySet<string>? FindValues(FilterToken field, string comparison, FilterToken value) =>
        _values.TryGetValue(field.Text, out var find) ? find(comparison, value.Text) : null;

    private Comparison<T> Find(FilterToken field)
    {
        if (_fields.TryGetValue(field.Text, out var found))
        {
            return found;
        }

        var dot = field.Text.IndexOf('.', StringComparison.Ordinal) + 1;
        if (dot > 0 && dot < field.Text.Length && _fields.TryGetValue(field.Text[..dot], out var map))
        {
            return map;
        }

        var names = _fields.Keys.Where(key => key[^1] != '.').Order(StringComparer.Ordinal);
        throw new FilterException(field.Position, $"{field.Text} is not a field of this filter; it has {string.Join(", ", names)}");
    }

    private static HashSet<string>? Whole(string text) =>
        text.Contains('*', StringComparison.Ordinal) ? null : new HashSet<string>(StringComparer.Ordinal) { text };

    private static Func<TItem, bool> Ordered<TItem>(FilterToken field, string comparison, Func<TItem, int> compare) => comparison switch
    {
        "=" => item => compare(item) == 0,
        "!=" => item => compare(item) != 0,
        "<" => item => compare(item) < 0,
        "<=" => item => compare(item) <= 0,
        ">" => item => compare(item) > 0,
        ">=" => item => compare(item) >= 0,
        _ => throw Unsupported(field, comparison),
    };

    private static Func<TItem, bool> Equal<TItem>(FilterToken field, string comparison, Func<TItem, bool> equals) => comparison switch
    {
        "=" => equals,
        "!=" => item => !equals(item),
        _ => throw Unsupported(field, comparison),
    };

    private static FilterException Unsupported(FilterToken field, string comparison) =>
        new(field.Position, $"{field.Text} cannot be compared with {comparison}");

    private static Dictionary<string, TEnum> EnumNames<TEnum>()
        where TEnum : struct, Enum
    {
        var values = typeof(TEnum).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (field.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? field.Name, Value: (TEnum)field.GetValue(null)!))
            .ToDictionary(pair => pair.Item1, pair => pair.Value, StringComparer.Ordinal);
        var zero = values.First(pair => Convert.ToInt32(pair.Value, CultureInfo.InvariantCulture) == 0).Key;

        // STATE_UNSPECIFIED: what comes before the last word is the prefix of all values.
        var prefix = zero[..(zero.LastIndexOf('_') + 1)];
        foreach (var (name, value) in values.ToList())
        {
            values.TryAdd(name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name, value);
        }

        return values;
    }

    private static string LongName<TEnum>(Dictionary<string, TEnum> names, string name)
        where TEnum : struct, Enum =>
        names.Where(pair => pair.Value.Equals(names[name])).MaxBy(pair => pair.Key.Length).Key;
}

/// <summary>Makes the test for one comparison.</summary>
internal delegate Func<T, bool> Comparison<T>(FilterToken field, string comparison, FilterToken value);
