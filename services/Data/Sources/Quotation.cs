namespace FaultMaven.Data.Sources;

/// <summary>Quotes evidence in a sentence.</summary>
internal static class Quotation
{
    /// <summary>The text in quotation marks, unless it begins or ends with one; <c>(no text)</c> if it is empty.</summary>
    public static string Of(string? text) => text?.Trim() switch
    {
        null or "" => "(no text)",
        ['"', ..] or [.., '"'] => text.Trim(),
        var quoted => $"\"{quoted}\"",
    };
}
