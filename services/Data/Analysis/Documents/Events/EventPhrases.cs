namespace FaultMaven.Data.Analysis.Documents.Events;

/// <summary>Words by which platforms say that something ended, or merely may happen.</summary>
internal static class EventPhrases
{
    private static readonly string[] s_ended =
    [
        "recovered", "retried successfully", "has since", "since been", "succeeded after", "now ready", "is ready again", "resolved",
        "no longer",
        "back to normal", "transient",
    ];

    public static bool SaysItEnded(string message) => Any(message, s_ended)
        && !Any(message, "not recovered", "unrecovered", "could not be recovered", "not resolved", "cannot be resolved",
            "could not be resolved", "not been resolved");

    public static bool Any(string message, params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (message.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
