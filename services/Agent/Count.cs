namespace FaultMaven.Agents;

/// <summary>Counted things in sentences.</summary>
internal static class Count
{
    /// <summary>"1 signal", "2 signals", "2 hypotheses".</summary>
    /// <param name="number">How many.</param>
    /// <param name="singular">What one is called.</param>
    /// <param name="plural">What several are called, where that is not the singular with an s.</param>
    public static string Of(long number, string singular, string? plural = null) =>
        $"{number} {(number == 1 ? singular : plural ?? $"{singular}s")}";
}
