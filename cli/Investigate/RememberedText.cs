using FaultMaven.Protos.Agent.V1;

namespace FaultMaven.Cli.Investigate;

/// <summary>A fact of a case's memory as people read it: who said it, or where it was found, and when.</summary>
internal static class RememberedText
{
    public static string Of(RememberedFact fact)
    {
        var at = fact.Time is { } time ? $"{time.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z" : "";
        return fact.Actor.Length > 0
            ? $"{at} {fact.Actor}: {fact.Text}"
            : $"{at} {fact.Text} {EvidencePlaces.Of(fact.Citations)}".Trim();
    }
}
