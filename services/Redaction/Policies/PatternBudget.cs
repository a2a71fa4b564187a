namespace FaultMaven.Redaction.Policies;

/// <summary>
/// The time that a policy's patterns may take for one call: a base, and more for each window of text. A pattern that is slow on every
/// window would otherwise hold a thread for minutes though each window stays below its own limit. For one call at a time.
/// </summary>
internal sealed class PatternBudget(TimeProvider time)
{
    // Ordinary patterns take some microseconds for a Ki of text; the rest is room for a loaded machine.
    private static readonly TimeSpan s_base = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_perKibicharacter = TimeSpan.FromMilliseconds(4);

    private TimeSpan _left = s_base;

    /// <summary>Begins with a window of text.</summary>
    /// <returns>What <see cref="Spend"/> counts from.</returns>
    public long Begin(int length)
    {
        _left += s_perKibicharacter * (length / 1024.0);
        return time.GetTimestamp();
    }

    /// <summary>Takes the time since <paramref name="started"/> off the budget.</summary>
    /// <returns>Now, to count the next pattern from.</returns>
    /// <exception cref="PatternTooSlowException">Nothing is left.</exception>
    public long Spend(long started, string type)
    {
        var now = time.GetTimestamp();
        _left -= time.GetElapsedTime(started, now);
        return _left >= TimeSpan.Zero ? now : throw new PatternTooSlowException(type);
    }
}
