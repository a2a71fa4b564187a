using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Signals;
using static FaultMaven.Agents.Tests.TestSignals;

namespace FaultMaven.Agents.Tests.Analysis;

public class NamingFailureModes
{
    private static readonly FailureCatalogue s_catalogue = FailureCatalogue.Load(null);

    public static TheoryData<string> Modes => [.. s_catalogue.Modes.Select(mode => mode.Id)];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Names_a_mode_by_the_signals_that_its_file_lists(string id)
    {
        var mode = s_catalogue.Find(id)!;

        var conclusion = Conclude(SignalsOf(mode));

        Assert.NotNull(conclusion.Cause);
        Assert.True(conclusion.Cause.Mode.Id == id || conclusion.Effects.Concat(conclusion.Independent).Any(other => other.Mode.Id == id),
            $"{id} was lost; {conclusion.Cause.Mode.Id} was named");
        Assert.Equal(mode.Category, conclusion.Category);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Does_not_name_a_mode_by_the_signals_of_another(string id)
    {
        foreach (var other in s_catalogue.Modes.Where(other => other.Id != id && !Overlap(s_catalogue.Find(id)!, other)))
        {
            Assert.NotEqual(id, Conclude(SignalsOf(other)).Cause?.Mode.Id);
        }
    }

    // Where what raises one is among what speaks for the other, either may be meant.
    private static bool Overlap(FailureMode mode, FailureMode other) =>
        mode.Required.SelectMany(group => group).Any(pattern => SignalsOf(other).All.Any(pattern.Matches));

    private static CaseSignals SignalsOf(FailureMode mode) => Case(
        mode.Required.Select(group => group[0]).Concat(mode.Supporting.Where(pattern => !Raises(pattern, mode.Id)).Take(3))
            .Select((pattern, index) => Matching(pattern, index + 1)));

    // A signal that shows what brings the mode about makes that the answer, and rightly.
    private static bool Raises(SignalPattern pattern, string effect) => s_catalogue.Modes
        .Where(cause => cause.Causes.Contains(effect))
        .Any(cause => cause.Required.SelectMany(group => group).Any(raising => raising.Matches(Matching(pattern, 1))));

    internal static Conclusion Conclude(CaseSignals signals)
    {
        var investigation = new Investigation(s_catalogue);
        investigation.Begin();
        Assert.NotEmpty(investigation.Study(signals, "", []).ToList());
        return investigation.Conclusion;
    }
}
