using System.CommandLine;
using System.CommandLine.Parsing;
using FaultMaven.Client;

namespace FaultMaven.Cli;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<string?> DataDirectory { get; } = new("--data-dir")
    {
        Description = "The folder of cases, evidence and knowledge [default: $XDG_DATA_HOME/faultmaven or ~/.local/share/faultmaven]",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<Uri?> Server { get; } = new("--server")
    {
        Description = "Use a running FaultMaven (http:// or https://) instead of running it in this process",
        HelpName = "URL",
        Recursive = true,
        CustomParser = ParseServer,
    };

    public static Option<BrokenGlass?> BreakGlass { get; } = new("--break-glass")
    {
        Description = "As an administrator, see what is not shared with you, or act in another tenant, for a reason of 10 to 200 "
            + "characters that its audit log keeps",
        HelpName = "TENANT: REASON",
        Recursive = true,
        CustomParser = ParseBreakGlass,
    };

    public static Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "Print without colours and other styling; the variable NO_COLOR does the same",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show details of failures",
        Recursive = true,
    };

    public static IEnumerable<Option> All => [DataDirectory, Server, BreakGlass, NoColor, Verbose];

    private static Uri? ParseServer(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError($"--server needs a URL such as http://127.0.0.1:7080, not '{result.Tokens[0].Value}'.");
        return null;
    }

    private static BrokenGlass? ParseBreakGlass(ArgumentResult result)
    {
        if (result.Tokens[0].Value.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } tenant, { Length: > 0 } reason])
        {
            return new BrokenGlass(tenant, reason);
        }

        result.AddError("--break-glass needs a tenant and a reason, such as 'acme: their export hangs, ticket 4711'.");
        return null;
    }
}
