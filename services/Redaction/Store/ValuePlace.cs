using System.Globalization;

namespace FaultMaven.Redaction.Store;

/// <summary>Where values of consecutive numbers are kept; a sealed value opens there alone.</summary>
/// <param name="Type">The values' type.</param>
/// <param name="Block">From 0, see <see cref="ValueBlock.Of"/>.</param>
internal readonly record struct ValuePlace(string Type, long Block)
{
    /// <summary><c>EMAIL_ADDRESS/3</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type}/{Block}");
}
