namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>
/// Says of a setting with text that its value is harmless and may be shown to operators. Text without it is masked; numbers, durations,
/// choices and addresses without user and query are always shown.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShownAttribute : Attribute;
