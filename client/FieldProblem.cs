namespace FaultMaven.Client;

/// <summary>What is wrong with a field of a request.</summary>
/// <param name="Field">Its path, such as <c>page_size</c>.</param>
/// <param name="Description">What is wanted of it.</param>
public sealed record FieldProblem(string Field, string Description);
