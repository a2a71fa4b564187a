using System.Globalization;

namespace FaultMaven.Cli.Terminal;

/// <summary>Counts with the right plural: <c>1 line</c>, <c>2 lines</c>.</summary>
internal static class Counted
{
    public static string Of(long count, string singular) => Of(count, singular, $"{singular}s");

    public static string Of(long count, string singular, string plural) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? singular : plural)}");
}
