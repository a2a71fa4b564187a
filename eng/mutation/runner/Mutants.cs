using System.Reflection;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Mutation;

/// <summary>
/// The switch that Stryker writes into what it mutates. It keeps no public contract; what is used here is that of version 5.1.
/// </summary>
internal static class Mutants
{
    private static readonly Type s_control = typeof(RecognitionEngine).Assembly.GetTypes().Single(type => type.Name == "MutantControl");
    private static readonly FieldInfo s_active = s_control.GetField("ActiveMutant")!;
    private static readonly FieldInfo s_captures = s_control.GetField("CaptureCoverage")!;
    private static readonly MethodInfo s_coverage = s_control.GetMethod("GetCoverageData")!;

    /// <summary>The number of the mutant that runs; -1 is the code as it was written.</summary>
    public static void Activate(int id) => s_active.SetValue(null, id);

    /// <summary>From now on remembers which mutants are met, and runs none.</summary>
    public static void Capture() => s_captures.SetValue(null, true);

    /// <summary>Which mutants were met since this was last asked.</summary>
    public static IEnumerable<int> Met() => ((IList<int>[])s_coverage.Invoke(null, null)!)[0];
}
