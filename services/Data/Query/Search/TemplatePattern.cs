namespace FaultMaven.Data.Query.Search;

/// <summary>The shape of messages: <c>user &lt;*&gt; logged in</c>. A wildcard matches any characters, none included.</summary>
internal sealed class TemplatePattern(string template)
{
    private const string Wildcard = "<*>";

    private readonly string[] _parts = template.Trim().Split(Wildcard);

    /// <summary>Takes time in proportion to the message: each part is looked for once, from where the one before ended.</summary>
    public bool Matches(ReadOnlySpan<char> message, StringComparison comparison)
    {
        var (first, last) = (_parts[0], _parts[^1]);

        if (_parts.Length == 1)
        {
            return message.Equals(first, comparison);
        }

        if (message.Length < first.Length + last.Length || !message.StartsWith(first, comparison) || !message.EndsWith(last, comparison))
        {
            return false;
        }

        message = message[first.Length..^last.Length];

        foreach (var part in _parts.AsSpan(1..^1))
        {
            var index = message.IndexOf(part, comparison);

            if (index < 0)
            {
                return false;
            }

            message = message[(index + part.Length)..];
        }

        return true;
    }
}
