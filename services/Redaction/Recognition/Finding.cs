namespace FaultMaven.Redaction.Recognition;

/// <summary>A value that must not leave.</summary>
/// <param name="Type">One of <see cref="FindingTypes"/>, or the name of a vendor's credential.</param>
/// <param name="Start">In UTF-16 code units of the text searched.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Confidence">Above 0 to 1. Where two findings overlap, the surer one keeps its whole span.</param>
internal readonly record struct Finding(string Type, int Start, int End, double Confidence);
