namespace FaultMaven.Agents.Catalogue;

/// <summary>What is wrong with a file of the catalogue, and where.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong, in a sentence without its full stop.</param>
internal sealed record CatalogueProblem(string File, long Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}

/// <summary>The catalogue cannot be used; the service must not start with it.</summary>
internal sealed class CatalogueException(IReadOnlyList<CatalogueProblem> problems)
    : Exception($"The catalogue of failure modes is refused. {string.Join("; ", problems)}")
{
    public IReadOnlyList<CatalogueProblem> Problems { get; } = problems;
}
