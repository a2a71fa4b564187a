namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>Tells messages that are new from those that merely are rare.</summary>
internal static class FirstSeenDetector
{
    private const int MinCount = 3;
    private const double MinShareBefore = 0.05;

    // How likely it may be that chance alone has kept them from the first part, or has put them so close together.
    private const double LateWarning = 1e-3;
    private const double LateError = 1e-2;
    private const double CloseWarning = 1e-8;
    private const double CloseError = 1e-4;

    /// <summary>True if a warning or error was not there at first.</summary>
    /// <param name="histories">What its shapes did.</param>
    /// <param name="entries">How many entries the log has.</param>
    /// <param name="symptom">Which entry trouble began with, if it did.</param>
    public static bool IsNew(IReadOnlyList<TemplateHistory> histories, int entries, int? symptom)
    {
        var count = histories.Sum(history => history.Count);
        var level = histories.Max(history => history.Level);
        var first = histories.Min(history => history.First.Order);
        var last = histories.Max(history => history.Last.Order);
        if (level < Proto.EntryLevel.Warning || count < MinCount || first < MinShareBefore * entries)
        {
            return false;
        }

        if (first >= symptom && symptom >= entries / 5)
        {
            return true;
        }

        // By order, not by time: at night there is less of everything.
        var late = Math.Pow(1 - ((double)first / entries), histories.Sum(history => history.Occasions));
        var close = count * Math.Pow((last - first + 1.0) / entries, count - 1);
        return level >= Proto.EntryLevel.Error ? late < LateError || close < CloseError : late < LateWarning || close < CloseWarning;
    }
}
