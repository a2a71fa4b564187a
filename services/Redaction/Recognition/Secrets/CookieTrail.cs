namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// The places of the cookies that were read last, in order. Hostile text names a header again and again on one line, and all that follows
/// would be read for each of them.
/// </summary>
internal sealed class CookieTrail
{
    private readonly List<int> _places = [];

    /// <summary>Forgets what was read: the next text is another.</summary>
    public void Clear() => _places.Clear();

    /// <summary>Takes note of a cookie.</summary>
    /// <returns>Where to continue: the last cookie that was read from here on already, or the place itself.</returns>
    public int Join(int at)
    {
        var found = _places.BinarySearch(at);
        if (found >= 0)
        {
            return _places[^1];
        }

        _places.Insert(~found, at);
        return at;
    }
}
