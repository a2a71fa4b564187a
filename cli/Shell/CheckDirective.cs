using System.CommandLine;
using System.CommandLine.Invocation;

namespace FaultMaven.Cli.Shell;

/// <summary>
/// <c>fm [check] COMMAND...</c>: checks a command line without running it, as scripts and the tests of our documentation do.
/// </summary>
internal static class CheckDirective
{
    public static Directive Create() => new("check") { Action = new Accept() };

    // A wrong command line does not get here.
    private sealed class Accept : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => (int)ExitCode.Done;
    }
}
