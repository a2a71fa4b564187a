using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;

namespace FaultMaven.Cli.Investigate;

/// <summary>A hypothesis on one line: likelihood, state, statement.</summary>
internal static class HypothesisText
{
    public static string Lead(Hypothesis hypothesis) =>
        $"  {Math.Round(hypothesis.Likelihood * 100),3:0} %  {JsonOutput.Name(hypothesis.State),-12}  ";

    public static string Style(Hypothesis.Types.State state) => state switch
    {
        Hypothesis.Types.State.Validated => "green",
        Hypothesis.Types.State.Refuted or Hypothesis.Types.State.Retired => "grey",
        _ => "yellow",
    };
}
