namespace FaultMaven.Protos.Names;

/// <summary>The name of a report, <c>cases/{case}/reports/{report}</c>.</summary>
/// <param name="Case">The case it belongs to.</param>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct ReportName(CaseName Case, string Id) : IResourceName<ReportName>
{
    private const string Collection = "/reports/";

    /// <inheritdoc/>
    public static string Pattern => "cases/{case}/reports/{report}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out ReportName name)
    {
        name = default;
        if (!ResourceId.TrySplit(text, Collection, out var parent, out var id) || !CaseName.TryParse(parent, out var parsed))
        {
            return false;
        }

        name = new ReportName(parsed, id);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Case}{Collection}{Id}";
}
