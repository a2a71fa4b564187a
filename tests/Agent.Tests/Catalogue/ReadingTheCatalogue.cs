using FaultMaven.Agents.Catalogue;

namespace FaultMaven.Agents.Tests.Catalogue;

public class ReadingTheCatalogue
{
    private const string Good = """
        id: test.broken
        title: Something broken
        category: code_defect
        statement: "{subject} is broken[: {message}]"
        signals:
          any:
            - kind: pod.crash_loop
              weight: 0.9
        fetch:
          - what: The log
            why: It tells
        remedies:
          - action: Mend it
            risk: low
        knowledge: broken
        """;

    [Fact]
    public void Ships_failure_modes_named_as_their_files()
    {
        var catalogue = FailureCatalogue.Load(null);

        Assert.True(catalogue.Modes.Count >= 40, $"{catalogue.Modes.Count} modes");
        Assert.Equal(EmbeddedText.NamesUnder("Catalogue/").Select(name => Path.GetFileNameWithoutExtension(name["Catalogue/".Length..])),
            catalogue.Modes.Select(mode => mode.Id));
    }

    [Fact]
    public void Takes_a_file_of_a_configured_folder_without_a_build()
    {
        var folder = Directory.CreateTempSubdirectory("fm-catalogue-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "test.broken.yaml"), Good);

            Assert.NotNull(FailureCatalogue.Load(folder.FullName).Find("test.broken"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("category: code_defect", "category: code_defects", 3, "code_defects")]
    [InlineData("kind: pod.crash_loop", "kind: pod.crashed", 7, "pod.crashed")]
    [InlineData("weight: 0.9", "weight: 2", 8, "`2`")]
    [InlineData("weight: 0.9", "wieght: 0.9", 8, "unknown key `wieght`")]
    [InlineData("    - kind: pod.crash_loop", "    - kind: pod.crash_loop\n      where: { colour: red }", 8, "`colour`")]
    [InlineData("risk: low", "risk: none", 14, "`none`")]
    [InlineData("knowledge: broken", "", 1, "`knowledge` is missing")]
    [InlineData("title: Something broken", "title: Something broken\ntitle: Twice", 3, "Duplicate key")]
    [InlineData("[: {message}]", "[: {colour}]", 4, "`{colour}`")]
    [InlineData("[: {message}]", ": {message}", 4, "square brackets")]
    [InlineData("  any:", "  supporting:", 6, "`any`")]
    [InlineData("    why: It tells", "", 10, "`why` is missing")]
    [InlineData("id: test.broken", "id: Broken", 1, "`Broken`")]
    [InlineData("title: Something broken", "title: [a, b]", 2, "`title` must be a text")]
    public void Refuses_a_file_that_is_wrong_by_its_line(string right, string wrong, int line, string message)
    {
        var refused = Assert.Throws<CatalogueException>(() =>
            FailureCatalogue.Load(SignalKinds.Documented, [("broken.yaml", Good.Replace(right, wrong, StringComparison.Ordinal))]));

        Assert.Contains(refused.Problems, problem =>
            problem.File == "broken.yaml" && problem.Line == line && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_the_same_id_twice_and_names_both_files()
    {
        var refused = Assert.Throws<CatalogueException>(() =>
            FailureCatalogue.Load(SignalKinds.Documented, [("first.yaml", Good), ("second.yaml", Good)]));

        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("second.yaml", 1), (problem.File, problem.Line));
        Assert.Contains("first.yaml", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_effect_that_no_file_defines()
    {
        var refused = Assert.Throws<CatalogueException>(() =>
            FailureCatalogue.Load(SignalKinds.Documented, [("one.yaml", Good + "\ncauses: [test.gone]\n")]));

        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("one.yaml", 16), (problem.File, problem.Line));
        Assert.Contains("`test.gone`", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_out_of_a_statement_what_no_signal_knows()
    {
        var template = new StatementTemplate("{subject} exceeded its limit[ of {limit}][ ({exit_code})]");

        Assert.Equal("pod a exceeded its limit (137)",
            template.Fill([place => place switch { "subject" => "pod a", "exit_code" => "137", _ => null }]));
    }
}
