namespace FaultMaven.Redaction.External;

/// <summary>Turns places that are counted in Unicode code points into UTF-16 code units.</summary>
internal sealed class CodePoints
{
    // Null where both count alike, which is nearly always.
    private readonly int[]? _places;
    private readonly int _length;

    public CodePoints(string text)
    {
        _length = text.Length;
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return;
        }

        var places = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            places.Add(i);
            i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 1 : 0;
        }

        places.Add(text.Length);
        _places = [.. places];
    }

    /// <summary>The place in code units of a place in code points, or null if it is outside of the text.</summary>
    public int? ToCodeUnits(int place) =>
        place < 0 || place >= (_places?.Length ?? _length + 1) ? null : _places?[place] ?? place;
}
