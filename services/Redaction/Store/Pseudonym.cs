using System.Globalization;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Store;

/// <summary>What a placeholder says: <c>&lt;EMAIL_ADDRESS_1&gt;</c> is number 1 of its type.</summary>
/// <param name="Type">See <see cref="FindingTypes"/>.</param>
/// <param name="Number">
/// From 1 for a pseudonym. 0 is a mask, which names no value; from <see cref="FirstHash"/> on it is a hash.
/// </param>
internal readonly record struct Pseudonym(string Type, long Number)
{
    /// <summary>The least number of 18 digits, the most that a placeholder may have. No scope has ever given out so many.</summary>
    public const long FirstHash = 100_000_000_000_000_000;

    /// <summary>Its key in the store: <c>EMAIL_ADDRESS_1</c>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Type}_{Number}");

    /// <summary>Reads a placeholder; one that we would write otherwise (<c>&lt;A_01&gt;</c>) does not count.</summary>
    public static bool TryParse(ReadOnlySpan<char> placeholder, out Pseudonym pseudonym)
    {
        pseudonym = default;
        if (placeholder.IsEmpty || Placeholder.LengthAt(placeholder, 0) != placeholder.Length)
        {
            return false;
        }

        var underscore = placeholder.LastIndexOf('_');
        var digits = placeholder[(underscore + 1)..^1];
        if ((digits.Length > 1 && digits[0] == '0')
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        pseudonym = new Pseudonym(placeholder[1..underscore].ToString(), number);
        return true;
    }

    public override string ToString() => Placeholder.For(Type, Number);
}
