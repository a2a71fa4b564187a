using FaultMaven.Data.Analysis.Logs.Entries;

namespace FaultMaven.Data.Tests.Logs;

/// <summary>A column that most lines have is not cut from the lines that do not have it.</summary>
public class KeepingMessagesWhole
{
    private static readonly DateTimeOffset s_reference = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Words_of_a_rare_message_are_not_taken_for_the_column_of_the_frequent_ones()
    {
        var frequent = Enumerable.Range(0, 60)
            .Select(i => $"2026-03-12 12:00:{i:00}.120 UTC [412] LOG:  checkpoint complete: wrote {i} buffers");
        var rare = new[]
        {
            "2026-03-12 12:01:00.120 UTC [977] PANIC:  could not write to file \"pg_wal/xlogtemp.977\": No space left on device",
            "2026-03-12 12:01:01.120 UTC [412] LOG:  server process was terminated by signal 6",
            "2026-03-12 12:01:02.120 UTC [412] LOG:  all server processes terminated; reinitializing",
        };

        var messages = Read([.. frequent, .. rare]).TakeLast(3).Select(entry => entry.Message);

        Assert.Equal(
            [
                "could not write to file \"pg_wal/xlogtemp.977\": No space left on device",
                "server process was terminated by signal 6",
                "all server processes terminated; reinitializing",
            ],
            messages);
    }

    [Fact]
    public void A_line_of_syslog_without_a_tag_keeps_its_words_and_loses_its_host()
    {
        var frequent = Enumerable.Range(0, 60).Select(i => $"Mar 12 12:00:{i:00} web-1 sshd[812]: session {i} opened");

        var entry = Read([.. frequent, "Mar 12 12:01:00 web-1 last message repeated 3 times"])[^1];

        Assert.Equal("last message repeated 3 times", entry.Message);
    }

    [Fact]
    public void A_number_that_most_lines_have_is_not_a_word_that_a_few_have_there()
    {
        var frequent = Enumerable.Range(0, 60).Select(i => $"2026-03-12 12:00:{i:00} INFO {4000 + i} request served");

        var entry = Read([.. frequent, "2026-03-12 12:01:00 ERROR cannot reach the cart"])[^1];

        Assert.Equal("cannot reach the cart", entry.Message);
    }

    private static List<LogEntry> Read(IEnumerable<string> lines) =>
        [.. LogReader.Read(new StringReader(string.Join('\n', lines)), s_reference)];
}
