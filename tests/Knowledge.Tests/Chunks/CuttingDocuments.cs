using FaultMaven.Knowledge.Chunks;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Knowledge.Tests.Chunks;

public sealed class CuttingDocuments
{
    [Fact]
    public void Follows_the_headings_and_keeps_the_path_to_each()
    {
        var cut = Chunker.Markdown("# Top\n\nIntro.\n\n## Left\n\nOne.\n\n### Deep\n\nTwo.\n\n## Right\n\nThree.\n");

        Assert.Equal("Top", cut.Title);
        Assert.Equal(
            [("Top", 1, 3), ("Top/Left", 5, 7), ("Top/Left/Deep", 9, 11), ("Top/Right", 13, 15)],
            cut.Chunks.Select(c => (string.Join('/', c.Headings), c.StartLine, c.EndLine)));
    }

    [Fact]
    public void Joins_a_heading_without_text_to_what_follows()
    {
        var chunk = Assert.Single(Chunker.Markdown("---\ntitle: \"T\"\n---\n# Top\n\n## Meaning\n\nText.").Chunks);

        Assert.Equal((1, 8), (chunk.StartLine, chunk.EndLine));
        Assert.Equal(["Top", "Meaning"], chunk.Headings);
    }

    [Theory]
    [InlineData("```\n# no\n```")]
    [InlineData("~~~~sh\n~~~\n# no\n~~~~")]
    [InlineData("1. step\n\n   ```bash\n   # no\n   ```")]
    [InlineData("- ```\n  # no\n  ```")]
    [InlineData("```\n# no, and never closed")]
    [InlineData("<!--\n# no\n-->")]
    [InlineData("    # no")]
    [InlineData("#no")]
    [InlineData("####### no")]
    [InlineData("- item\n---")]
    [InlineData("| a |\n|---|")]
    public void Sees_no_heading_in(string text)
    {
        Assert.Empty(Assert.Single(Chunker.Markdown("Before.\n\n" + text).Chunks).Headings);
    }

    [Theory]
    [InlineData("# Title", "Title")]
    [InlineData("## Title ##", "Title")]
    [InlineData("# C#", "C#")]
    [InlineData("Title\n=====", "Title")]
    [InlineData("Title\r\n---\r\n", "Title")]
    [InlineData("---\nweight: 1\ntitle: 'Title'\n---\n# Other", "Title")]
    [InlineData("plain", null)]
    public void Reads_the_title(string text, string? title)
    {
        Assert.Equal(title, Chunker.Markdown(text).Title);
    }

    [Fact]
    public void Splits_a_long_section_between_paragraphs()
    {
        var paragraph = string.Join('\n', Enumerable.Repeat(new string('x', 60), 10));
        var chunks = Chunker.PlainText(string.Join("\n\n", Enumerable.Repeat(paragraph, 12))).Chunks;

        Assert.True(chunks.Count > 1);
        Assert.All(chunks, chunk => Assert.True(chunk.Text.Length <= Chunker.MaxCharacters));
        Assert.All(chunks, chunk => Assert.Equal(0, (chunk.EndLine - chunk.StartLine + 2) % 11));
    }

    [Fact]
    public void Puts_every_line_that_is_not_blank_into_exactly_one_chunk()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(AnyText(), text =>
        {
            foreach (var cut in (ChunkedText[])[Chunker.Markdown(text), Chunker.PlainText(text)])
            {
                var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
                var filled = lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)).Select(line => line.Index + 1);
                var covered = cut.Chunks
                    .SelectMany(chunk => Enumerable.Range(chunk.StartLine, chunk.EndLine - chunk.StartLine + 1))
                    .Where(line => !string.IsNullOrWhiteSpace(lines[line - 1]));

                Assert.Equal(filled, covered);
                Assert.All(cut.Chunks, chunk => Assert.Equal(string.Join('\n', lines[(chunk.StartLine - 1)..chunk.EndLine]), chunk.Text));
                Assert.All(cut.Chunks, chunk =>
                    Assert.True(chunk.Text.Length <= Chunker.MaxCharacters || chunk.StartLine == chunk.EndLine));
            }
        }));
    }

    private static Arbitrary<string> AnyText()
    {
        var line = Gen.Elements(
            "", "", "  ", "# One", "## Two", "### Three", "text", "more text here", "---", "===", "```", "```sh", "~~~", "<!--", "-->",
            "- item", "    code", "title: x", "#", "\r", "> quote", new string('y', 900), new string('z', 2_500));
        return line.ListOf().Select(lines => string.Join('\n', lines)).ToArbitrary();
    }
}
