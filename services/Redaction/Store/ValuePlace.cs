using System.Globalization;

namespace FaultMaven.Redaction.Store;

/// <summary>Where values of consecutive numbers are kept; a sealed value opens there alone.</summary>
/// <param name="Generation">Values that came after others had expired, or were forgotten, are not kept beside them.</param>
/// <param name="Type">The values' type.</param>
/// <param name="Block">From 0, see <see cref="ValueBlock.Of"/>.</param>
internal readonly record struct ValuePlace(long Generation, string Type, long Block)
{
    /// <summary><c>0:EMAIL_ADDRESS:3</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generation}:{Type}:{Block}");
}
