using System.Text;
using FaultMaven.Data.Analysis.Templates;
using FaultMaven.Data.Query.Templates;

namespace FaultMaven.Data.Tests.Templates;

public class MiningTemplates
{
    private static readonly DateTimeOffset s_reference = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Masks_what_looks_like_a_value()
    {
        Assert.Equal(
            ["Killed process <*> (java) total-vm:<*>, anon-rss:<*>"],
            Templates("Killed process 4121 (java) total-vm:8123456kB, anon-rss:4012345kB"));
        Assert.Equal(["peer <*> sent <*> to <*>"], Templates("peer 10.1.2.3:8080 sent 4f3c2b1a9d8e to /var/lib/app/data.db"));
        Assert.Equal(["request <*> took <*> ms"], Templates("request 0b5c3f0e-8f5c-4d0e-9b6a-0f5f2a5f7f11 took 12.5 ms"));
        Assert.Equal(["login of <*> refused"], Templates("login of <EMAIL_ADDRESS_3> refused"));
        Assert.Equal(["cache enabled: <*>"], Templates("cache enabled: true"));
    }

    [Fact]
    public void Keeps_words_of_opposite_meaning_apart()
    {
        var lines = new[] { "listener alpha started", "listener alpha stopped", "listener beta started", "listener beta stopped" };

        var log = Mine(lines);

        Assert.NotEqual(log.TemplateOf(0), log.TemplateOf(1));
        Assert.NotEqual(log.TemplateOf(2), log.TemplateOf(3));
    }

    [Fact]
    public void Finds_that_names_in_one_place_are_values()
    {
        var names = new[] { "ann", "bob", "cyd", "dan", "eve", "fay", "gus" };

        var templates = Templates([.. names.Select(name => $"session closed for user {name}")]);

        Assert.Equal(["session closed for user <*>"], templates);
    }

    [Fact]
    public void Reads_assigned_and_quoted_texts_of_any_length_as_values()
    {
        var templates = Templates(
            "release lock=12, tag=\"View Lock\", owner=Source{10}, uid=5",
            "release lock=13, tag=\"Audio\", owner=null, uid=6",
            "release lock=14, tag=\"Job with many words\", owner=Source{11 com.example}, uid=7");

        Assert.Equal(["release lock=<*>, tag=\"<*>\", owner=<*>, uid=<*>"], templates);
    }

    [Fact]
    public void Reads_lists_of_any_length_as_one_value()
    {
        Assert.Single(
            Templates(
                "ask 10.0.0.1:50 to delete blk_19021 blk_22741", "ask 10.0.0.2:50 to delete blk_38812 blk_44991 blk_55512 blk_61123"));
        Assert.Single(Templates("sent 0 bytes in 3 ms", "sent 18846 bytes (18.4 KB) in <1 sec"));
    }

    [Fact]
    public void Distinguishes_fields_of_objects_by_their_names()
    {
        var templates = Templates("{\"op\":\"insert\",\"ms\":5}", "{\"op\":\"insert\",\"ms\":71}", "{\"op\":\"insert\",\"error\":71}");

        Assert.Equal(2, templates.Length);
    }

    [Fact]
    public void Gives_every_line_an_id_whatever_its_end()
    {
        var mining = new TemplateMining(messageOnly: true, s_reference);
        mining.Append("first 1\r\n\r\nfirst 2\n"u8);
        mining.Append("fir"u8);
        mining.Append([(byte)'s', (byte)'t', (byte)' ', 0xFF]);

        var log = mining.Complete();

        Assert.Equal(4, log.LineCount);
        Assert.Equal(log.TemplateOf(0), log.TemplateOf(2));
        Assert.NotEqual(log.TemplateOf(0), log.TemplateOf(1));
    }

    [Fact]
    public void Counts_lines_of_each_template()
    {
        var log = Mine("disk sda1 is full", "disk sdb1 is full", "all quiet");

        Assert.Equal([2L, 1L], log.Templates.Select(template => template.Count));
        Assert.Equal(3, log.Templates.Sum(template => template.Count));
    }

    [Fact]
    public void Stays_bounded_when_no_two_messages_are_alike()
    {
        var shapes = new ShapeTable(maxShapes: 50);
        for (var i = 0; i < 5_000; i++)
        {
            shapes.Add($"{Word(i)} {Word(i * 7)} {Word(i * 31)}, {Word(i + 3)}");
        }

        Assert.InRange(shapes.Shapes.Count, 50, 101);
    }

    [Fact]
    public void Does_not_depend_on_the_order_of_lines()
    {
        string[] lines =
        [
            .. Enumerable.Range(0, 60)
                .Select(i => i % 3 == 0 ? $"user {Word(i)} logged in from 10.0.0.{i}" : $"job {i} took {i} ms on {Word(i)}-host"),
        ];

        Assert.Equal(Templates(lines).Order(), Templates([.. lines.Reverse()]).Order());
    }

    private static string Word(int seed)
    {
        var word = new StringBuilder();
        for (var rest = seed + 26; rest > 0; rest /= 26)
        {
            word.Append((char)('a' + (rest % 26)));
        }

        return word.ToString();
    }

    private static string[] Templates(params string[] lines) => [.. Mine(lines).Templates.Select(template => template.Text)];

    private static MinedLog Mine(params string[] lines)
    {
        var mining = new TemplateMining(messageOnly: true, s_reference);
        mining.Append(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        return mining.Complete();
    }
}
