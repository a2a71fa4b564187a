using System.CommandLine;

namespace FaultMaven.Cli.Knowledge;

/// <summary><c>fm knowledge</c>: runbooks and guides.</summary>
internal static class KnowledgeCommand
{
    public static Command Create(TimeProvider time) => new("knowledge", "Import and search runbooks and guides.")
    {
        ImportCommand.Create(time),
        SearchCommand.Create(time),
    };
}
