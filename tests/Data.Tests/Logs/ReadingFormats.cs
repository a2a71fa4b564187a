using FaultMaven.Data.Analysis.Logs.Entries;

namespace FaultMaven.Data.Tests.Logs;

/// <summary>
/// Logs as programs write them, and what is read of each: lines, time, level, source and message. The files in Formats hold both, with →
/// for a tab, ⏎ for a line feed in a message, ␛ for an escape and ␀ for a zero.
/// </summary>
public class ReadingFormats
{
    private static readonly DateTimeOffset s_reference = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Formats => [.. Sections().Select(section => (section.File, section.Name))];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Reads_what_programs_write(string file, string format)
    {
        var section = Sections().Single(section => section.File == file && section.Name == format);

        var events = LogReader.Read(new StringReader(AsWritten(section.Log)), s_reference).Select(entry =>
            $"{entry.StartLine}-{entry.EndLine} {entry.Time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF") ?? "-"} {entry.Level} "
                + $"[{entry.Source}] {entry.Message.Replace("\n", "⏎").Replace('\t', '→')}".TrimEnd());

        Assert.Equal(section.Events, string.Join('\n', events));
    }

    internal static string AsWritten(string log) => log.Replace('→', '\t').Replace('␛', '\u001b').Replace('␀', '\0');

    // == name
    // the log
    // --
    // its events
    internal static IEnumerable<(string File, string Name, string Log, string Events)> Sections()
    {
        var assembly = typeof(ReadingFormats).Assembly;
        foreach (var file in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Formats/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            var text = "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
            foreach (var section in text.Split("\n== ", StringSplitOptions.RemoveEmptyEntries))
            {
                var (name, parts) = (section[..section.IndexOf('\n')], section[(section.IndexOf('\n') + 1)..].Split("\n--\n"));
                yield return (file, name, parts[0], parts[1].TrimEnd('\n'));
            }
        }
    }
}
