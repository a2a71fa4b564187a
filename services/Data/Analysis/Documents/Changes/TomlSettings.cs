using FaultMaven.Data.Sources;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace FaultMaven.Data.Analysis.Documents.Changes;

/// <summary>Reads the settings of TOML files: arrays, inline tables and strings over several lines among them.</summary>
internal static class TomlSettings
{
    /// <summary>Longer files are not settings; their syntax tree would take many times their size.</summary>
    private const int MaxLength = 1 << 20;

    /// <summary>The parser calls itself for each level.</summary>
    private const int MaxDepth = 64;

    private static readonly string[] s_identities = ["name", "id", "key"];

    /// <summary>The settings by their full names, in order; null if the text is not valid TOML.</summary>
    public static IReadOnlyList<(string Name, SettingValue Value)>? TryRead(SourceText text, CancellationToken cancellationToken)
    {
        if (text.Text.Length > MaxLength || IsDeep(text.Text))
        {
            return null;
        }

        if (Parse(text.Text) is not { HasErrors: false } document)
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();

        var settings = new List<(string Name, SettingValue Value)>();
        Read(document.KeyValues, "", text, settings);
        var elements = new Dictionary<string, int>(StringComparer.Ordinal);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in document.Tables)
        {
            var name = NameOf(table.Name);
            var path = PathOf(name, paths);
            if (table is TableArraySyntax)
            {
                var index = elements[path] = elements.GetValueOrDefault(path, -1) + 1;
                path = $"{path}[{IdentityOf(table.Items) ?? $"{index}"}]";
                paths[name] = path;
            }

            Read(table.Items, path, text, settings);
        }

        return settings.Count > 0 ? settings : null;
    }

    private static DocumentSyntax? Parse(string text)
    {
        try
        {
            return SyntaxParser.Parse(text);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Tomlyn reports mistakes as diagnostics, except an escape that is not a character, such as \uD800.
            return null;
        }
    }

    // Brackets inside strings count too; a file with that many open ones is read line by line.
    private static bool IsDeep(ReadOnlySpan<char> text)
    {
        var depth = 0;
        foreach (var letter in text)
        {
            depth += letter is '[' or '{' ? 1 : letter is ']' or '}' ? -1 : 0;
            if (depth > MaxDepth)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name of a table with the current element in place of each array of tables that it is in.</summary>
    private static string PathOf(string name, Dictionary<string, string> paths)
    {
        for (var end = name.LastIndexOf('.'); end > 0; end = name.LastIndexOf('.', end - 1))
        {
            if (paths.TryGetValue(name[..end], out var path))
            {
                return $"{path}{name[end..]}";
            }
        }

        return name;
    }

    private static void Read(IEnumerable<KeyValueSyntax> items, string path, SourceText text, List<(string, SettingValue)> settings)
    {
        foreach (var item in items)
        {
            Read(item.Value, Join(path, NameOf(item.Key)), text, settings);
        }
    }

    private static void Read(ValueSyntax? value, string path, SourceText text, List<(string, SettingValue)> settings)
    {
        switch (value)
        {
            case null:
                break;
            case ArraySyntax array:
                var index = 0;
                foreach (var item in array.Items)
                {
                    Read(item.Value, $"{path}[{index++}]", text, settings);
                }

                break;
            case InlineTableSyntax table:
                Read(table.Items.Select(item => item.KeyValue).OfType<KeyValueSyntax>(), path, text, settings);
                break;
            default:
                settings.Add(
                    (path, new SettingValue(Written(value) ?? "", new LineRange(text.LineAt(value.Span.Offset), value.Span.End.Line + 1))));
                break;
        }
    }

    private static string? Written(ValueSyntax value) => value switch
    {
        StringValueSyntax text => text.Value,
        IntegerValueSyntax number => number.Token?.Text,
        FloatValueSyntax number => number.Token?.Text,
        BooleanValueSyntax flag => flag.Token?.Text,
        DateTimeValueSyntax time => time.Token?.Text,
        _ => null,
    };

    /// <summary>What names an element of an array, so that it keeps its name when another is inserted before it.</summary>
    private static string? IdentityOf(IEnumerable<KeyValueSyntax> items) => items
        .Where(item => item.Value is StringValueSyntax { Value.Length: > 0 } && s_identities.Contains(NameOf(item.Key)))
        .Select(item => ((StringValueSyntax)item.Value!).Value)
        .FirstOrDefault();

    private static string NameOf(KeySyntax? key) =>
        key is null ? "" : string.Join('.', key.DotKeys.Select(item => PartOf(item.Key)).Prepend(PartOf(key.Key)));

    private static string PartOf(BareKeyOrStringValueSyntax? part) => part switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };

    private static string Join(string path, string name) => path.Length > 0 ? $"{path}.{name}" : name;
}
