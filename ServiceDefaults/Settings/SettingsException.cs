namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>Settings are wrong, so that the process cannot start. The message names their keys.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception($"Settings are wrong. {string.Join(" ", problems)}")
{
    /// <summary>What is wrong, a sentence for each.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The message alone. The runtime prints this of an exception that ends the process, and a stack helps no operator.</summary>
    public override string ToString() => Message;
}
