using Spectre.Console;

namespace FaultMaven.Cli.Terminal;

/// <summary>Makes text from evidence safe to print: its control characters must not reach the terminal.</summary>
internal static class PrintableText
{
    /// <summary>The text on one line, with control characters shown as a middle dot.</summary>
    public static string Of(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
        ? string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = source[i] is '\t' or '\n' or '\r' ? ' ' : char.IsControl(source[i]) ? '·' : source[i];
            }
        })
        : text;

    /// <summary>The same, for use inside markup.</summary>
    public static string Markup(string text) => Of(text).EscapeMarkup();
}
