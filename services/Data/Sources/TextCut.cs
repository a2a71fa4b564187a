namespace FaultMaven.Data.Sources;

internal static class TextCut
{
    extension(string text)
    {
        /// <summary>At most the first <paramref name="length"/> characters, without half of a surrogate pair at the end.</summary>
        public string CutTo(int length) => text.Length <= length ? text
            : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
            : text[..length];

        /// <summary>At most the last <paramref name="length"/> characters, without half of a surrogate pair at the start.</summary>
        public string CutToEnd(int length) => text.Length <= length ? text
            : char.IsLowSurrogate(text[^length]) ? text[^(length - 1)..]
            : text[^length..];
    }
}
