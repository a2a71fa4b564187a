namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>
/// Says of options that their section has further settings, which only some processes know. A key in it that nothing here knows may be
/// one of these, and is left to the processes that know them all.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SharedSectionAttribute : Attribute;
