using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>A setting, or for each item of a list of options one of theirs.</summary>
/// <param name="Key">Its key; of an item of a list with <c>0</c> for the number.</param>
/// <param name="Property">The property that it is bound to.</param>
/// <param name="Default">Its default as text; empty for none.</param>
internal sealed record SettingDescription(string Key, PropertyInfo Property, string Default)
{
    // Masked whatever they are annotated with. A name that goes on is about something else: TokenFile is a path, KeyId tells keys apart.
    private static readonly string[] s_secretEndings = ["Key", "Keys", "Secret", "Secrets", "Password", "Token", "Tokens", "Credentials"];

    private static readonly HashSet<Type> s_harmless =
        [typeof(bool), typeof(int), typeof(long), typeof(double), typeof(TimeSpan), typeof(DateTimeOffset)];

    /// <summary>The type of its value, or of each of its items.</summary>
    public Type ValueType
    {
        get
        {
            var type = ItemOf(Property.PropertyType) ?? Property.PropertyType;
            return Nullable.GetUnderlyingType(type) ?? type;
        }
    }

    /// <summary>Whether it is declared to be harmless.</summary>
    public bool IsShown => Property.IsDefined(typeof(ShownAttribute));

    /// <summary>Whether it may differ for a tenant.</summary>
    public bool IsPerTenant => Property.IsDefined(typeof(PerTenantAttribute));

    /// <summary>Whether it is a list.</summary>
    public bool IsList => ItemOf(Property.PropertyType) is not null;

    /// <summary>The section that a type of options is bound to; null for other types.</summary>
    public static string? SectionOf(Type type) => ConstantOf(type, "Section");

    /// <summary>
    /// The section of one tenant, with <c>*</c> for its id, of options that a tenant can have for itself; null for other types.
    /// </summary>
    public static string? TenantSectionOf(Type type) => ConstantOf(type, "TenantSection");

    /// <summary>All settings of a type of options, those of lists of options included.</summary>
    public static IEnumerable<SettingDescription> Of(Type options, string prefix)
    {
        var defaults = Activator.CreateInstance(options, nonPublic: true);
        foreach (var property in PropertiesOf(options))
        {
            var key = $"{prefix}:{property.Name}";
            if (ItemOf(property.PropertyType) is { } item && IsOptions(item))
            {
                foreach (var inner in Of(item, $"{key}:0"))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return new SettingDescription(key, property, TextOf(property.GetValue(defaults)));
            }
        }
    }

    /// <summary>What operators get to see of a value; null if it is masked.</summary>
    public string? Shown(string value)
    {
        if (value == Default || s_harmless.Contains(ValueType) || ValueType.IsEnum)
        {
            return value;
        }

        if (ValueType == typeof(Uri))
        {
            return HostSetting.WithoutUser(value);
        }

        return IsShown && !s_secretEndings.Any(word => Property.Name.EndsWith(word, StringComparison.Ordinal)) ? value : null;
    }

    /// <summary>What kind of value it has, as a message says it.</summary>
    public string Kind => ValueType switch
    {
        { IsEnum: true } type => $"one of {string.Join(", ", Enum.GetNames(type))}",
        var type when type == typeof(bool) => "true or false",
        var type when type == typeof(int) || type == typeof(long) => "an integer",
        var type when type == typeof(double) => "a number",
        var type when type == typeof(TimeSpan) => "a duration, [days.]hours:minutes:seconds",
        var type when type == typeof(Uri) => "a URL",
        _ => "text",
    };

    /// <summary>Whether a value can be read as what the setting needs; not whether it is within the limits.</summary>
    public bool CanRead(string value) =>
        TypeDescriptor.GetConverter(ItemOf(Property.PropertyType) ?? Property.PropertyType).IsValid(value);

    private static string? ConstantOf(Type type, string name) =>
        type.GetField(name, BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
            ? field.GetRawConstantValue() as string
            : null;

    // A list without a setter is bound too; other properties without one are derived from settings.
    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => property.SetMethod is { IsPublic: true } || property.PropertyType.Name == "IList`1")
        .OrderBy(property => property.MetadataToken);

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var item] && typeof(IEnumerable).IsAssignableFrom(type) ? item : null;

    private static bool IsOptions(Type type) =>
        type.IsClass && type.Namespace?.StartsWith("FaultMaven.", StringComparison.Ordinal) == true;

    private static string TextOf(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(TextOf)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
