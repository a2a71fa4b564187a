using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Turns;

/// <summary>The name of a turn, <c>cases/{case}/turns/{turn}</c>.</summary>
/// <param name="CaseId">The last part of the case's name.</param>
/// <param name="TurnId">The last part of its own.</param>
internal readonly partial record struct TurnName(string CaseId, string TurnId)
{
    /// <summary>The name of its case.</summary>
    public string Case => $"cases/{CaseId}";

    public static bool TryParse(string name, [NotNullWhen(true)] out TurnName? turn)
    {
        var match = Shape().Match(name);
        turn = match.Success ? new TurnName(match.Groups["case"].Value, match.Groups["turn"].Value) : null;
        return match.Success;
    }

    /// <summary>The id in the name of a case. Null if it is no such name.</summary>
    public static string? CaseIdOf(string name) => CaseShape().Match(name) is { Success: true } match ? match.Groups["case"].Value : null;

    public override string ToString() => $"{Case}/turns/{TurnId}";

    [GeneratedRegex(@"^cases/(?<case>[A-Za-z0-9-]{1,64})/turns/(?<turn>[A-Za-z0-9-]{1,64})\z")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^cases/(?<case>[A-Za-z0-9-]{1,64})\z")]
    private static partial Regex CaseShape();
}
