using Google.Protobuf.Collections;

namespace FaultMaven.Data.Analysis.Signals;

/// <summary>
/// The order in which signals are listed: the most severe first, then by time (those without one last), then the most unusual, then by
/// name.
/// </summary>
internal sealed class SignalOrder : IComparer<Proto.Signal>
{
    public static SignalOrder Instance { get; } = new();

    public int Compare(Proto.Signal? x, Proto.Signal? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);

        return FirstDifference(
            y.Severity.CompareTo(x.Severity),
            CompareTimes(x, y),
            y.Surprise.CompareTo(x.Surprise),
            string.CompareOrdinal(x.Kind, y.Kind),
            string.CompareOrdinal(x.Subject, y.Subject),
            ComparePlaces(x.Citations, y.Citations),
            string.CompareOrdinal(x.Name, y.Name));
    }

    private static int CompareTimes(Proto.Signal x, Proto.Signal y) => (x.StartTime, y.StartTime) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        var (left, right) => left.CompareTo(right),
    };

    private static int ComparePlaces(RepeatedField<Proto.Citation> x, RepeatedField<Proto.Citation> y) => (x, y) switch
    {
        ([var left, ..], [var right, ..]) => FirstDifference(
            string.CompareOrdinal(left.Evidence, right.Evidence), left.StartLine.CompareTo(right.StartLine)),
        _ => x.Count.CompareTo(y.Count),
    };

    private static int FirstDifference(params ReadOnlySpan<int> differences)
    {
        foreach (var difference in differences)
        {
            if (difference != 0)
            {
                return difference;
            }
        }

        return 0;
    }
}
