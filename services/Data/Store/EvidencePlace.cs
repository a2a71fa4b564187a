using System.Globalization;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Data.Store;

/// <summary>A place in the order in which the evidence of a case was stored.</summary>
/// <param name="Milliseconds">When the evidence before it was stored, since 1970.</param>
/// <param name="Id">The id of that evidence.</param>
internal sealed record EvidencePlace(long Milliseconds, string Id)
{
    /// <summary>The place of evidence, which has its time.</summary>
    public static EvidencePlace Of(EvidenceName name, Proto.Evidence evidence) =>
        new(evidence.CreateTime.ToDateTimeOffset().ToUnixTimeMilliseconds(), name.Id);

    /// <summary>The place that has a key of <see cref="EvidenceKeys.Place"/>.</summary>
    public static EvidencePlace Read(StateRecord record)
    {
        var place = record.Key.AsSpan(EvidenceKeys.OrderPrefix.Length);
        var border = place.IndexOf('/');
        return new(long.Parse(place[..border], CultureInfo.InvariantCulture), place[(border + 1)..].ToString());
    }
}
