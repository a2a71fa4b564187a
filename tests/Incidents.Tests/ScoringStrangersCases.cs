using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace FaultMaven.Incidents.Tests;

/// <summary>
/// Investigates incidents of other technologies than those that the catalogue was written for, and keeps the score in the repository:
/// a change that makes one case better and another worse shows in the difference.
/// </summary>
public class ScoringStrangersCases(IncidentHost host) : IClassFixture<IncidentHost>
{
    private const string Approved = "strangers.approved.txt";
    private const string Approve = "FAULTMAVEN_APPROVE";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scores_as_approved()
    {
        var grades = new List<(string Name, Grade Grade)>();
        foreach (var name in StrangersCase.Names)
        {
            var incident = await StrangersCase.ReadAsync(name, Cancel);
            var answer = await host.InvestigateAsync(name, StrangersCase.EvidenceOf(name), incident.Question, Cancel);
            grades.Add((name, incident.GradeOf(answer)));
        }

        await CompareAsync(Print(grades));
    }

    private static string Print(List<(string Name, Grade Grade)> grades)
    {
        var page = new StringBuilder();
        foreach (var grade in Enum.GetValues<Grade>())
        {
            var share = (double)grades.Count(each => each.Grade == grade) / grades.Count;
            page.Append(CultureInfo.InvariantCulture, $"{grade,-16} {share:0.000}\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"\n{"author",-10}{"cases",8}{"right",8}{"partly",8}{"wrong",8}\n");
        foreach (var author in grades.GroupBy(each => each.Name[0]))
        {
            double Share(params Grade[] these) => (double)author.Count(each => these.Contains(each.Grade)) / author.Count();
            page.Append(CultureInfo.InvariantCulture, $"{author.Key,-10}{author.Count(),8}{Share(Grade.Right),8:0.000}")
                .Append(CultureInfo.InvariantCulture, $"{Share(Grade.Partly),8:0.000}")
                .Append(CultureInfo.InvariantCulture, $"{Share(Grade.WrongHedged, Grade.WrongConfident),8:0.000}\n");
        }

        page.Append('\n');
        foreach (var (name, grade) in grades)
        {
            page.Append(CultureInfo.InvariantCulture, $"{name,-44} {grade}\n");
        }

        return page.ToString();
    }

    // Set FAULTMAVEN_APPROVE=1 to take the new score as approved; the difference is then reviewed like any other.
    private static async Task CompareAsync(string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, Approved);
        Assert.SkipWhen(await ApproveAsync(path, actual), $"{Approved} was written.");

        Assert.Equal(await File.ReadAllTextAsync(path, Cancel), actual);
    }

    private static async Task<bool> ApproveAsync(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable(Approve) != "1")
        {
            return false;
        }

        await File.WriteAllTextAsync(path, actual, Cancel);
        return true;
    }
}
