using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>
/// Reads the header of a line that fits no layout, or where there is none: a time first, or a level in capitals or brackets.
/// </summary>
internal static class FallbackHeader
{
    /// <summary>False if the line has none.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, TimeText times, out Header header)
    {
        header = default;
        if (text.IsEmpty || char.IsWhiteSpace(text[0]))
        {
            return false;
        }

        var scanner = new HeaderScanner(text, times);
        var found = false;
        var unknown = 0;
        for (var i = 0; i < HeaderLayout.MaxFields && scanner.Next(out var field); i++)
        {
            if (found && header.Level == Proto.EntryLevel.Unspecified
                && field.Kind is FieldKind.Word or FieldKind.Name or FieldKind.Pair && ++unknown <= 2)
            {
                continue;
            }

            if (unknown > 0 && !(field.Kind == FieldKind.Level && IsMarkedLevel(text[field.Start..field.End], false)))
            {
                break;
            }

            var belongs = field.Kind switch
            {
                FieldKind.Time => !found || header.Level == Proto.EntryLevel.Unspecified,
                FieldKind.Level => header.Level == Proto.EntryLevel.Unspecified && IsMarkedLevel(text[field.Start..field.End], found),
                FieldKind.Dash or FieldKind.Number or FieldKind.Bracket => found && i < 6 && header.Level == Proto.EntryLevel.Unspecified,
                _ => false,
            };
            if (!belongs)
            {
                // One tag, or a dash, closes a header.
                header = found && field.Kind == FieldKind.Tag ? header.With(field).From(field)
                    : found && field.Kind is FieldKind.Dash or FieldKind.Bracket ? header.With(field) : header;
                break;
            }

            found |= field.Kind is FieldKind.Time or FieldKind.Level;
            header = header.With(field);
        }

        return found;
    }

    // "ERROR x", "[error] x", "error: x" and "12:00:01 error x", but not "Error: x", "panic: x" (which say what happened) or "I am".
    private static bool IsMarkedLevel(ReadOnlySpan<char> level, bool behindTime) =>
        level.Length > 1
            && (behindTime || level[0] is '[' or '(' or '<'
            || (level[^1] == ':' && !level.ContainsAnyInRange('A', 'Z') && level is not "panic:")
            || !level.ContainsAnyInRange('a', 'z'));
}
