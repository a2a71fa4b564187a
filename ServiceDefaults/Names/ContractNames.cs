using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace FaultMaven.ServiceDefaults.Names;

/// <summary>The names that enum values have in the contract, such as <c>STATE_CLOSED</c>; error metadata uses no other.</summary>
public static class ContractNames
{
    /// <summary>The name of a value.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Names<TEnum>.All.GetValueOrDefault(value) ?? value.ToString();

    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly FrozenDictionary<TEnum, string> All = typeof(TEnum)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToFrozenDictionary(
                field => (TEnum)field.GetValue(null)!,
                field => field.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? field.Name);
    }
}
