using System.CommandLine;

namespace FaultMaven.Cli.Knowledge;

/// <summary><c>fm knowledge</c>: what the organisation knows.</summary>
internal static class KnowledgeCommand
{
    public static Command Create(TimeProvider time) => new("knowledge", "Keep runbooks and guides, and find what they say.")
    {
        ImportCommand.Create(time),
        SearchCommand.Create(time),
    };
}
