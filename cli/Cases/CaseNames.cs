namespace FaultMaven.Cli.Cases;

/// <summary>Cases as people name them: <c>cases/0198c1e2</c>, or what follows the slash.</summary>
internal static class CaseNames
{
    private const string Collection = "cases/";

    public static string Of(string given) => given.StartsWith(Collection, StringComparison.Ordinal) ? given : $"{Collection}{given}";
}
